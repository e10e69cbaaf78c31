import { verbatim } from '../../../../../src/words/message';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelled } from '../../../../../src/lab/docker/docker-errors';
import { perform } from '../../../../../src/lab/docker/execute/perform';
import { LabError } from '../../../../../src/lab/lab-error';
import { Operation } from '../../../../../src/lab/docker/operation';
import { PLAN } from '../../plan/sample-snapshot';

/** Milliseconds until Redis has saved and the node's last service has ended. */
const ORDERLY_MS = 6_000;

/** An engine with one node that takes its time to stop, and what becomes of the node. */
function slowNode(): { docker: Docker; ends: string[] } {
  const ends: string[] = [];
  let stopped: () => void = () => undefined;
  const end = (how: string): void => {
    if (ends.length === 0) ends.push(how);
    stopped();
  };
  const container = {
    stop: ({ t }: { t: number }) =>
      new Promise<void>((resolve) => {
        stopped = resolve;
        setTimeout(() => end('by itself'), ORDERLY_MS);
        setTimeout(() => end('killed by the engine'), t * 1_000);
      }),
    kill: async () => end('killed'),
  };
  return { docker: { getContainer: () => container } as unknown as Docker, ends };
}

const NO_VISITS = { step: async () => undefined, whole: async () => undefined };
const bases = () => Promise.reject(new Error('no image is built'));
const NOWHERE = { imageDir: '/none', stateDir: '/none', bases, visits: NO_VISITS };

describe('stopping a node while the deployment is cancelled', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([
    ['of a lab that is kept: it ends in order, however long that takes', true, 'by itself', ORDERLY_MS],
    ['of a lab that goes anyway: it is killed a second after the wish', false, 'killed', 1_500],
  ])('%s', async (_name, labIsKept, how, afterMs) => {
    const { docker, ends } = slowNode();
    const abort = new AbortController();
    const operation = new Operation(docker, { signal: abort.signal }, {});
    const started = Date.now();
    const stopping = perform({ operation, ...NOWHERE }, { kind: 'stop-container', id: 'n1', labIsKept }).then(
      () => Date.now() - started,
    );
    await vi.advanceTimersByTimeAsync(500);
    abort.abort();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ends).toEqual([how]);
    expect(await stopping).toBe(afterMs);
  });
});

describe('a node whose turn it is, while the deployment is cancelled', () => {
  const [container] = PLAN.containers;
  if (!container) throw new Error('the plan has no container');
  const steps = [
    { verb: 'hand-over', target: 'patroni' },
    { verb: 'restart', target: 'postgresql' },
    { verb: 'restart', target: 'patroni' },
  ] as const;

  it.each([
    ['before it', 'whole 1', ['whole 1']],
    ['during the hand-over', 'hand-over', ['whole 1', 'hand-over', 'whole 2']],
    ['while the others follow the new leader', 'whole 2', ['whole 1', 'hand-over', 'whole 2']],
    ['during a start', 'restart postgresql', ['whole 1', 'hand-over', 'whole 2', 'restart postgresql']],
  ])('%s: what has begun is done, no wait goes on, and nothing begins', async (_name, moment, expected) => {
    const abort = new AbortController();
    const operation = new Operation(
      { getContainer: () => ({}) } as unknown as Docker,
      { signal: abort.signal },
      {},
    );
    const seen: string[] = [];
    const note = (what: string): void => {
      seen.push(what);
      if (what === moment) abort.abort();
    };
    const visits = {
      step: async (_node: string, { verb, target }: { verb: string; target: string }) =>
        note(verb === 'hand-over' ? verb : `${verb} ${target}`),
      whole: async (_settledMs: number, signal?: AbortSignal) => {
        note(`whole ${seen.filter((one) => one.startsWith('whole')).length + 1}`);
        if (signal?.aborted) throw cancelled();
      },
    };
    const turn = perform({ operation, ...NOWHERE, visits }, { kind: 'settle-container', container, steps });
    await expect(turn).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual(expected);
  });

  it('while the lab becomes whole after it: the wait ends, and the node counts as done', async () => {
    const abort = new AbortController();
    const operation = new Operation(
      { getContainer: () => ({}) } as unknown as Docker,
      { signal: abort.signal },
      {},
    );
    let waits = 0;
    const visits = {
      step: async () => undefined,
      whole: async (_settledMs: number, signal?: AbortSignal) => {
        if (++waits === 3) abort.abort();
        if (signal?.aborted) throw cancelled();
      },
    };
    const turn = perform({ operation, ...NOWHERE, visits }, { kind: 'settle-container', container, steps });
    await expect(turn).resolves.toBeUndefined();
    expect(waits).toBe(3);
  });
});

