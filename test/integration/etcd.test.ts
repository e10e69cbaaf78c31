import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fault } from '../../src/drills/faults/fault';
import type { FaultId } from '../../src/drills/faults/fault';
import { measureFault } from '../../src/drills/faults/measure-fault';
import { acknowledgedInARow } from '../../src/drills/probe/acknowledged';
import { leaderAddress } from '../../src/drills/probe/leader-address';
import { ProbeSession, verifyWrites } from '../../src/drills/probe/probe-session';
import { createLabService } from '../../src/lab/create-lab-service';
import { waitUntilWhole } from '../../src/lab/health/wait-until-whole';
import type { LabInfo, LabService } from '../../src/lab/lab-service';
import type { Event } from '../../src/observe/event';
import type { Observer } from '../../src/observe/observer';
import type { ServiceState } from '../../src/observe/state';
import { wholeness } from '../../src/observe/wholeness';
import { ROOT, temporaryFolder, uniqueName, until } from './support/engine';
import { sampleWorkspace } from './support/sample';
import { pace } from '../support/pace';

const NAME = uniqueName('etcd');
const WHOLE_LIMIT_MS = 150_000;

let labs: LabService;
let lab: LabInfo;
let observer: Observer;
let folder: { path: string; remove(): Promise<void> };
const events: Event[] = [];

const workspace = (dcs: 'consul' | 'etcd'): ReturnType<typeof sampleWorkspace> =>
  sampleWorkspace(NAME, (path, text) =>
    path === 'cluster.yaml' ? text.replace(/^dcs:.*$/m, `dcs: ${dcs}`) : text,
  );

beforeAll(async () => {
  folder = await temporaryFolder();
  labs = createLabService({ root: ROOT, stateDir: folder.path });
  const { durations, ...deployed } = await labs.deploy(await workspace('etcd'));
  lab = deployed.lab;
  console.log(`etcd: healthy ${durations.health} ms after the start of the nodes`);
  observer = await labs.observe(lab);
  observer.onState(() => undefined);
  observer.onEvent((event) => events.push(event));
}, 400_000);

afterAll(async () => {
  await observer?.dispose();
  await labs.destroy(NAME);
  await folder.remove();
}, 120_000);

const whole = (): Promise<number> =>
  waitUntilWhole(observer, lab.cluster, { timeoutMs: WHOLE_LIMIT_MS, stableMs: 2_000 });

/** The service of a node as it is shown. */
function shown(node: string, id: string): ServiceState {
  const found = observer.state.nodes
    .find(({ name }) => name === node)
    ?.services.find(({ service }) => service === id);
  if (!found) throw new Error(`${id} is not among the services of ${node}`);
  return found;
}

const nodes = (): readonly string[] => lab.cluster.nodes.map(({ name }) => name);

async function inNode(node: string, script: string): Promise<string> {
  const { stdout, stderr, exitCode } = await (await labs.transport(NAME, node)).exec(['bash', '-c', script]);
  if (exitCode !== 0) throw new Error(`${node}: ${stderr}${stdout}`);
  return stdout.trim();
}

/** How PostgreSQL of each node answers whether it only follows: t, f, or nothing. */
const following = (): Promise<readonly string[]> =>
  Promise.all(
    nodes().map((node) => inNode(node, "gitlab-psql -d postgres -Atc 'SELECT pg_is_in_recovery()' || true")),
  );

/** Makes the node's member of etcd the one that leads. */
async function leadEtcd(node: string): Promise<void> {
  const { leader = '' } = observer.state.etcd ?? {};
  if (leader === node) return;
  const id = `$(etcdctl member list | awk -F ', ' '$3 == "${node}" { print $1 }')`;
  await inNode(leader, `etcdctl move-leader ${id}`);
  await until(`${node} leads etcd`, () => observer.state.etcd?.leader === node);
  await whole();
}

const told = (kind: string, since: number): readonly string[] =>
  events
    .slice(since)
    .filter((event) => event.kind === kind)
    .map(({ text }) => text.toString());

describe('a cluster with dcs: etcd', () => {
  it('has a member on each node that says how it is, one of which leads', async () => {
    await whole();
    const { etcd } = observer.state;
    expect(etcd?.voters).toEqual(nodes());
    expect(lab.versions['etcd']).toMatch(/^3\.5\./);
    for (const node of nodes()) {
      expect(shown(node, 'etcd')).toMatchObject({
        health: 'ok',
        role: node === etcd?.leader ? 'leader' : 'voter',
        facts: { Version: lab.versions['etcd'] },
      });
      const members = String(shown(node, 'etcd').facts?.['Members']).split(', ');
      expect(members.sort()).toEqual(nodes());
    }
  });

  it('keeps who leads the database in etcd, and nothing of it in Consul, which announces the leader all the same', async () => {
    const { leader = '' } = observer.state.database;
    const inEtcd = await inNode('node1', 'etcdctl get --print-value-only /service/postgresql-ha/leader');
    expect(inEtcd).toBe(leader);
    expect(await inNode('node1', 'consul kv get -keys service/')).toBe('');
    const answer = 'curl -s 127.0.0.1:8500/v1/health/service/postgresql?passing';
    await until('Consul announces the leader alone', async () => {
      const announced = JSON.parse(await inNode('node2', answer)) as { Node: { Node: string } }[];
      return announced.map(({ Node }) => Node.Node).join() === leader;
    });
  });

  it('is not moved to Consul: refused with what to do, nothing is touched', async () => {
    const before = (await labs.get(NAME)).containers;
    const refused = {
      code: 'other-dcs',
      message: `Lab "${NAME}" keeps who leads its database in etcd, and cluster.yaml says consul now: a lab is not moved from one to the other. Nothing was changed.`,
      remedy: `Write dcs: etcd again. For a lab with consul, give this one and its data up with "gitlab-ha down ${NAME}" and deploy anew, or give the cluster another name.`,
    };
    const files = await workspace('consul');
    await expect(labs.preview(files)).rejects.toMatchObject(refused);
    await expect(labs.deploy(files)).rejects.toMatchObject(refused);
    expect((await labs.get(NAME)).containers).toEqual(before);
    expect(wholeness(observer.state, lab.cluster)).toEqual([]);
  });
});

