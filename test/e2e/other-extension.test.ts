import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { Editor } from './support/editor';
import { OTHER_EXTENSION, packOtherExtension } from './support/other-extension';
import { serverProcesses } from './support/server-processes';
import { startSession } from './support/session';
import type { Session } from './support/session';
import { stepsIn } from './support/steps';

const PROXY = 'haproxy.cfg';
const FOREIGN = 'tools/other.cfg';

/** How our findings and our explanations are told from the other's. */
const OUR_CODE = /HAP\d{3}/;
const OUR_LINK = 'HAProxy 3.0 manual';
const THEIR_HOVER = 'Elsewhere explains this word.';

/** Two mistakes (HAP010 and HAP031), and nothing else to say. */
const WRONG_PROXY = `global
    maxconn 10000

defaults
    mode http
    timeout connect 5s
    timeout client 1m
    timeout server 1m

frontend web
    bind 10.0.0.100:80
    default_backnd app

backend app
    server node1 10.0.0.11:80 chek
`;

/** What a .cfg mostly is: nothing of HAProxy's. */
const INI = `[metadata]
name = tools
maxconn = 5
`;

function workspace(folder: string): void {
  for (const [path, text] of [
    [PROXY, WRONG_PROXY],
    [FOREIGN, INI],
  ] as const) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

describe.each([
  ['that has the same language id', 'haproxy'],
  ['that has a language id of its own', 'haproxy-config'],
])('beside another HAProxy extension %s', (_, language) => {
  let session: Session;
  let editor: Editor;

  beforeAll(async () => {
    session = await startSession({
      workspace,
      folderName: 'gitlab-ha',
      file: PROXY,
      settings: { [`[${language}]`]: { 'editor.defaultFormatter': OTHER_EXTENSION } },
      otherExtensions: async (directory) => [await packOtherExtension(directory, language)],
    });
    editor = new Editor(session);
  });
  afterAll(() => session?.close());

  const page = () => session.workbench.page;
  const step = stepsIn(page);

  step('both check haproxy.cfg, each once', async () => {
    await session.workbench.command('Problems: Focus on Problems View');
    await editor.problem('HAP010').first().waitFor();
    await editor.problem(`Elsewhere has read ${PROXY}`).first().waitFor();
    expect(await editor.problem('HAP010').count()).toBe(1);
    expect(await editor.problem('HAP031').count()).toBe(1);
    expect(await editor.problem(OUR_CODE).count()).toBe(2);
    expect(await editor.problem('Elsewhere has read').count()).toBe(1);
    expect(serverProcesses(session.directory)).toHaveLength(1);
    await editor.hidePanel();
  });

  step('both explain a word, each once', async () => {
    const hover = await editor.hover('maxconn');
    await hover.getByText(THEIR_HOVER).waitFor();
    await hover.getByText(OUR_LINK).waitFor();
    expect([await hover.getByText(THEIR_HOVER).count(), await hover.getByText(OUR_LINK).count()]).toEqual([
      1, 1,
    ]);
    await page().keyboard.press('Escape');
  });

  step('a quick fix of ours repairs', async () => {
    await editor.goTo(PROXY, 'default_backnd');
    await editor.quickFix('default_backend');
    await editor.expectSaved(PROXY, 'default_backend app');
  });

  step('our commands are there for the file', async () => {
    const fixAll = 'HA Lab: Fix All Sure Findings in This File';
    await session.workbench.command(fixAll);
    await editor.line('10.0.0.11:80 check').waitFor();
    await editor.expectSaved(PROXY, 'server node1 10.0.0.11:80 check\n');
    await session.workbench.command(fixAll);
    await session.workbench.notification('Nothing in this file has a sure fix.').waitFor();
    await session.workbench.dismissNotifications();
    await page().keyboard.press('F1');
    await page().locator('.quick-input-widget .quick-input-box input').fill('>HA Lab: Check with');
    await session.workbench.quickPick('Check with the Real Program').waitFor();
    await page().keyboard.press('Escape');
    await editor.focus();
  });

  step('both complete, each once', async () => {
    await editor.goTo(PROXY, '    server node1');
    await editor.newLine();
    await page().keyboard.press('ArrowUp');
    await page().keyboard.press('Tab');
    await page().keyboard.type('bal', { delay: 60 });
    await editor.suggestion('bal-elsewhere');
    await editor.suggestion('balance');
    const offered = await editor.suggestions();
    expect(offered.filter((label) => label === 'balance')).toHaveLength(1);
    expect(offered.filter((label) => label === 'bal-elsewhere')).toHaveLength(1);
    await page().keyboard.press('Escape');
    await page().keyboard.type('ance roundrobin');
    await page().keyboard.press('Escape');
    await editor.expectSaved(PROXY, '    balance roundrobin\n    server node1');
  });

  step('a name changes in every section', async () => {
    await editor.goTo(PROXY, 'app\n');
    await editor.rename('rails');
    await editor.line('default_backend rails').waitFor();
    await editor.expectSaved(PROXY, 'backend rails\n');
    expect(editor.saved(PROXY)).toContain('default_backend rails\n');
  });

  step('the formatter is the one the user chose', async () => {
    const before = editor.saved(PROXY);
    await session.workbench.command('Format Document');
    // What is saved before the formatter answers is the old text.
    await editor.line('# Formatted elsewhere.').first().waitFor();
    await editor.expectSaved(PROXY, '# Formatted elsewhere.');
    expect(editor.saved(PROXY)).toBe(`${before}# Formatted elsewhere.\n`);
  });

  step('another .cfg is none of our business', async () => {
    await editor.open(FOREIGN);
    await session.workbench.command('Problems: Focus on Problems View');
    await editor.problem('Elsewhere has read other.cfg').waitFor();
    expect(await editor.problem(OUR_CODE).count()).toBe(0);
    await editor.hidePanel();
    const hover = await editor.hover('maxconn');
    await hover.getByText(THEIR_HOVER).waitFor();
    expect(await hover.getByText(OUR_LINK).count()).toBe(0);
    await page().keyboard.press('Escape');
    await editor.focus();
    await page().keyboard.press('ControlOrMeta+End');
    await page().keyboard.type('bal', { delay: 60 });
    await editor.suggestion('bal-elsewhere');
    expect(await editor.suggestions()).toEqual(['bal-elsewhere']);
  });
});
