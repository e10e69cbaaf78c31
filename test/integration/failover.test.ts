import { dirname, join } from 'node:path';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOut } from '../../src/drills/carry-out';
import { FAULTS, fault } from '../../src/drills/faults/fault';
import { injectFault } from '../../src/drills/faults/inject';
import { measureFault } from '../../src/drills/faults/measure-fault';
import { acknowledgedInARow } from '../../src/drills/probe/acknowledged';
import { ProbeSession } from '../../src/drills/probe/probe-session';
import { missingWrites } from '../../src/lab/health/client-writes';
import { missingFromWhole } from '../../src/lab/health/missing-from-whole';
import { observedHealth } from '../../src/lab/health/observed-health';
import { waitUntilWhole } from '../../src/lab/health/wait-until-whole';
import type { LabInfo } from '../../src/lab/lab-service';
import type { Event } from '../../src/observe/event';
import type { Observer } from '../../src/observe/observer';
import type { ClusterState } from '../../src/observe/state';
import { wholeness } from '../../src/observe/wholeness';
import { clientWaysOf } from '../../src/services/client-ways';
import { SWITCHOVERS } from '../../src/services/switchovers';
import { carryOut as changeUnderLoad } from '../bench/changes/carry-out';
import { KINDS } from '../bench/changes/kinds';
import { arrangeFor, until } from '../bench/failover/arrange';
import { OUTAGE_BOUNDS } from '../bench/failover/bounds';
import { summaryLine, timeline } from '../bench/failover/describe';
import { benchLabs, sampleAs } from '../bench/labs';
import { RELOADED, SAID_IN_FORCE } from './support/reloaded';
import { AIM, deafened } from '../bench/soak/deeds';
import { pace } from '../support/pace';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const labs = benchLabs(root);
const NAME = 'failover-faults';
const WHOLE_LIMIT_MS = 180_000;
const HAND_OVER_BOUND_MS = 6_000;
const RELOAD_BOUND_MS = 2_000;
const DEAF_HOLDER = deafened(AIM.vipHolder, ['INPUT']);

let lab: LabInfo;
let observer: Observer;

function whole(): Promise<number> {
  return waitUntilWhole(observer, lab.cluster, { timeoutMs: WHOLE_LIMIT_MS, stableMs: 2000 });
}

beforeAll(async () => {
  lab = (await labs.deploy(await sampleAs(root, NAME))).lab;
  observer = await labs.observe(lab);
  // As a window that shows it would: watchers rest while nobody looks.
  observer.onState(() => undefined);
  await whole();
}, 600_000);

afterAll(async () => {
  await observer?.dispose();
  await labs.destroy(NAME);
}, 120_000);

describe('a client that writes through the virtual address', () => {
  it.each(
    FAULTS.filter(({ needs }) => needs === undefined).map(
      (each) => [each.id, OUTAGE_BOUNDS[each.id]] as const,
    ),
  )(
    '%s: loses no acknowledged write and is served again within %d s',
    async (id, bound) => {
      await whole();
      await arrangeFor(fault(id), labs, lab, observer);
      const load = (loadavg()[0] ?? 0).toFixed(2);
      const slower = await pace();
      const boundMs = bound * 1000 * slower;
      const measured = await measureFault({ lab, labs, observer, now: Date.now }, fault(id));
      console.log(`${summaryLine(measured)} (load ${load}, pace ${slower.toFixed(1)})`);

      const story = timeline(measured);
      expect(measured.loss.lost, story).toEqual([]);
      expect(measured.loss.acknowledged, story).toBeGreaterThan(30);
      expect(measured.outage.outageMs, `nothing was acknowledged any more\n${story}`).toBeDefined();
      expect(measured.outage.outageMs, story).toBeLessThanOrEqual(boundMs);
      // Coming back must not hurt more than going away.
      expect(measured.outage.longestGapMs, story).toBeLessThanOrEqual(boundMs);
      expect(observer.state.database.streaming, story).toContain(measured.injected.node);
      if (fault(id).aim === 'database-leader') {
        expect(observer.state.database.leader, story).not.toBe(measured.injected.node);
      }
    },
    420_000,
  );
});

