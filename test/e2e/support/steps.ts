import type { Page } from 'playwright-core';
import { onTestFailed, test } from 'vitest';
import { picture } from './screenshots';

interface StepsOptions {
  /** Each step stands on the one before: after one that failed the others fail at once. */
  readonly chained?: boolean;
}

/** Makes the tests of one sitting in the same window; one that fails leaves a picture of it. */
export function stepsIn(
  page: () => Page,
  { chained = false }: StepsOptions = {},
): (title: string, run: () => Promise<void>) => void {
  let failed: string | undefined;
  return (title, run) => {
    test(title, async () => {
      if (failed !== undefined) throw new Error(`not tried: "${failed}" failed before`);
      onTestFailed(() => {
        if (chained) failed ??= title;
        return picture(page(), `failed-${title.replace(/\W+/g, '-')}`);
      });
      await run();
    });
  };
}
