import type { Page } from 'playwright-core';
import { onTestFailed, test } from 'vitest';
import { picture } from './screenshots';

/** Makes the tests of one sitting in the same window; one that fails leaves a picture of it. */
export function stepsIn(page: () => Page): (title: string, run: () => Promise<void>) => void {
  return (title, run) => {
    test(title, async () => {
      onTestFailed(() => picture(page(), `failed-${title.replace(/\W+/g, '-')}`));
      await run();
    });
  };
}
