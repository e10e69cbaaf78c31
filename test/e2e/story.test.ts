import { afterAll, beforeAll, describe, expect } from 'vitest';
import { LAYERS } from '../../src/cluster/layer';
import { untilGone, untilSeen } from './support/again';
import { leftInDocker, removeLab } from './support/docker';
import { picture } from './support/screenshots';
import { startSession } from './support/session';
import type { Session } from './support/session';
import { stepsIn } from './support/steps';
import { LEAST, sampleWorkspace } from './support/workspace';
import type { Workbench } from './support/workbench';

/** Deploys include building the image when this machine has none yet. */
const DEPLOY_LIMIT = 280_000;
const FAILOVER_LIMIT = 90_000;
const LAB = 'e2e-gitlab';

const ABSENT = LAYERS.filter(({ id }) => !LEAST.includes(id));

/** One sitting with the extension, step by step: each step stands on the one before. */
describe('from an empty machine to a failover and back', { timeout: 300_000 }, () => {
  let session: Session;
  let workbench: Workbench;

  beforeAll(async () => {
    await removeLab(LAB);
    session = await startSession({
      workspace: sampleWorkspace(LAB),
      folderName: 'gitlab-ha',
      file: 'cluster.yaml',
      settings: { 'gitlabHaLab.groupBy': 'node', 'gitlabHaLab.labs': [LAB] },
    });
    workbench = session.workbench;
  });

  afterAll(async () => {
    await session.close();
    await removeLab(LAB);
  });

  const step = stepsIn(() => workbench.page, { chained: true });

  step('the view says that there is no lab and offers to deploy one', async () => {
    await workbench.showLabView();
    await workbench.widenSidebar(70);
    await workbench.welcomeButton('Deploy Lab').waitFor();
    await picture(workbench.page, 'welcome');
  });

  step('a click on Deploy shows the steps, and the tree becomes healthy', async () => {
    await workbench.welcomeButton('Deploy Lab').click();
    await workbench.notification(`Deploying lab ${LAB}`).waitFor();
    await workbench.row(new RegExp(`^Lab ${LAB}`)).waitFor({ timeout: DEPLOY_LIMIT });
    await workbench.notification(/PostgreSQL \d\/3/).waitFor({ timeout: DEPLOY_LIMIT });
    await workbench
      .row(/ on node\d, .*healthy/)
      .nth(4)
      .waitFor({ timeout: DEPLOY_LIMIT });
    await picture(workbench.page, 'deploy');
    await workbench.notification(`Lab ${LAB} is healthy`).waitFor({ timeout: DEPLOY_LIMIT });
    await workbench.row(new RegExp(`^Lab ${LAB}, healthy · leader node\\d · VIP node\\d`)).waitFor();
    for (const node of ['node1', 'node2', 'node3']) {
      await workbench.row(new RegExp(`^Node ${node}, healthy`)).waitFor();
    }
    expect(await workbench.row(/^PostgreSQL \(Patroni\) on node\d, leader, healthy/).count()).toBe(1);
    await expect
      .poll(() => workbench.statusItem.innerText())
      .toMatch(new RegExp(`HA Lab ${LAB} · leader node\\d · VIP`));
  });

  step('by layer, the same lab shows who leads at each service', async () => {
    await workbench.command('HA Lab: Toggle Grouping by Layer or Node');
    await workbench.row(/^PostgreSQL \(Patroni\), healthy, leader node\d · 3 of 3/).waitFor();
    await workbench.row(`Not in this lab, ${ABSENT.length} layers`).waitFor();
    await workbench.page.locator('.monaco-workbench').press('Escape');
    await workbench.dismissNotifications();
    await workbench.row(/^PostgreSQL \(Patroni\), healthy/).click();
    await workbench.row(/^PostgreSQL \(Patroni\) on node\d, sync standby, healthy/).waitFor();
    await picture(workbench.page, 'healthy');
    await workbench.command('HA Lab: Toggle Grouping by Layer or Node');
    await workbench.row(/^Node node2, healthy/).waitFor();
  });

  step('a terminal on node2 answers', async () => {
    await workbench.contextMenu(workbench.row(/^Node node2,/), 'Open Terminal');
    await workbench.terminal.getByText(/node2/).first().waitFor();
    await workbench.typeInTerminal('echo answer-$((20+3))-$(hostname)');
    await workbench.terminal.getByText('answer-23-node2').first().waitFor();
    await workbench.typeInTerminal('clear; gitlab-ctl patroni members');
    await workbench.terminal
      .getByText(/Leader/)
      .first()
      .waitFor();
    await picture(workbench.page, 'terminal');
  });

  step("Patroni's own page opens in a browser, through a port of this machine only", async () => {
    const opened = workbench.context.waitForEvent('page');
    const row = workbench.row(/^PostgreSQL \(Patroni\) on node2,/);
    await workbench.contextMenu(row, 'Open in Browser');
    const page = await opened;
    // A browser on another machine gets there through code-server's /proxy/<port>/, which is not running here.
    const [, port, path] = /\/proxy\/(\d+)\/(.*)$/.exec(page.url()) ?? [];
    const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { signal: AbortSignal.timeout(20_000) });
    const { members } = (await answer.json()) as { members: { name: string }[] };
    expect(members.map((member) => member.name).sort()).toEqual(['node1', 'node2', 'node3']);
    await page.close();
  });

  step('Enter on a service shows its log, and on a node what can be done to it', async () => {
    await workbench.row(/^PgBouncer on node2, healthy/).click();
    await workbench.page.keyboard.press('Enter');
    await workbench.terminalTab('PgBouncer log, node2').waitFor();
    await workbench.command('Terminal: Kill All Terminals');
    await workbench.row(/^Node node2, healthy/).click();
    await untilSeen(workbench.quickPick('Cut from Network'), () => workbench.page.keyboard.press('Enter'));
    await picture(workbench.page, 'node-menu');
    await workbench.page.keyboard.press('Escape');
  });

  step('the leader is killed from the palette in the layer view, and another node leads', async () => {
    const leader = await leaderOf(workbench);
    await workbench.command('HA Lab: Toggle Grouping by Layer or Node');
    await workbench.row(`Not in this lab, ${ABSENT.length} layers`).waitFor();
    await workbench.command('HA Lab: Kill Node');
    await workbench.quickPick(/^node\d.*Patroni\): leader/).waitFor();
    await picture(workbench.page, 'kill-which');
    await workbench.pick(/^node\d.*Patroni\): leader/);
    await workbench.command('HA Lab: Toggle Grouping by Layer or Node');
    await workbench.row(new RegExp(`^Node ${leader}, failed, stopped`)).waitFor({ timeout: FAILOVER_LIMIT });
    const others = ['node1', 'node2', 'node3'].filter((node) => node !== leader);
    await expect
      .poll(() => leaderOf(workbench), { timeout: FAILOVER_LIMIT })
      .toMatch(new RegExp(others.join('|')));
    const next = await leaderOf(workbench);
    await workbench
      .row(new RegExp(`^PostgreSQL \\(Patroni\\) on ${next}, leader, healthy`))
      .waitFor({ timeout: FAILOVER_LIMIT });
    await picture(workbench.page, 'failover');
  });

  step('a toast tells the outage, and the event list what happened when', async () => {
    const toast = await workbench.told(/Kill node\d\. PostgreSQL: no write for \d+\.\d s\./, FAILOVER_LIMIT);
    await toast.getByRole('button', { name: 'Show Events' }).click();
    const outage = workbench.row(/^Kill node\d, outage \d+\.\d s · \d\d:\d\d:\d\d/);
    await outage.waitFor();
    const stopped = workbench.row(/^node\d is stopped after \d+\.\d s/);
    const moved = workbench.row(/^Database leader moved from node\d to node\d after \d+\.\d s/);
    await stopped.waitFor();
    await picture(workbench.page, 'events');
    await workbench.scrollTo(
      outage,
      workbench.row(/^Writes to PostgreSQL are acknowledged again after \d+\.\d s/),
    );
    await workbench.scrollTo(outage, moved);
    await moved.click();
    await workbench.page.getByRole('tab', { name: /^node\d patroni \d\d-\d\d-\d\d\.log/ }).waitFor();
    await picture(workbench.page, 'event-log');
    await workbench.foldView('Events');
  });

  step('a second fault is refused as long as the cluster is not whole', async () => {
    await workbench.contextMenu(
      workbench.row(new RegExp(`^Node ${await leaderOf(workbench)},`)),
      'Kill Node',
    );
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Nothing was done').waitFor();
    expect(await dialog.innerText()).toMatch(/Missing:\s+• /);
    expect(await dialog.innerText()).toMatch(/What could be lost:\s+• /);
    await dialog.getByRole('button', { name: 'Wait Until Whole' }).waitFor();
    await dialog.getByRole('button', { name: 'Do It Anyway' }).waitFor();
    await picture(workbench.page, 'not-whole');
    await untilGone(dialog, () => workbench.page.keyboard.press('Escape'));
  });

  step('stopping a service is refused in the same way, and done when the user insists', async () => {
    const leader = await leaderOf(workbench);
    const pooler = (state: string) => workbench.row(new RegExp(`^PgBouncer on ${leader}, ${state}`));
    await workbench.contextMenu(pooler('healthy'), 'Stop Service');
    await workbench.page.locator('.monaco-dialog-box').getByText('Nothing was done').waitFor();
    await workbench.answerDialog('Do It Anyway');
    await pooler('failed').waitFor();
    await workbench.contextMenu(pooler('failed'), 'Start Service');
    await pooler('healthy').waitFor();
  });

  step('the killed node is started and rejoins', async () => {
    const stopped = workbench.row(/^Node node\d, failed, stopped/);
    await workbench.contextMenu(stopped, 'Start Node');
    await workbench
      .row(new RegExp(`^Lab ${LAB}, healthy · leader node\\d`))
      .waitFor({ timeout: FAILOVER_LIMIT });
  });

  step('the lab is destroyed from the palette, and nothing of it is left in Docker', async () => {
    await workbench.command('HA Lab: Destroy Lab');
    await workbench.answerDialog('Destroy');
    await workbench.notification(`Lab ${LAB} is gone`).waitFor({ timeout: 120_000 });
    await workbench.welcomeButton('Deploy Lab').waitFor();
    expect(await leftInDocker(LAB)).toEqual([]);
  });
});

/** The node the lab's row names as the database leader; empty while nobody leads. */
async function leaderOf(workbench: Workbench): Promise<string> {
  const label = await workbench.row(new RegExp(`^Lab ${LAB}`)).getAttribute('aria-label');
  return /leader (node\d)/.exec(label ?? '')?.[1] ?? '';
}
