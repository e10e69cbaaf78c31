import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from './paths';

/** Whether this run makes the pictures that the README shows. */
export const FOR_README = process.env['E2E_SCREENSHOTS'] === '1';

/**
 * Keeps a picture of a moment. With E2E_SCREENSHOTS=1 it goes to docs/images, where the README shows it; otherwise to
 * test-results, for whoever looks into a failure. `pointer` says whether the mouse stays where it is.
 */
export async function picture(page: Page, name: string, pointer: 'away' | 'stays' = 'away'): Promise<void> {
  const wanted = FOR_README && !name.startsWith('failed-');
  const folder = wanted ? join(ROOT, 'docs', 'images') : join(ROOT, 'test-results');
  mkdirSync(folder, { recursive: true });
  // The pointer must not hover over something that then shows a tooltip.
  if (pointer === 'away') await page.mouse.move(250, 12);
  await page.waitForTimeout(wanted ? 800 : 0);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
