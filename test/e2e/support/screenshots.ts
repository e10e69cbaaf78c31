import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from './paths';

/** Whether this run makes pictures for people: those that README and docs show, or the same in high contrast. */
export const FOR_README = pictures(process.env['E2E_SCREENSHOTS']);

function pictures(wanted: string | undefined): 'docs' | 'contrast' | undefined {
  if (wanted === 'contrast') return 'contrast';
  return wanted === '1' ? 'docs' : undefined;
}

/**
 * Keeps a picture of a moment in test-results, for whoever looks into a failure. With E2E_SCREENSHOTS=1 it is sharper, and
 * goes to docs/images where README or docs show it; with E2E_SCREENSHOTS=contrast its name says so. `pointer` says whether the mouse stays where it is.
 */
export async function picture(page: Page, name: string, pointer: 'away' | 'stays' = 'away'): Promise<void> {
  const folder =
    FOR_README === 'docs' && isShown(name) ? join(ROOT, 'docs', 'images') : join(ROOT, 'test-results');
  mkdirSync(folder, { recursive: true });
  // The pointer must not hover over something that then shows a tooltip.
  if (pointer === 'away') await page.mouse.move(250, 12);
  await page.waitForTimeout(FOR_README ? 800 : 0);
  await page.screenshot({ path: join(folder, `${name}${FOR_README === 'contrast' ? '-contrast' : ''}.png`) });
}

/** Whether a page for people has a picture of this name. */
function isShown(name: string): boolean {
  const docs = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
  const pages = ['README.md', ...docs.map((file) => join('docs', file))];
  return pages.some((page) => readFileSync(join(ROOT, page), 'utf8').includes(`images/${name}.png`));
}
