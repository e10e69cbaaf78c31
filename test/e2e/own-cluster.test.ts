import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createWorkspace } from '../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../src/workspace/create/questions';
import { cli } from './support/cli';
import { containersOf, outputOnNode, removeLab } from './support/docker';
import { Editor } from './support/editor';
import { whileWriting } from './support/probe';
import { FOR_README } from './support/screenshots';
import { startSession } from './support/session';
import type { Session } from './support/session';
import { stepsIn } from './support/steps';
import { pictureInThemes, THEMES } from './support/themes';
import type { Workbench } from './support/workbench';
import { pace } from '../support/pace';

const LAB = 'e2e-own';
const NODES = ['gl1', 'gl2', 'gl3'];
const SUBNET = '10.20.0.0/24';
/** A change passes three gates, each of which may wait for as long as a lab takes to be whole. */
const LIMIT = 280_000;
/** Milliseconds without an acknowledged write that handing the database over may take. */
const SWITCHOVER_MS = 6_000;
const SETTING = "['max_connections'] = ";

/** The second change, and those after it: a cluster of somebody's own from its first file to its first fault. */
describe('an own cluster', { timeout: 360_000 }, () => {
  let session: Session;
  let workbench: Workbench;
  let editor: Editor;
  let folder: string;

  beforeAll(async () => {
    await removeLab(LAB);
    session = await startSession({
      workspace: () => undefined,
      folderName: 'empty',
      settings: { 'gitlabHaLab.labs': [LAB], ...THEMES },
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
  const database = (nodes: number) =>
    workbench.row(new RegExp(`^PostgreSQL \\(Patroni\\), healthy, leader \\w+ · ${nodes} of ${nodes}`));

  /** Deploys what the files say now; the question before it is answered when it names the change. @returns the question */
  async function change(named: string | RegExp, name: string): Promise<string> {
    await workbench.dismissNotifications();
    await workbench.command('HA Lab: Deploy Lab');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText(`Change the running lab ${LAB}?`).waitFor();
    await dialog.getByText(named).first().waitFor();
    const said = await dialog.innerText();
    await pictureInThemes(session, name);
    await workbench.answerDialog('Deploy');
    await workbench.deployed(LAB, LIMIT);
    return said;
  }

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
    await workbench.answer('Which Services Run Where', 'without the application');
    const written = workbench.notification(`The cluster workspace is in ${folder}`);
    await written.waitFor();
    const answers = answersFrom(completed({ nodes: NODES.join(' '), subnet: SUBNET, layers: 'small' }, LAB));
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
    await workbench.deployed(LAB, LIMIT);
    await database(3).waitFor();
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
    await pictureInThemes(session, 'preview');
    const because = 'because max_connections changes from 400 to 500';
    expect(text).toContain(`# What a deployment of lab ${LAB} would do. Nothing was changed.`);
    expect(text).toContain(`  PostgreSQL: restart after a switchover, ${because}`);
    expect(text).toContain(`  PostgreSQL: restart, ${because}`);
    expect(text).toMatch(/^- +"max_connections": "?400"?,?$/m);
    expect(text).toMatch(/^\+ +"max_connections": "?500"?,?$/m);
    expect(text).toMatch(/One node after the other, each when the lab is whole: gl\d, gl\d, gl\d\./);
    for (const node of NODES) expect(await maxConnections(node)).toBe('400');
  });

  step('it is in force on all nodes when that is said, at the price of one switchover', async () => {
    let said = '';
    const boundMs = SWITCHOVER_MS * (await pace());
    const felt = await whileWriting(session, LAB, async () => {
      said = await change(/PostgreSQL: restart after a switchover/, 'change-asked');
    });
    expect(said).toMatch(/One node after the other, each when the lab is whole: gl\d, gl\d, gl\d\./);
    for (const node of NODES) expect(await maxConnections(node)).toBe('500');
    for (const { loss, acknowledged } of Object.values(felt)) {
      expect(loss?.lost).toEqual([]);
      expect(acknowledged).toBeGreaterThan(100);
    }
    expect(felt.postgres.longestGapMs).toBeLessThan(boundMs);
    const interrupted = felt.postgres.interruptions.reduce((sum, { duration }) => sum + duration, 0);
    expect(interrupted).toBeLessThan(boundMs);
    await database(3).waitFor();
  });

  step('a fourth node joins, and no other one is made anew', async () => {
    const before = (await containersOf(LAB)).filter(({ role }) => role === 'node');
    const larger = join(session.directory, 'workspaces', 'larger');
    const nodes = [...NODES, 'gl4'];
    const options = ['--name', LAB, '--nodes', nodes.join(), '--subnet', SUBNET, '--layers', 'small'];
    await cli(session, 'init', larger, '--yes', ...options);
    for (const node of nodes) {
      const path = join(larger, gitlabRb(node));
      writeFileSync(path, readFileSync(path, 'utf8').replace(`${SETTING}400`, `${SETTING}500`));
    }
    cpSync(larger, folder, { recursive: true });
    await change('gl4: added', 'node-added');
    await database(4).waitFor();
    expect(await maxConnections('gl4')).toBe('500');
    const ids = new Set((await containersOf(LAB)).map(({ id }) => id));
    expect(before.filter(({ id }) => !ids.has(id))).toEqual([]);
  });

  step('a node gets another name, in all files and in the lab', async () => {
    await editor.open('cluster.yaml');
    await editor.goTo('cluster.yaml', 'gl4');
    await editor.rename('db4');
    await expect.poll(() => filesIn(folder).filter(([, text]) => /\bgl4\b/.test(text))).toEqual([]);
    await change('db4: added', 'node-renamed');
    await database(4).waitFor();
    expect((await containersOf(LAB)).map(({ node }) => node).sort()).toEqual(['db4', 'gateway', ...NODES]);
  });

  step('a replica is killed, and the events tell what came of it', async () => {
    await workbench.dismissNotifications();
    await workbench.command('HA Lab: Kill Node');
    await workbench.pick(/^db4/);
    const toast = await workbench.told(/Kill db4\. PostgreSQL: /, LIMIT);
    expect(await toast.innerText()).not.toMatch(/lost/);
    await toast.getByRole('button', { name: 'Show Events' }).click();
    await workbench.row(/^Kill db4, (no outage|outage \d+\.\d s) · \d\d:\d\d:\d\d/).waitFor();
    await workbench.row(/^db4 is stopped after \d+\.\d s/).waitFor();
    await workbench.dismissNotifications();
    await pictureInThemes(session, 'own-events');
  });

  step('the walkthrough, opened only now, has ticked what was done', async () => {
    await workbench.command('HA Lab: Open Walkthrough');
    const ticked = (title: string) =>
      workbench.page.locator('.getting-started-step', { hasText: title }).locator('.codicon.complete');
    for (const title of ['Deploy a lab', 'Explore the topology', 'Break it']) await ticked(title).waitFor();
    for (const title of ['Open a terminal on a node', 'Clean up'])
      expect(await ticked(title).count()).toBe(0);
  });

  if (FOR_README)
    step('what else there is to see, in every theme', async () => {
      await pictureInThemes(session, 'own-cluster');
      await editor.open('cluster.yaml');
      await editor.replace('cluster.yaml', '10.20.0.100', '10.1.1.1');
      await workbench.command('Problems: Focus on Problems View');
      await editor.problem('CLU').first().waitFor();
      await pictureInThemes(session, 'cluster-yaml');
      await editor.hidePanel();
      await workbench.command('HA Lab: Open Walkthrough');
      await workbench.page.getByText('Get started with HA Lab for GitLab').first().waitFor();
      await pictureInThemes(session, 'walkthrough');
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
