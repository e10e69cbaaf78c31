import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { Editor } from './support/editor';
import { startSession } from './support/session';
import type { Session } from './support/session';
import { stepsIn } from './support/steps';
import { sampleWorkspace } from './support/workspace';

const TWO = 'nodes/node2/gitlab.rb';

/** What contradicts another file shows while it is typed, and a deployment refuses the same. */
describe('what stands between the files of a workspace', () => {
  let session: Session;
  let editor: Editor;

  beforeAll(async () => {
    session = await startSession({
      workspace: sampleWorkspace('e2e-between'),
      folderName: 'gitlab-ha',
      file: TWO,
    });
    editor = new Editor(session);
  });
  afterAll(() => session?.close());

  const page = () => session.workbench.page;
  const step = stepsIn(page);

  step('a wrong bootstrap_expect on node 2 is told while it is typed, not saved yet', async () => {
    await session.workbench.command('Problems: Focus on Problems View');
    await editor.focus();
    await editor.goTo(TWO, '3,');
    await page().keyboard.press('Delete');
    await page().keyboard.type('2');
    await editor.problem('LAB026').first().waitFor();
    await editor
      .problem('LAB026')
      .getByText('bootstrap_expect is 2, but there are 3 Consul servers')
      .waitFor();
  });

  step('a deployment refuses it with the same finding, which is listed once', async () => {
    await session.workbench.command('HA Lab: Deploy Lab');
    await session.workbench
      .notification(/Nothing was created: there is an error in the configuration/)
      .waitFor();
    await session.workbench.dismissNotifications();
    await session.workbench.command('Problems: Focus on Problems View');
    await editor.problem('LAB026').first().waitFor();
    await expect.poll(() => editor.problem('LAB026').count()).toBe(1);
  });

  step('it goes as soon as it is put right', async () => {
    await editor.open(TWO);
    // The deployment has saved the file; "node2," in its first line is not what is meant.
    await editor.goTo(TWO, '2,\n');
    await page().keyboard.press('Delete');
    await page().keyboard.type('3');
    await editor.problem('LAB026').first().waitFor({ state: 'detached' });
    await editor.expectSaved(TWO, 'bootstrap_expect: 3');
  });

  step('a second Redis master is told in both files, of which one is not open', async () => {
    await editor.goTo(TWO, 'redis_replica_role');
    for (let left = 'redis_replica'.length; left > 0; left -= 1) await page().keyboard.press('Delete');
    await page().keyboard.type('redis_master');
    await expect.poll(() => editor.problem('LAB023').count()).toBe(2);
    await page().keyboard.press('ControlOrMeta+Z');
    await page().keyboard.press('ControlOrMeta+Z');
  });

  step('cluster.yaml is checked while it is typed', async () => {
    await editor.open('cluster.yaml');
    await editor.goTo('cluster.yaml', 'node3');
    await page().keyboard.press('Control+Shift+ArrowRight');
    await page().keyboard.type('node2');
    await editor.problem('CLU008').first().waitFor();
    await page().keyboard.press('ControlOrMeta+Z');
    await editor.problem('CLU008').first().waitFor({ state: 'detached' });
  });

  step('a node is renamed in all files, and its folder with them', async () => {
    await editor.goTo('cluster.yaml', 'node3');
    await editor.rename('db3');
    const saved = (path: string): string => {
      const file = join(session.folder, path);
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    };
    await expect.poll(() => saved('nodes/db3/keepalived.conf')).toContain('router_id db3');
    await expect.poll(() => saved('cluster.yaml')).toContain('{ name: db3, address: 172.30.0.13 }');
    await expect.poll(() => saved('haproxy/haproxy.cfg')).toContain('server db3 172.30.0.13:6379');
    expect(existsSync(join(session.folder, 'nodes', 'node3'))).toBe(false);
    await editor
      .problem(/WSP00[26]/)
      .first()
      .waitFor({ state: 'detached' });
  });
});