describe('what stands beside the nodes', () => {
  it('has its turn without a wait: clients in a gateway find no one at ports that it does not know yet', async () => {
    const gateway = PLAN.containers.find(({ role }) => role === 'gateway');
    if (!gateway) throw new Error('the plan has no gateway');
    const seen: string[] = [];
    const visits = {
      step: async (_node: string, { verb, target }: { verb: string; target: string }) =>
        void seen.push(`${verb} ${target}`),
      whole: async () => void seen.push('whole'),
    };
    const operation = new Operation({ getContainer: () => ({}) } as unknown as Docker, {}, {});
    const steps = [{ verb: 'reload', target: 'hosts' }] as const;
    await perform({ operation, ...NOWHERE, visits }, { kind: 'settle-container', container: gateway, steps });
    expect(seen).toEqual(['reload hosts']);
  });
});

describe('a node that leads and goes', () => {
  const leader = {
    kind: 'relieve-node',
    container: 'sample-node1',
    node: 'node1',
    steps: [
      { verb: 'hand-over', target: 'patroni' },
      { verb: 'hand-over', target: 'redis' },
    ],
  } as const;
  const engine = { getContainer: () => ({}) } as unknown as Docker;

  it('hands over one role after the other, each when the lab is whole', async () => {
    const seen: string[] = [];
    const visits = {
      step: async (node: string, { verb, target }: { verb: string; target: string }) =>
        void seen.push(`${node}: ${verb} ${target}`),
      whole: async () => void seen.push('whole'),
    };
    await perform({ operation: new Operation(engine, {}, {}), ...NOWHERE, visits }, leader);
    expect(seen).toEqual(['whole', 'node1: hand-over patroni', 'whole', 'node1: hand-over redis', 'whole']);
  });

  it('that cannot hand over says so, and how to go on', async () => {
    const refusal = new LabError(
      'no-node',
      verbatim('No node can take over as database leader.'),
      verbatim('Wait until one can.'),
    );
    const visits = { step: async () => Promise.reject(refusal), whole: async () => undefined };
    const going = perform({ operation: new Operation(engine, {}, {}), ...NOWHERE, visits }, leader);
    await expect(going).rejects.toMatchObject({
      code: 'no-node',
      message:
        'node1 leads and could not hand over, so no node was stopped or removed. No node can take over as database leader.',
      remedy: 'Wait until one can. To go on all the same, stop node1 first: what only it has is lost then.',
    });
  });

  it.each([
    ['ends before it is removed', { endsFirst: true as const }, ['stop', 'remove']],
    ['is removed at once where nobody goes on without it', {}, ['remove']],
  ])('%s', async (_name, how, expected) => {
    const done: string[] = [];
    const container = {
      stop: async () => void done.push('stop'),
      remove: async () => void done.push('remove'),
    };
    const docker = { getContainer: () => container } as unknown as Docker;
    await perform(
      { operation: new Operation(docker, {}, {}), ...NOWHERE },
      { kind: 'remove-container', id: 'n1', ...how },
    );
    expect(done).toEqual(expected);
  });
});

describe('removing a volume', () => {
  function engineThatAnswers(statusCode: number): Operation {
    const remove = async (): Promise<never> =>
      Promise.reject(Object.assign(new Error('no'), { statusCode, json: { message: 'volume is in use' } }));
    return new Operation({ getVolume: () => ({ remove }) } as unknown as Docker, {}, {});
  }

  it('succeeds when it is gone already', async () => {
    const operation = engineThatAnswers(404);
    await expect(
      perform({ operation, ...NOWHERE }, { kind: 'remove-volume', name: 'v' }),
    ).resolves.toBeUndefined();
  });

  it('says what the engine said when it cannot be', async () => {
    const operation = engineThatAnswers(409);
    await expect(perform({ operation, ...NOWHERE }, { kind: 'remove-volume', name: 'v' })).rejects.toThrow(
      'Could not remove volume v: volume is in use',
    );
  });
});

describe('building the image', () => {
  it('fails when the recipe is no longer the one the containers are planned of', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'perform-test-'));
    const imageDir = join(import.meta.dirname, '../../../../../lab/image');
    const docker = { getImage: () => ({ inspect: async () => ({}) }) } as unknown as Docker;
    const operation = new Operation(docker, {}, {});
    const action = { kind: 'build-image', reference: 'gitlab-ha-lab/node:planned' } as const;
    try {
      await expect(
        perform({ operation, imageDir, stateDir, bases, visits: NO_VISITS }, action),
      ).rejects.toThrow(
        /^The recipe of the node image changed while the lab was deployed: gitlab-ha-lab\/node:\w+ is there, not gitlab-ha-lab\/node:planned\.$/,
      );
    } finally {
      await rm(stateDir, { recursive: true, force: true });
    }
  });
});
