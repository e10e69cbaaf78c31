import { FOR_README, picture } from './screenshots';
import type { Session } from './session';

/**
 * Settings of a session of which pictures are taken in several themes: it follows the light or the dark of its machine, and with
 * E2E_SCREENSHOTS=contrast both are of high contrast.
 */
export const THEMES: Readonly<Record<string, unknown>> = FOR_README
  ? {
      'window.autoDetectColorScheme': true,
      'workbench.preferredDarkColorTheme':
        FOR_README === 'contrast' ? 'Default High Contrast' : 'Dark Modern',
      'workbench.preferredLightColorTheme':
        FOR_README === 'contrast' ? 'Default High Contrast Light' : 'Light Modern',
    }
  : {};

/**
 * Keeps a picture of a moment in dark, and in light when pictures are what a run is for. It is the machine's light that changes:
 * no key or click could change the theme while a question is open.
 */
export async function pictureInThemes({ workbench: { page } }: Session, name: string): Promise<void> {
  await picture(page, name);
  if (!FOR_README) return;
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('.monaco-workbench:is(.vs, .hc-light)').waitFor();
  await picture(page, `${name}-light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('.monaco-workbench:is(.vs-dark, .hc-black)').waitFor();
}
