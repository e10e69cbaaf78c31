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
      try {
        await run();
      } catch (error) {
        throw new Error(`${String(error)}\nThe window said: ${await told(page())}`, { cause: error });
      }
    });
  };
}

/** What the corner, the questions and the state of a lab told when a step failed: where no picture can be had, its cause. */
async function told(page: Page): Promise<string> {
  const places = ['.notification-list-item-message', '.monaco-dialog-box', '.quick-input-message'];
  const state = '.part.statusbar .statusbar-item[id^="gitlab-ha-lab"]';
  const texts = await page
    .locator([...places, state].join())
    .allInnerTexts()
    .catch(() => []);
  return (
    texts
      .map((text) => text.replace(/\s+/g, ' ').trim())
      .filter((text) => text !== '')
      .join(' | ') || 'nothing'
  );
}
