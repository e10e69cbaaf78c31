import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { Editor } from './support/editor';
import { picture } from './support/screenshots';
import { serverProcesses } from './support/server-processes';
import { startSession } from './support/session';
import type { Session } from './support/session';
import { stepsIn } from './support/steps';
import { sampleWorkspace } from './support/workspace';

const RUBY = 'nodes/node1/gitlab.rb';
const HAPROXY = 'haproxy/haproxy.cfg';
/** Of no node of the cluster: what stands in it contradicts no other file. */
const NEW = 'drafts/gitlab.rb';

/** A gitlab.rb as it is written in a hurry. */
const WRONG = `# Database node of the cluster.
external_url 'https://gitlab.example.com'
roles ['patroni_rol', 'consul_role']
consul['configuration'] = { retry_join: %w[10.0.0.11 10.0.0.12 10.0.0.13] }

patroni['scope'] = 'postgresql-ha'
patroni['ttl'] = 30
patroni['loop_wait'] = 10
patroni['postgresql']['max_connections'] = 400

gitlab_rails['db_hots'] = '10.0.0.100'
git_data_dirs({ 'default' => { 'path' => '/var/opt/gitlab/git-data' } })

`;

function workspace(folder: string): void {
  sampleWorkspace('e2e-languages')(folder);
  for (const [file, text] of [
    [RUBY, WRONG],
    [NEW, ''],
  ] as const) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

describe.each([
  ['a trusted workspace', false],
  ['an untrusted workspace', true],
])('in %s', (_, untrusted) => {
  let session: Session;
  let editor: Editor;

  beforeAll(async () => {
    session = await startSession({ workspace, folderName: 'gitlab-ha', file: RUBY, trust: untrusted });
    editor = new Editor(session);
  });
  afterAll(() => session?.close());

  const page = () => session.workbench.page;
  const step = stepsIn(page);
  /** Pictures of the trusted window only: the other shows the same below a banner. */
  const show = async (name: string, pointer?: 'stays'): Promise<void> => {
    if (!untrusted) await picture(page(), name, pointer);
  };

  step('a wrong gitlab.rb is underlined, and Problems lists what is wrong', async () => {
    await page().locator('.squiggly-error').first().waitFor();
    await page().locator('.squiggly-warning').first().waitFor();
    await session.workbench.command('Problems: Focus on Problems View');
    for (const code of ['GLR036', 'GLR030', 'GLR004']) await editor.problem(code).first().waitFor();
    await editor.problem('GLR036').getByText('Did you mean "patroni_role"?').waitFor();
    await show('lint-problems');
  });

  step('a problem leads to the page of its rule', async () => {
    await editor.problem('GLR030').locator('a', { hasText: 'GLR030' }).click();
    await page().locator('.tab.active', { hasText: 'GLR030.md' }).waitFor();
    const text = page().frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
    await text.getByRole('heading', { name: /^GLR030: / }).waitFor();
    await text.getByRole('heading', { name: 'Why it hurts in an outage' }).waitFor();
    await show('lint-rule-page');
    await session.workbench.command('View: Close Editor');
    await editor.hidePanel();
    await editor.open(RUBY);
  });

  step('a key says what it is, what holds without it, and where to read on', async () => {
    const hover = await editor.hover('loop_wait');
    await hover.getByText('loop_wait', { exact: false }).first().waitFor();
    const said = (await hover.textContent()) ?? '';
    expect(said).toMatch(/integer/i);
    expect(said).toContain('10');
    expect(
      await hover
        .locator('a[data-href^="https://docs.gitlab.com"], a[href^="https://docs.gitlab.com"]')
        .count(),
    ).toBeGreaterThan(0);
    await show('lint-hover', 'stays');
    await page().keyboard.press('Escape');
  });

  step('keys are completed with their types and defaults', async () => {
    await editor.goTo(RUBY, "patroni['postgresql']");
    await page().keyboard.press('Home');
    await editor.newLine();
    await page().keyboard.press('ArrowUp');
    await page().keyboard.type("patroni['retry", { delay: 60 });
    await editor.suggestion('retry_timeout');
    await show('lint-completion');
    await editor.accept('retry_timeout');
    await editor.expectSaved(RUBY, "patroni['retry_timeout']");
    await page().keyboard.press('End');
    await page().keyboard.press('Escape');
    if (!/retry_timeout'\] = /.test(editor.saved(RUBY))) await page().keyboard.type(' = ');
    await page().keyboard.type('10');
    await page().keyboard.press('Escape');
    await editor.expectSaved(RUBY, "patroni['retry_timeout'] = 10");
  });

  step('a quick fix repairs', async () => {
    await editor.goTo(RUBY, 'patroni_rol');
    await editor.quickFix('patroni_role');
    await editor.expectSaved(RUBY, "roles ['patroni_role', 'consul_role']");
  });

  step('a comment silences one line', async () => {
    await editor.goTo(RUBY, "gitlab_rails['db_hots']");
    await editor.quickFix('Silence GLR004 for this line');
    await editor.expectSaved(RUBY, "# ha-lab: ignore GLR004 reason\ngitlab_rails['db_hots']");
    await session.workbench.command('Problems: Focus on Problems View');
    await editor.problem('GLR030').first().waitFor();
    await expect.poll(() => editor.problem('GLR004').count()).toBe(0);
    await editor.hidePanel();
  });

  step('a snippet writes a whole component', async () => {
    await editor.open(NEW);
    await page().keyboard.press('ControlOrMeta+End');
    await page().keyboard.type('ha_sentin', { delay: 60 });
    await editor.accept('ha_sentinel');
    await editor.line("sentinel['quorum']").first().waitFor();
    await show('lint-snippet');
    await page().keyboard.press('Escape');
    await page().keyboard.press('Escape');
    await editor.expectSaved(NEW, "sentinel['quorum']");
    // What was wrong with the word before it became a snippet goes a moment later.
    const squiggles = page().locator('.editor-instance .squiggly-error, .editor-instance .squiggly-warning');
    await expect.poll(() => squiggles.count()).toBe(0);
  });

  step('a name of HAProxy changes in every section at once', async () => {
    await editor.open(HAPROXY);
    const before = editor.saved(HAPROXY);
    const uses = before.split(/\bstatus_page\b/).length - 1;
    expect(uses).toBeGreaterThanOrEqual(2);
    await editor.goTo(HAPROXY, 'status_page');
    await editor.typeNewName('rails');
    await show('lint-rename');
    await editor.giveNewName();
    await editor.line('default_backend rails').waitFor();
    await editor.expectSaved(HAPROXY, 'backend rails');
    expect(editor.saved(HAPROXY)).toBe(before.replaceAll(/\bstatus_page\b/g, 'rails'));
  });

  step('a text that is not saved yet is checked as the language it is given', async () => {
    await session.workbench.command('File: New Untitled Text File');
    await page().locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    await session.workbench.command('Change Language Mode');
    await page().locator('.quick-input-widget .quick-input-box input').fill('HAProxy');
    await session.workbench.pick('HAProxy');
    await editor.focus();
    await page().keyboard.type('fronten', { delay: 60 });
    await editor.suggestion('frontend');
    await page().keyboard.press('Escape');
    await page().keyboard.type('d web\nbnd :80\n');
    await page().keyboard.press('Escape');
    await page().locator('.editor-instance .squiggly-error').first().waitFor();
    const hover = await editor.hover('bnd');
    await hover.getByText('Unknown keyword "bnd" in "frontend".').waitFor();
    await page().keyboard.press('Escape');
    await session.workbench.command('View: Revert and Close Editor');
  });

  step('a server that crashes is started again', async () => {
    const before = serverProcesses(session.directory);
    expect(before).toHaveLength(1);
    process.kill(before[0] ?? 0, 'SIGKILL');
    await expect.poll(() => serverProcesses(session.directory)).not.toEqual(before);
    await expect.poll(() => serverProcesses(session.directory)).toHaveLength(1);
    await page().keyboard.press('ControlOrMeta+Home');
    await page().keyboard.type('nonsense\n', { delay: 30 });
    await page().locator('.squiggly-error').first().waitFor();
  });
});
