import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type Docker from 'dockerode';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabInfo, LabService } from '../../src/lab/lab-service';
import type { Event } from '../../src/observe/event';
import type { Observer, Subscription } from '../../src/observe/observer';
import type { ClusterState, ServiceState } from '../../src/observe/state';
import { wholeness } from '../../src/observe/wholeness';
import { ROOT, temporaryFolder, testDocker, uniqueName, until } from './support/engine';
import { sampleWorkspace } from './support/sample';
import { pace } from '../support/pace';

const NAME = uniqueName('obs');
/** A state must show a change this soon after its source knows it. */
const BOUND_MS = 1_000;
const HEAL_MS = 180_000;

let docker: Docker;
let labs: LabService;
let lab: LabInfo;
let observer: Observer;
let looking: Subscription;
let listening: Subscription;
let folder: { path: string; remove(): Promise<void> };
const events: Event[] = [];
const states: { readonly seenAt: number; readonly state: ClusterState }[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  docker = await testDocker();
  labs = createLabService({ root: ROOT, stateDir: folder.path });
  lab = (await labs.deploy(await sampleWorkspace(NAME))).lab;
  observer = await labs.observe(lab);
  look();
}, 300_000);

afterAll(async () => {
  await observer?.dispose();
  await labs.destroy(NAME);
  await folder.remove();
}, 120_000);

function look(): void {
  looking = observer.onState((state) => states.push({ seenAt: Date.now(), state }));
  listening = observer.onEvent((event) => events.push(event));
}

const whole = (): Promise<void> =>
  until('the cluster is whole', () => wholeness(observer.state, lab.cluster).length === 0, HEAL_MS).catch(
    (error: unknown) => {
      throw new Error(`${String(error)}: ${wholeness(observer.state, lab.cluster).join('; ')}`);
    },
  );

function service(state: ClusterState, node: string, id: string): ServiceState {
  const found = state.nodes
    .find(({ name }) => name === node)
    ?.services.find((candidate) => candidate.service === id);
  if (!found) throw new Error(`no ${id} on ${node}`);
  return found;
}

/** When a state first satisfied the condition, of those seen since `since`. */
async function seen(what: string, since: number, holds: (state: ClusterState) => boolean): Promise<number> {
  const find = (): number | undefined =>
    states.find(({ seenAt, state }) => seenAt >= since && holds(state))?.seenAt;
  await until(what, () => find() !== undefined, HEAL_MS);
  return find()!;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
}

function report(what: string, values: readonly number[]): void {
  const list = values.map((value) => value.toFixed(0)).join(' ');
  console.log(`${what}: median ${median(values).toFixed(0)} ms of [${list}]`);
}

/** Programs the observer may run in the nodes. */
async function observersPrograms(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { node, id, role } of lab.containers) {
    if (role !== 'node') continue;
    const { Processes } = (await docker.getContainer(id).top({ ps_args: '-o pid,args' })) as {
      Processes: string[][];
    };
    const ours = Processes.map((row) => row[1] ?? '').filter((args) =>
      /socat -d|OBSERVE|observe-|inotifywait|ip -o -4 monitor/.test(args),
    );
    found.push(...ours.map((args) => `${node}: ${args}`));
  }
  return found;
}

describe('a whole cluster', () => {
  it('is seen as whole, with every service ok', async () => {
    await whole();
    const { state } = observer;
    expect(state.health).toBe('ok');
    expect(new Set(state.nodes.flatMap((node) => node.services.map(({ health }) => health)))).toEqual(
      new Set(['ok']),
    );
    expect(state.vip.holders).toHaveLength(1);
    expect(state.database.streaming).toEqual(['node1', 'node2', 'node3']);
    expect(state.database.syncStandby).toHaveLength(1);
    expect(state.consul.voters).toEqual(['node1', 'node2', 'node3']);
  });
});

describe('how soon a change is seen after its source knows it', () => {
  it('a stopped and a started service', async () => {
    const node = observer.state.nodes.find(({ name }) => name !== observer.state.redis.master)!.name;
    const transport = await labs.transport(NAME, node);
    const boundMs = BOUND_MS * (await pace());
    const delays: number[] = [];
    for (let turn = 0; turn < 10; turn += 1) {
      const action = turn % 2 === 0 ? 'stop' : 'start';
      const since = Date.now();
      await labs.service(NAME, node, 'sentinel', action);
      const wanted = action === 'stop' ? 'down' : 'up';
      const seenAt = await seen(
        `sentinel of ${node} is ${wanted}`,
        since,
        (state) => service(state, node, 'sentinel').process === wanted,
      );
      // runit renames the new state into place: the file's time is when it knew.
      const stat = await transport.exec([
        'stat',
        '-c',
        '%.3Y',
        '/opt/gitlab/service/sentinel/supervise/stat',
      ]);
      delays.push(seenAt - Number(stat.stdout) * 1_000);
    }
    report('service stopped or started', delays);
    expect(median(delays)).toBeLessThan(boundMs);
    const told = events.filter(({ node: about, service: id }) => about === node && id === 'sentinel');
    expect(told.filter(({ kind }) => kind === 'service-down')).toHaveLength(5);
    expect(told.filter(({ kind }) => kind === 'service-up')).toHaveLength(5);
    await whole();
  });
});

