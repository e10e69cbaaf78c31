import { sampleWorkspace } from '../../e2e/support/workspace';
import { startSession } from '../../e2e/support/session';
import type { Workbench } from '../../e2e/support/workbench';
import type { Activation } from '../startup-performance';
import { activationOf } from '../startup-performance';
import type { Measurement } from '../measurement';

/** A window that has just opened is busy with its own extensions; people click a little later. */
const SETTLE_MS = 10_000;
const EXTENSION = 'gitlab-ha-lab.gitlab-ha-lab';

/** What the extension costs when VS Code starts it, as VS Code itself measures it. Needs scripts/setup-vscode.mjs. */
export const activation: Measurement = {
  id: 'activation',
  title: 'Activation of the extension',
  async measure({ runs, log }) {
    const found: Activation[] = [];
    while (found.length < runs) {
      const session = await startSession({
        workspace: sampleWorkspace('bench-activation'),
        folderName: 'bench',
      });
      try {
        await session.workbench.page.waitForTimeout(SETTLE_MS);
        await session.workbench.showLabView();
        const one = await readActivation(session.workbench);
        log(`load ${one.load} ms, activate ${one.activate} ms, finish ${one.finish} ms`);
        found.push(one);
      } finally {
        await session.close();
      }
    }
    return [
      {
        id: 'activation',
        title: 'Activation of the extension',
        unit: 'ms',
        values: found.map(({ load, activate, finish }) => load + activate + finish),
        bound: 60,
        phases: found.map(({ load, activate, finish }) => ({ 'load code': load, activate, finish })),
        note: `by showing the view ${SETTLE_MS / 1000} s after a fresh window opened; nothing of the extension is cached`,
      },
    ];
  },
};

/** The editor's text, through the clipboard: only the visible lines of an editor are in the page. */
async function readActivation(workbench: Workbench): Promise<Activation> {
  const { page } = workbench;
  const limit = Date.now() + 60_000;
  for (;;) {
    await workbench.command('Developer: Startup Performance');
    await page.locator('.view-line').first().waitFor();
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+C');
    const found = activationOf(String(await page.evaluate('navigator.clipboard.readText()')), EXTENSION);
    if (found) return found;
    if (Date.now() > limit)
      throw new Error(`VS Code says nothing about ${EXTENSION} in "Startup Performance"`);
    // The editor is filled while VS Code still measures; a new one is complete.
    await workbench.command('View: Close Editor');
  }
}
