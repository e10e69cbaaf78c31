import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clients } from '../../../../src/drills/probe/clients';
import { fateOf, feltEvent } from '../../../../src/drills/probe/felt';
import type { Felt } from '../../../../src/drills/probe/felt';
import type { Outage } from '../../../../src/drills/probe/outage';
import { recovered } from '../../../../src/drills/probe/recovered';
import type { ProbePath } from '../../../../src/drills/probe/write-attempt';
import { cluster } from '../faults/state';
import { TransportError } from '../../../../src/transport/transport';
import type { NodeTransport } from '../../../../src/transport/transport';

const WAYS: Readonly<Record<string, ProbePath>> = { write: 'postgres', redis: 'redis' };

/** A gateway whose probes print what the test says; `verify` finds these numbers. */
function bench(present: readonly [number, number][]) {
  const outputs = new Map<ProbePath, PassThrough>();
  const killed: string[] = [];
  const spawn: NodeTransport['spawn'] = async (command) => {
    const path = WAYS[command[1] ?? ''] ?? 'postgres';
    const stdout = new PassThrough();
    outputs.set(path, stdout);
    let ended: (code: number) => void = () => undefined;
    const exit = new Promise<number>((resolve) => (ended = resolve));
    const kill = async (): Promise<void> => {
      killed.push(path);
      ended(0);
    };
    return { stdout, stderr: new PassThrough(), stdin: new PassThrough(), exit, kill };
  };
  const exec: NodeTransport['exec'] = async (command) => {
    const path = command[command.indexOf('--path') + 1];
    const stdout = JSON.stringify({ path, run: 'r', count: 0, present, primary: true });
    return { exitCode: 0, stdout, stderr: '' };
  };
  const counts = new Map<ProbePath, number>();
  /** One attempt of 5 ms that began at this time. */
  const say = (path: ProbePath, at: number, ok: boolean): void => {
    const seq = (counts.get(path) ?? 0) + 1;
    counts.set(path, seq);
    const told = { path, run: 'r', seq, at, ms: 5, ok, error: ok ? null : 'refused' };
    outputs.get(path)?.write(`${JSON.stringify(told)}\n`);
  };
  return { gateway: { node: 'gateway', spawn, exec } as NodeTransport, say, killed };
}

const keeper = () => ({ host: '172.30.0.11', port: 5432 });
const turn = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 20_000 }));
afterEach(() => vi.useRealTimers());

describe('clients that write while something is done', () => {
  it('tell the outage of each way and what of their writes is gone', async () => {
    const { gateway, say, killed } = bench([
      [1, 2],
      [4, 100],
    ]);
    const clients = await Clients.start(gateway, cluster(), 'kill-node1');
    for (const at of [700, 800, 900]) for (const path of ['postgres', 'redis'] as const) say(path, at, true);
    await clients.ready();
    const felt = clients.felt({ at: 1_000, doneAt: 1_050 }, keeper);
    for (let at = 1_000; at < 5_000; at += 100) {
      say('postgres', at, at >= 3_200);
      say('redis', at, true);
    }
    await turn();
    const told = await felt;
    expect(told.map((one) => [one.path, fateOf(one), one.outage.outageMs, one.loss?.lost])).toEqual([
      ['postgres', 'came-back', 2_205, [3]],
      ['redis', 'went-on', 100, [3]],
    ]);
    expect(killed.sort()).toEqual(['postgres', 'redis']);
    expect(told.map((one) => feltEvent(one, 20_000))).toEqual([
      {
        at: 3_205,
        kind: 'writes-again',
        since: 1_000,
        text: 'Writes to PostgreSQL are acknowledged again; 1 of 21 acknowledged ones are lost',
      },
      {
        at: 20_000,
        kind: 'writes-went-on',
        since: 1_000,
        text: 'Writes to Redis went on; 1 of 43 acknowledged ones are lost',
      },
    ]);
  });

  it('say nothing of a way on which nobody could write before, and of one that never comes back that it is gone', async () => {
    const { gateway, say } = bench([[1, 100]]);
    const clients = await Clients.start(gateway, cluster(), 'kill-node1');
    for (const at of [700, 800, 900]) say('postgres', at, true);
    await turn();
    const ready = clients.ready();
    await vi.advanceTimersByTimeAsync(3_000);
    await ready;
    const felt = clients.felt({ at: 1_000, doneAt: 1_050 }, keeper);
    say('postgres', 1_000, false);
    await turn();
    await vi.advanceTimersByTimeAsync(60_000);
    const told = await felt;
    expect(told.map((one) => [one.path, fateOf(one)])).toEqual([['postgres', 'missing']]);
    expect(told.map((one) => feltEvent(one, 83_000).text)).toEqual([
      'No write to PostgreSQL is acknowledged',
    ]);
  });
});

describe('clients of which one cannot begin', () => {
  it('do not write on: those that began are ended, and the reason is told', async () => {
    const { gateway, killed } = bench([]);
    const lost = new TransportError('lost', 'gateway', 'the connection broke');
    const spawn: NodeTransport['spawn'] = async (command, options) => {
      if (WAYS[command[1] ?? ''] === 'redis') throw lost;
      return gateway.spawn(command, options);
    };
    await expect(Clients.start({ ...gateway, spawn }, cluster(), 'kill-node1')).rejects.toBe(lost);
    expect(killed).toEqual(['postgres']);
  });
});

describe('a fault that ends when it is healed only', () => {
  it('is looked at for as long as was said', async () => {
    const { gateway, say } = bench([[1, 100]]);
    const clients = await Clients.start(gateway, cluster(), 'kill-node1');
    for (const at of [700, 800, 900]) for (const path of ['postgres', 'redis'] as const) say(path, at, true);
    await clients.ready();
    let told: readonly Felt[] | undefined;
    const felt = clients.felt({ at: 1_000, doneAt: 1_050 }, keeper, 5_000).then((found) => (told = found));
    say('postgres', 1_000, false);
    say('redis', 1_000, false);
    await turn();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(told).toBeUndefined();
    await vi.advanceTimersByTimeAsync(200);
    expect((await felt).map(fateOf)).toEqual(['missing', 'missing']);
  });
});

describe('what a client that does not write felt', () => {
  const outage = (to: number | undefined, duration: number): Outage => ({
    ...{ faultAt: 1_000, recoveredAt: to, outageMs: to === undefined ? undefined : to - 1_000 },
    ...{ longestGapMs: duration, acknowledgedBefore: 3, acknowledgedAfter: 4, failed: 2 },
    interruptions: duration > 500 ? [{ from: 1_000, to, duration }] : [],
  });

  it.each<[ProbePath, Outage, string]>([
    ['web', outage(3_000, 2_000), 'Page loads work again'],
    ['commit', outage(11_000, 10_000), 'Commits work again'],
    ['job', outage(undefined, 9_000), 'Jobs do not work any more'],
    ['git-ssh', outage(1_100, 100), 'SSH connections went on'],
    ['object', outage(3_000, 2_000), 'Writes to object storage are acknowledged again'],
  ])('%s', (path, felt, text) => {
    expect(feltEvent({ path, outage: felt, loss: undefined }, 20_000).text.toString()).toBe(text);
  });
});

it.each<[ProbePath, number]>([
  ['postgres', 10],
  ['web', 7],
  ['object', 4],
  ['commit', 2],
  ['job', 2],
])('a client on way %s is served again after %d acknowledgements in a row', (path, count) => {
  expect(recovered(path)).toBe(count);
});