describe('a paused node', () => {
  it('has nothing that is ok within a second, and is whole again afterwards', async () => {
    const node = observer.state.database.leader ?? '';
    const boundMs = BOUND_MS * (await pace());
    const since = Date.now();
    await labs.node(NAME, node, 'pause');
    const pausedAt = Date.now();
    const seenAt = await seen(`${node} is paused`, since, (state) =>
      state.nodes.some(({ name, container }) => name === node && container === 'paused'),
    );
    expect(seenAt - pausedAt).toBeLessThan(boundMs);
    const shown = states
      .find(({ seenAt: at }) => at === seenAt)!
      .state.nodes.find(({ name }) => name === node)!;
    expect(new Set(shown.services.map(({ health, detail }) => `${health}: ${String(detail)}`))).toEqual(
      new Set(['failed: node is paused']),
    );
    await seen('another one leads', since, ({ database }) => ![undefined, node].includes(database.leader));
    await labs.node(NAME, node, 'unpause');
    const back = Date.now();
    await whole();
    // At no moment did the returning node count as leader because it said so.
    expect(states.filter(({ seenAt: at, state }) => at >= back && state.database.leader === node)).toEqual(
      [],
    );
  });
});

describe('a PgBouncer that goes by other settings than it was given', () => {
  it('has failed, by what its clients are told, until its watcher has put that right', async () => {
    const transport = await labs.transport(NAME, 'node1');
    const run = async (...command: readonly string[]): Promise<void> => {
      const { exitCode, stderr } = await transport.exec(command);
      if (exitCode !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
    };
    const since = Date.now();
    await run('gitlab-ctl', 'pgb-console', "SET auth_query = 'SELECT usename, passwd FROM nowhere'");
    // Passwords that were looked up before are forgotten with the connections.
    await run('gitlab-ctl', 'pgb-console', 'RECONNECT');
    await seen(
      'PgBouncer refuses its clients',
      since,
      (state) => service(state, 'node1', 'pgbouncer').health === 'failed',
    );
    expect(String(service(observer.state, 'node1', 'pgbouncer').detail)).toMatch(/^refuses its clients: /);
    // It looks twice a minute, and when its question to Consul ends.
    await run('pkill', '-x', 'curl');
    await whole();
  });
});

describe('sources that are lost', () => {
  it('Consul without a quorum: failed everywhere, the nodes still tell who runs', async () => {
    const since = Date.now();
    await Promise.all(['node1', 'node2'].map((node) => labs.service(NAME, node, 'consul', 'stop')));
    try {
      await seen(
        'Consul has no leader',
        since,
        (state) => service(state, 'node3', 'consul').health === 'failed',
      );
      const { state } = observer;
      expect(state.consul.leader).toBeUndefined();
      expect(String(service(state, 'node1', 'consul').detail)).toBe('stopped by an administrator');
      expect(service(state, 'node3', 'patroni').health).not.toBe('ok');
      expect(service(state, 'node3', 'redis').health).toBe('ok');
      expect(service(state, 'node3', 'patroni').facts).toHaveProperty('State');
    } finally {
      await Promise.all(['node1', 'node2'].map((node) => labs.service(NAME, node, 'consul', 'start')));
    }
    await whole();
  });

  it('a node cut from the network is seen from inside and outside', async () => {
    const node = observer.state.nodes.find(({ name }) => name !== observer.state.database.leader)!.name;
    const boundMs = BOUND_MS * (await pace());
    const since = Date.now();
    await labs.node(NAME, node, 'disconnect');
    const cutAt = Date.now();
    const seenAt = await seen(`${node} is cut`, since, (state) =>
      state.nodes.some(({ name, connected }) => name === node && connected === false),
    );
    expect(seenAt - cutAt).toBeLessThan(boundMs);
    await labs.node(NAME, node, 'connect');
    await whole();
    const kinds = events
      .filter(({ at, node: about }) => at >= since && about === node)
      .map(({ kind }) => kind);
    expect(kinds).toContain('node-cut');
    expect(kinds).toContain('node-reconnected');
  });
});

describe('nobody looks any more', () => {
  it('within a second no program of the observer runs in the nodes, and nothing counts as known', async () => {
    expect(await observersPrograms()).not.toEqual([]);
    const boundMs = 2_000 * (await pace());
    looking.dispose();
    listening.dispose();
    const closedAt = Date.now();
    let left: readonly string[] = [];
    await until(
      'no program is left',
      async () => (left = await observersPrograms()).length === 0,
      30_000,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${left.join('; ')}`);
    });
    console.log(`watchers left the nodes ${Date.now() - closedAt} ms after the last view closed`);
    expect(Date.now() - closedAt).toBeLessThan(boundMs);
    expect(observer.state.health).toBe('unknown');
  });

  it('and everything is back when somebody looks again', async () => {
    look();
    await whole();
  });
});