describe('a client that writes through the virtual address', () => {
  // Seconds, on a busy machine. A machine that is gone without a word is only missed when the time to live of its key ends,
  // which begins anew when another member leads etcd: the node that is killed leads both.
  it.each<[FaultId, number]>([
    ['kill-postgres', 10],
    ['kill-etcd', 5],
    ['kill-etcd-node', 60],
    ['kill-node', 60],
  ])(
    '%s: loses no acknowledged write and is served again within %d s',
    async (id, bound) => {
      await whole();
      if (id === 'kill-node') await leadEtcd(observer.state.database.leader ?? '');
      const begun = events.length;
      const boundMs = bound * 1000 * (await pace());
      const etcdLed = observer.state.etcd?.leader;
      const measured = await measureFault({ lab, labs, observer, now: Date.now }, fault(id));
      const { injected, outage, loss, healMs } = measured;
      console.log(
        `etcd: ${id} on ${injected.node}: outage ${outage.outageMs} ms, whole after ${healMs} ms, ${loss.lost.length} of ${loss.acknowledged} lost`,
      );
      expect(loss.lost).toEqual([]);
      expect(loss.acknowledged).toBeGreaterThan(30);
      expect(outage.outageMs).toBeLessThanOrEqual(boundMs);
      expect(observer.state.etcd?.voters).toEqual(nodes());
      const moved = told('etcd-leader-changed', begun);
      // A process alone is started again at once, and may be elected again.
      if (injected.node === etcdLed && id.endsWith('node')) expect(moved).not.toEqual([]);
    },
    300_000,
  );
});

describe('etcd without a majority', () => {
  it('lets nobody lead: the database takes no write, which is shown, and after the return no acknowledged row is missing', async () => {
    await whole();
    const begun = events.length;
    const gateway = await labs.transport(NAME, 'gateway');
    const session = await ProbeSession.start(gateway, { path: 'postgres', run: `quorum-${Date.now()}` });
    try {
      await acknowledgedInARow(session, 20, 0, 60_000);
      const stopped = nodes().filter((node) => node !== observer.state.database.leader);
      const left = observer.state.database.leader ?? '';
      for (const node of stopped) await labs.service(NAME, node, 'etcd', 'stop');
      await until('nobody leads etcd', () => observer.state.etcd?.leader === undefined, 60_000);
      await until('nobody leads the database', () => observer.state.database.leader === undefined, 90_000);
      await until(
        'every PostgreSQL only follows',
        async () => (await following()).every((answer) => answer === 't'),
        90_000,
      );
      const { health, detail } = shown(left, 'etcd');
      expect(`${health}: ${String(detail)}`).toBe('failed: no leader: etcd has lost its quorum');
      const missing = wholeness(observer.state, lab.cluster).map(String);
      expect(missing).toContain('etcd: no leader');
      expect(missing).toContain('database: no leader');

      const back = Date.now();
      for (const node of stopped) await labs.service(NAME, node, 'etcd', 'start');
      await acknowledgedInARow(session, 10, back, 120_000);
      console.log(`etcd: written again ${Date.now() - back} ms after the majority came back`);
    } finally {
      for (const node of nodes()) await labs.service(NAME, node, 'etcd', 'start');
      await session.stop();
    }
    await whole();
    expect(told('etcd-leader-changed', begun).length).toBeGreaterThan(0);
    const loss = await verifyWrites(gateway, session, leaderAddress(lab, observer.state, 'postgres'));
    expect(loss.lost).toEqual([]);
    expect(loss.acknowledged).toBeGreaterThan(30);
  }, 420_000);
});

describe('a member that lost its data', () => {
  it('is taken out and added again by itself', async () => {
    await whole();
    const node = nodes().find((name) => name !== observer.state.etcd?.leader) ?? '';
    const id = `etcdctl member list | awk -F ', ' '$3 == "${node}" { print $1 }'`;
    const before = await inNode(node, id);
    await labs.service(NAME, node, 'etcd', 'stop');
    await inNode(node, 'rm -rf /var/opt/gitlab/etcd/data');
    await labs.service(NAME, node, 'etcd', 'start');
    await until('three members vote', () => observer.state.etcd?.voters.length === 3, 60_000);
    await whole();
    const after = await inNode(node, id);
    expect(after).toMatch(/^[0-9a-f]+$/);
    expect(after).not.toBe(before);
  }, 240_000);
});