describe('the holder of the virtual address that hears no other node, but is heard', () => {
  it('gives the address away: clients write again while it is deaf', async () => {
    await whole();
    const [holder] = observer.state.vip.holders;
    const heardAgain = await DEAF_HOLDER({ lab, labs, state: observer.state });
    const deafAt = Date.now();
    try {
      const moved = ({ vip: { holders } }: ClusterState): boolean =>
        holders.length === 1 && holders[0] !== holder;
      const { at } = await until(observer, moved, 60_000);
      const gateway = await labs.transport(NAME, 'gateway');
      const session = await ProbeSession.start(gateway, { path: 'postgres', run: `deaf-${deafAt}` });
      try {
        await acknowledgedInARow(session, 10, at, 30_000);
      } finally {
        await session.stop();
      }
      console.log(
        `deaf holder: address moved after ${at - deafAt} ms, ten writes by ${Date.now() - deafAt} ms`,
      );
      expect(observer.state.vip.holders).not.toContain(holder);
    } finally {
      await heardAgain();
    }
    await whole();
  }, 240_000);
});

describe('handing a role over in good order', () => {
  it.each(SWITCHOVERS.map((role) => [role.title, role] as const))(
    '%s: moves, tells its events, and no acknowledged write is lost',
    async (_title, role) => {
      await whole();
      const boundMs = HAND_OVER_BOUND_MS * (await pace());
      const from = role.holder(observer.state);
      const kinds: string[] = [];
      const listening = observer.onEvent(({ kind }) => void kinds.push(kind));
      const order = { on: 'switchover', service: role.service } as const;
      const place = { labs, lab, observer, now: Date.now };
      const { felt } = await carryOut({ order }, place, { measure: true });
      listening.dispose();
      for (const { path, outage, loss } of felt) {
        console.log(
          `${role.title}, ${path}: ${outage.outageMs} ms, ${loss?.lost.length} of ${loss?.acknowledged} lost`,
        );
      }
      expect(role.holder(observer.state)).not.toBe(from);
      expect(felt.map(({ path }) => path)).toEqual(clientWaysOf(lab.cluster).map(({ id }) => id));
      expect(felt.map(({ loss }) => loss?.lost)).toEqual(felt.map(() => []));
      for (const { outage } of felt) expect(outage.outageMs).toBeLessThanOrEqual(boundMs);
      expect(kinds[0]).toBe('order-given');
      expect(kinds.filter((kind) => kind.startsWith('writes-'))).toHaveLength(felt.length);
    },
    120_000,
  );
});

describe('files that hold a password', () => {
  it('are for their owner only, also once Redis and Sentinel have written them anew', async () => {
    const files = ['/var/opt/gitlab/redis/redis.conf', '/var/opt/gitlab/sentinel/sentinel.conf'];
    for (const { name } of lab.cluster.nodes) {
      const node = await labs.transport(NAME, name);
      const { stdout: rewritten } = await node.exec([
        'grep',
        '-c',
        '^# Generated by CONFIG REWRITE',
        ...files,
      ]);
      expect(rewritten).toMatch(/:[1-9]\d*$/m);
      const { stdout } = await node.exec(['stat', '-c', '%a', ...files]);
      expect(stdout, name).toBe('600\n600\n');
    }
  });
});

