import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createWorkspace } from '../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../src/workspace/create/questions';
import { outputOnNode, removeLab } from './support/docker';
import { Editor } from './support/editor';
import { picture } from './support/screenshots';
import { startSession } from './support/session';
import type { Session } from './support/session';
import { stepsIn } from './support/steps';
import type { Workbench } from './support/workbench';

const LAB = 'e2e-own';
const NODES = ['gl1', 'gl2', 'gl3'];
const SUBNET = '10.20.0.0/24';
const SETTING = "['max_connections'] = ";

/** A cluster of somebody's own, from its first file to what a changed setting will do to it. */
describe('an own cluster', { timeout: 180_000 }, () => {
  let session: Session;
  let workbench: Workbench;
  let editor: Editor;
  let folder: string;

  beforeAll(async () => {
    await removeLab(LAB);
    session = await startSession({
      workspace: () => undefined,
      folderName: 'empty',
      settings: { 'gitlabHaLab.labs': [LAB] },
    });
    workbench = session.workbench;
    folder = join(session.directory, 'workspaces', LAB);
    editor = new Editor({ ...session, folder });
  });

  afterAll(async () => {
    await session.close();
    await removeLab(LAB);
  });

  const step = stepsIn(() => workbench.page, { chained: true });
  const gitlabRb = (node: string): string => `nodes/${node}/gitlab.rb`;
  async function answerQuestions(): Promise<void> {
    for (let question = 0; question < 8; question += 1) await workbench.answer(/./);
  }

  step('a new cluster workspace is written into an empty folder, and opened', async () => {
    mkdirSync(folder);
    await workbench.command('HA Lab: Create Cluster Workspace');
    await workbench.chooseFolder(folder, 'Create Here');
    await workbench.answer('Name of the Cluster');
    await workbench.typeAnswer('gl1 gl2');
    await workbench.quickMessage('three are needed for a majority').waitFor();
    await workbench.answer('Names of the Nodes', NODES.join(' '));
    await workbench.answer('Network of the Nodes', SUBNET);
    for (const title of [
      'Addresses of the Nodes',
      'Virtual Address',
      'Domain of GitLab',
      'Version of GitLab',
    ])
      await workbench.answer(title);
    await workbench.answer('Which Services Run Where');
    const written = workbench.notification(`The cluster workspace is in ${folder}`);
    await written.waitFor();
    const answers = answersFrom(completed({ nodes: NODES.join(' '), subnet: SUBNET }, LAB));
    if ('problem' in answers) throw new Error(String(answers.problem));
    const expected = [...createWorkspace(answers).files].map(([path, text]) => [`/${path}`, text]);
    expect(filesIn(folder)).toEqual(expected.sort());
    await written.getByRole('button', { name: 'Open Folder' }).click();
    await workbench.opened(LAB);
    await editor.open('cluster.yaml');
  });

  step('it is never written over files', async () => {
    await workbench.command('HA Lab: Create Cluster Workspace');
    await workbench.chooseFolder(folder, 'Create Here');
    await answerQuestions();
    await workbench.notification(`Nothing was written: ${folder} already has cluster.yaml`).waitFor();
    await workbench.dismissNotifications();
  });

  step('it is deployed without a finding', async () => {
    await workbench.showLabView();
    await workbench.widenSidebar(70);
    await workbench.welcomeButton('Deploy Lab').click();
    await workbench.notification(`Lab ${LAB} is healthy after`).waitFor({ timeout: 280_000 });
    await workbench.row(/^PostgreSQL \(Patroni\), healthy, leader gl\d · 3 of 3/).waitFor();
    for (const node of NODES) expect(await maxConnections(node)).toBe('400');
  });

  step('what a changed setting will do is read before anything is done', async () => {
    for (const node of NODES) {
      await editor.open(gitlabRb(node));
      await editor.replace(gitlabRb(node), `${SETTING}400`, `${SETTING}500`);
    }
    await workbench.command('HA Lab: Preview Changes');
    await workbench.page.locator('.tab.active', { hasText: `${LAB}.diff` }).waitFor();
    await workbench.dismissNotifications();
    const text = await editor.text();
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await picture(workbench.page, 'preview');
    const because = 'because max_connections changes from 400 to 500';
    expect(text).toContain(`# What a deployment of lab ${LAB} would do. Nothing was changed.`);
    expect(text).toContain(`  PostgreSQL: restart after a switchover, ${because}`);
    expect(text).toContain(`  PostgreSQL: restart, ${because}`);
    expect(text).toMatch(/^- +"max_connections": "?400"?,?$/m);
    expect(text).toMatch(/^\+ +"max_connections": "?500"?,?$/m);
    expect(text).toMatch(/One node after the other, each when the lab is whole: gl\d, gl\d, gl\d\./);
    for (const node of NODES) expect(await maxConnections(node)).toBe('400');
  });

  async function maxConnections(node: string): Promise<string> {
    const said = await outputOnNode(LAB, node, 'gitlab-psql', '-qAtc', 'show max_connections');
    return said.trim();
  }
});

/** Path and text of every file below a folder. */
function filesIn(folder: string): readonly (readonly [path: string, text: string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]);
}
