import { afterAll, beforeAll, describe, expect } from 'vitest';
import { cli } from './support/cli';
import { containersOf, leftInDocker, outputOnNode, removeLab } from './support/docker';
import { startSession } from './support/session';
import type { Session } from './support/session';
import { stepsIn } from './support/steps';
import { sampleWorkspace } from './support/workspace';
import { PATIENCE } from './support/workbench';
import type { Workbench } from './support/workbench';

const LAB = 'e2e-actions';
const SECOND = 'e2e-second';
const NODES = ['node1', 'node2', 'node3'];
const poll = { timeout: PATIENCE };

/** What people do with a lab that runs already, one thing after the other; each leaves the lab healthy. */
describe('at work with a lab', { timeout: 600_000 }, () => {
  let session: Session;
  let workbench: Workbench;
  /** The node whose fall hurts least: neither leader nor synchronous standby. */
  let replica: string;

  beforeAll(async () => {
    await Promise.all([LAB, SECOND].map(removeLab));
    session = await startSession({
      workspace: sampleWorkspace(LAB),
      folderName: 'gitlab-ha',
      settings: { 'gitlabHaLab.groupBy': 'node', 'gitlabHaLab.labs': [LAB, SECOND] },
    });
    workbench = session.workbench;
    await cli(session, 'up', session.folder);
    await workbench.showLabView();
    await workbench.widenSidebar(70);
    await untilHealthy();
    replica = await replicaOf(workbench);
  });

  afterAll(async () => {
    await session.close();
    await Promise.all([LAB, SECOND].map(removeLab));
  });

  const step = stepsIn(() => workbench.page);
  const node = (name: string, state: string) => workbench.row(new RegExp(`^Node ${name}, ${state}`));
  const service = (title: string, state: string) =>
    workbench.row(new RegExp(`^${title} on ${replica}, .*${state}`));

  /** Healthy, with a leader, a synchronous standby and a replica: what a fault asks for. */
  async function untilHealthy(): Promise<void> {
    await workbench.row(new RegExp(`^Lab ${LAB}, healthy · leader node\\d · VIP node\\d$`)).waitFor();
    await workbench.row(/^PostgreSQL \(Patroni\) on node\d, sync standby, healthy/).waitFor();
    await workbench.row(/^PostgreSQL \(Patroni\) on node\d, replica, healthy/).waitFor();
  }

  step('a redeploy without changes touches no container and says so', async () => {
    const before = await containersOf(LAB);
    await workbench.contextMenu(workbench.row(new RegExp(`^Lab ${LAB}`)), 'Redeploy Lab');
    await workbench.notification(`Lab ${LAB} was up to date and is healthy`).waitFor();
    expect(await containersOf(LAB)).toEqual(before);
    await workbench.dismissNotifications();
    await untilHealthy();
  });

  step('the buttons of the view group the tree by layer and by node', async () => {
    await workbench.viewAction('Group by Layer').click();
    await workbench.row('Layer Database & connections, healthy').waitFor();
    await node('node1', '').waitFor({ state: 'detached' });
    await workbench.viewAction('Group by Node').click();
    await node('node1', 'healthy').waitFor();
    await workbench.viewAction('Group by Layer').waitFor();
  });

  step('the log of a service is shown and followed', async () => {
    await workbench.contextMenu(service('PostgreSQL \\(Patroni\\)', 'healthy'), 'Show Logs');
    const heartbeat = new RegExp(`I am \\(${replica}\\), a secondary, and following a leader \\(node\\d\\)`);
    await expect.poll(() => workbench.terminalText(), poll).toMatch(heartbeat);
    const before = await workbench.terminalText();
    await expect.poll(() => workbench.terminalText(), poll).not.toBe(before);
    await workbench.command('Terminal: Kill All Terminals');
  });

  step('a service is stopped, started and restarted from its context menu', async () => {
    await workbench.contextMenu(service('PgBouncer', 'healthy'), 'Stop Service');
    await service('PgBouncer', 'failed').waitFor();
    await node(replica, 'degraded').waitFor();
    await workbench.contextMenu(service('PgBouncer', 'failed'), 'Start Service');
    await service('PgBouncer', 'healthy').waitFor();
    const before = await pgbouncerPid(replica);
    await workbench.contextMenu(service('PgBouncer', 'healthy'), 'Restart Service');
    await expect.poll(() => pgbouncerPid(replica), poll).not.toBe(before);
    await untilHealthy();
  });

  step('terminals on all nodes stand side by side, and each answers', async () => {
    await workbench.contextMenu(
      workbench.row(new RegExp(`^Lab ${LAB}`)),
      'Open Terminals on All Nodes Side by Side',
    );
    await expect.poll(() => workbench.terminals.count(), poll).toBe(3);
    for (const [index, name] of NODES.entries()) {
      await expect.poll(() => workbench.terminalText(index), poll).toContain(`${name}:`);
      await workbench.typeInTerminal('echo this-is-$(hostname)', index);
      await expect.poll(() => workbench.terminalText(index), poll).toContain(`this-is-${name}`);
    }
  });

  step('a terminal says that its node was stopped, and connects again when it runs', async () => {
    const index = NODES.indexOf(replica);
    await workbench.contextMenu(node(replica, 'healthy'), 'Stop Node');
    const lost = 'The connection to the node ended.Press Enter to connect again.';
    await expect.poll(() => workbench.terminalText(index), poll).toContain(lost);
    await node(replica, 'failed, stopped').waitFor();
    await workbench.typeInTerminal('', index);
    await expect.poll(() => workbench.terminalText(index), poll).toContain(`${replica} is not running`);
    for (const other of [0, 1, 2].filter((candidate) => candidate !== index)) {
      expect(await workbench.terminalText(other)).not.toContain('Press Enter');
    }
    await workbench.contextMenu(node(replica, 'failed, stopped'), 'Start Node');
    await node(replica, '\\w+, (?!stopped)').waitFor();
    await workbench.typeInTerminal('', index);
    await expect.poll(() => workbench.terminalText(index), poll).toMatch(/root@node\d:\S+\s*$/);
    await workbench.typeInTerminal('echo back-on-$(hostname)', index);
    await expect.poll(() => workbench.terminalText(index), poll).toContain(`back-on-${replica}`);
    await workbench.command('Terminal: Kill All Terminals');
    await untilHealthy();
  });

  step('a replica is paused, shown so, and goes on', async () => {
    const name = await replicaOf(workbench);
    await workbench.contextMenu(node(name, 'healthy'), 'Pause Node');
    await node(name, 'failed, paused').waitFor();
    await workbench.contextMenu(node(name, 'failed, paused'), 'Unpause Node');
    await untilHealthy();
  });

  step('a replica is cut from the network, shown so, and reconnected', async () => {
    const name = await replicaOf(workbench);
    await workbench.contextMenu(node(name, 'healthy'), 'Cut from Network');
    await node(name, 'failed, cut from network').waitFor();
    await workbench.contextMenu(node(name, 'failed, cut from network'), 'Reconnect to Network');
    await untilHealthy();
  });

  step('a deployment cancelled from its notification leaves nothing in Docker', async () => {
    sampleWorkspace(SECOND)(session.folder);
    // Folded, so that there is room for a second lab below.
    const first = workbench.row(new RegExp(`^Lab ${LAB}`));
    await first.click();
    await node('node1', '').waitFor({ state: 'detached' });
    await workbench.viewAction('Deploy Lab').click();
    const progress = workbench.notification(`Deploying lab ${SECOND}`);
    await workbench.row(new RegExp(`^Lab ${SECOND}`)).waitFor();
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await workbench.notification(`The deployment of lab ${SECOND} was cancelled`).waitFor();
    await workbench.row(new RegExp(`^Lab ${SECOND}`)).waitFor({ state: 'detached' });
    expect(await leftInDocker(SECOND)).toEqual([]);
    await first.click();
    await untilHealthy();
  });
});

/** The node whose database follows and is not the synchronous standby. */
async function replicaOf(workbench: Workbench): Promise<string> {
  const row = workbench.row(/^PostgreSQL \(Patroni\) on node\d, replica, healthy/);
  const label = await row.getAttribute('aria-label');
  return / on (node\d), /.exec(label ?? '')?.[1] ?? '';
}

/** `run: pgbouncer: (pid 123) 4s; …` without the seconds. */
async function pgbouncerPid(node: string): Promise<string> {
  const status = await outputOnNode(LAB, node, 'gitlab-ctl', 'status', 'pgbouncer');
  return /^run: pgbouncer: \(pid (\d+)\)/.exec(status)?.[1] ?? 'not running';
}
