import { describe, expect, test } from 'vitest';
import { Restarts } from '../../../../src/lab/health/restarts';
import { waitUntilWhole } from '../../../../src/lab/health/wait-until-whole';
import { withLastWords } from '../../../../src/lab/health/log-excerpts';
import { LabError } from '../../../../src/lab/lab-error';
import { profileOf } from '../../../../src/lab/profiles/profiles';
import type { ClusterState, ServiceState } from '../../../../src/observe/state';
import { cluster, wholeState } from '../../drills/faults/state';

type Changes = Readonly<Record<string, Partial<ServiceState>>>;

/** The whole cluster at a second, but for some services of node1. */
function at(seconds: number, changes: Changes): ClusterState {
  const state = wholeState({ at: seconds * 1000 });
  const nodes = state.nodes.map((node) => ({
    ...node,
    services: node.services.map((one) => (node.name === 'node1' ? { ...one, ...changes[one.service] } : one)),
  }));
  return { ...state, nodes };
}

const runs = (pid: number): Partial<ServiceState> => ({ health: 'failed', process: 'up', pid });
const DOWN: Partial<ServiceState> = { health: 'failed', process: 'down' };
const WELL: Partial<ServiceState> = { health: 'ok', process: 'up', pid: 1 };

/** What is found of states a few seconds apart: `each` says what node1 is like the n-th time. */
function found(length: number, everySeconds: number, each: (n: number) => Changes) {
  const restarts = new Restarts();
  return Array.from({ length }, (_, n) => restarts.note(at(n * everySeconds, each(n)))).at(-1);
}

/** Sees HAProxy of node1 end eight times, three seconds apart. */
const OBSERVER: Parameters<typeof waitUntilWhole>[0] = {
  onState: (listener) => {
    for (let n = 0; n < 9; n++) listener(at(n * 3, { haproxy: runs(100 + n) }));
    return { dispose: () => undefined };
  },
};

describe('a service that ends over and over', () => {
  test.each<[string, number, number, (n: number) => Changes, number | undefined]>([
    ['a new process each 3 s', 9, 3, (n) => ({ haproxy: runs(100 + n) }), 8],
    ['up and down in turn', 17, 1.5, (n) => ({ haproxy: n % 2 === 0 ? runs(100 + n) : DOWN }), 8],
    ['one that stays down', 40, 3, () => ({ haproxy: DOWN }), undefined],
    ['one that runs and is not well', 40, 3, () => ({ haproxy: runs(100) }), undefined],
    ['seven ends', 8, 3, (n) => ({ haproxy: runs(100 + n) }), undefined],
    ['many ends within a moment', 12, 1, (n) => ({ haproxy: runs(100 + n) }), undefined],
    ['well in between', 16, 3, (n) => ({ haproxy: n === 8 ? WELL : runs(100 + n) }), undefined],
    [
      'what it needs is not there yet',
      20,
      3,
      (n) => ({ patroni: runs(100 + n), consul: { health: 'starting', process: 'up', pid: 1 } }),
      undefined,
    ],
  ])('%s', (_, length, every, each, times) => {
    expect(found(length, every, each)?.map((one) => one.times)).toEqual(times === undefined ? [] : [times]);
  });

  test('is not waited for: who it is and how often is told at once', async () => {
    const options = { timeoutMs: 60_000 };
    await expect(waitUntilWhole(OBSERVER, cluster(), options)).rejects.toMatchObject({
      code: 'not-healthy',
      message:
        'node1: HAProxy ended 8 times within 21 s, each time it was started: waiting longer changes nothing.',
      remedy: 'Mend what its log complains of in the files of node1, then deploy again.',
      details: { restarting: { node: 'node1', service: 'haproxy' } },
    });
  });

  test('is waited for where the change found it so', async () => {
    const tolerates = ({ service }: { readonly service?: string }): boolean => service === 'haproxy';
    const whole = waitUntilWhole(OBSERVER, cluster(), { timeoutMs: 60_000, tolerates });
    await expect(whole).resolves.toEqual(expect.any(Number));
  });

  test('the failure ends with what its log says', async () => {
    const failure = await waitUntilWhole(OBSERVER, cluster(), { timeoutMs: 60_000 }).catch(
      (error: unknown) => error,
    );
    if (!(failure instanceof LabError)) throw new Error('it is waited for');
    const asked: string[][] = [];
    const exec = async (command: string[]) => {
      asked.push(command);
      return { exitCode: 0, stdout: 'unknown keyword "sever"\n', stderr: '' };
    };
    const { layout } = profileOf(cluster());
    const told = await withLastWords(failure, layout, async () => ({ exec }) as never);
    expect(told.message).toBe(`${failure.message}\nunknown keyword "sever"`);
    expect(asked.map((command) => command.at(-1))).toEqual(['/var/log/gitlab/haproxy/current']);
    expect(told.details).toBe(failure.details);
  });
});