describe('a client that the database refuses', () => {
  const sql = async (statement: string): Promise<string> => {
    const leader = await labs.transport(NAME, observer.state.database.leader ?? '');
    const { stdout, stderr, exitCode } = await leader.exec(['gitlab-psql', '-Atc', statement]);
    if (exitCode !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const password = "SELECT rolpassword FROM pg_authid WHERE rolname = 'gitlab'";
  const reason = /no client can write to PostgreSQL at 172\.30\.\d+\.100:6432: .*SASL authentication failed/;

  const refused = /refuses its clients: .*SASL authentication failed/;

  it('keeps the cluster from being whole, for faults and for a deploy: the pooler asks as a client does', async () => {
    await whole();
    const before = await sql(password);
    await sql("ALTER ROLE gitlab PASSWORD 'replaced'");
    try {
      await until(
        observer,
        (state) => wholeness(state, lab.cluster).some((text) => refused.test(String(text))),
        60_000,
      );
      const gated = injectFault({ lab, labs, observer, now: Date.now }, fault('kill-node'));
      await expect(gated).rejects.toMatchObject({
        code: 'not-whole',
        message: expect.stringMatching(refused) as string,
      });
      const waiting = observedHealth(() => labs.observe(lab), { timeoutMs: 12_000 })({
        lab,
        justStarted: false,
        transport: (node) => labs.transport(NAME, node),
        signal: AbortSignal.timeout(60_000),
        onWaiting: () => undefined,
        settle: async () => undefined,
        log: () => undefined,
      });
      await expect(waiting).rejects.toMatchObject({
        code: 'not-healthy',
        message: expect.stringMatching(refused) as string,
      });
      const told = async (timeoutMs: number): Promise<string[]> =>
        (await missingWrites((node) => labs.transport(NAME, node), { timeoutMs })).map(String);
      // How long a client takes to be told is the machine's matter.
      let firstMs = 260;
      while (!reason.test((await told(firstMs)).join()) && firstMs < 10_000) firstMs *= 1.5;
      // Wherever the time ends: an attempt it cuts short must not hide what the client was told before.
      for (let part = 1.5; part < 2; part += 0.06) {
        const timeoutMs = Math.round(firstMs * part);
        expect(await told(timeoutMs), `${timeoutMs} ms`).toEqual([expect.stringMatching(reason)]);
      }
    } finally {
      await sql(`ALTER ROLE gitlab PASSWORD '${before}'`);
    }
    await whole();
    expect(await missingFromWhole({ lab, labs, observer })).toEqual([]);
  }, 180_000);
});

describe('the gate', () => {
  it('refuses every fault while the cluster is not whole, names what is missing, and touches nothing', async () => {
    await whole();
    const standby = observer.state.database.syncStandby[0] ?? '';
    const injected: Event[] = [];
    const listening = observer.onEvent((event) => {
      if (event.kind === 'fault-injected') injected.push(event);
    });
    await labs.node(NAME, standby, 'pause');
    try {
      await until(observer, (state) => wholeness(state, lab.cluster).length > 0, 60_000);
      for (const each of FAULTS) {
        await expect(injectFault({ lab, labs, observer, now: Date.now }, each)).rejects.toMatchObject({
          code: 'not-whole',
          message: expect.stringContaining(standby) as string,
        });
      }
      const { containers } = await labs.get(NAME);
      const touched = containers.filter((container) => container.state !== 'running');
      expect(touched.map(({ node, state }) => [node, state])).toEqual([[standby, 'paused']]);
      expect(injected).toEqual([]);
    } finally {
      listening.dispose();
      await labs.node(NAME, standby, 'unpause');
    }
    await whole();
  }, 240_000);
});

// The last one: the lab keeps its settings.
describe('a change of settings that programs take over while they run', () => {
  const proxies = KINDS.filter(({ name }) => /haproxy|comment in keepalived/.test(name));
  const lines = [...RELOADED.map(([line]) => line), "consul['configuration'][:log_level] = 'warn'"];
  const edited = (path: string, text: string): string => {
    const own = path.endsWith('gitlab.rb') ? `${text}\n${lines.join('\n')}\n` : text;
    return proxies.reduce((file, { edit }) => edit(path, file), own);
  };
  const said = async (node: string, script: string): Promise<string> =>
    (await (await labs.transport(NAME, node)).exec(['bash', '-c', script])).stdout;
  /** What Consul logs when it is told to read its file again: only its log tells of its level. */
  const RELOAD_CONSUL = `log=/var/log/gitlab/consul/current; before=$(wc -l <$log)
    curl -s -X PUT localhost:8500/v1/agent/reload; sleep 1; tail -n +$((before + 1)) $log`;

  it('reaches all of them, none is started anew, and clients hardly notice', async () => {
    await whole();
    const files = new Map(
      [...(await sampleAs(root, NAME))].map(([path, file]) => [
        path,
        typeof file === 'string' ? edited(path, file) : file,
      ]),
    );
    const boundMs = RELOAD_BOUND_MS * (await pace());
    const result = await changeUnderLoad(labs, lab, files, 'reloads');
    const programs = result.foreseen.groups.flatMap((group) => group.programs);
    expect(new Set(programs.map(({ kind }) => kind))).toEqual(new Set(['reload']));
    const changed = ['Consul', 'HAProxy', 'Keepalived', 'Patroni', 'PgBouncer', 'Redis', 'Sentinel'];
    expect([...new Set(programs.map(({ title }) => title))].sort()).toEqual(changed);
    expect(result.happened, JSON.stringify(result.happened)).toEqual({ startedAnew: [], leaderMoves: false });
    expect(result.lost).toBe(0);
    expect(Math.max(...Object.values(result.longestGapMs))).toBeLessThan(boundMs);
    for (const { name } of lab.cluster.nodes) {
      expect((await said(name, SAID_IN_FORCE)).split('\n')).toEqual(
        expect.arrayContaining(RELOADED.map(([, value]) => value)),
      );
      expect(await said(name, RELOAD_CONSUL)).not.toContain('[INFO]');
    }
  }, 120_000);
});
