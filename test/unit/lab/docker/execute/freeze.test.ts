import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { freeze } from '../../../../../src/lab/docker/execute/node-actions';

/** Docker's answer when the runtime could not freeze all processes. */
const cannotFreeze = (): Error =>
  Object.assign(new Error('Cannot pause container: unable to freeze'), { statusCode: 500 });
const gone = (): Error => Object.assign(new Error('No such container'), { statusCode: 404 });

type State = { Running: boolean; Paused: boolean };

/** A container whose answers to `pause` are given; none left means it lets itself be paused. */
function container(refusals: Error[], state: State = { Running: true, Paused: false }) {
  const asked = { pauses: 0 };
  const pause = async (): Promise<void> => {
    asked.pauses++;
    const refusal = refusals.shift();
    if (refusal) throw refusal;
  };
  const inspect = async () => ({ State: state });
  return { asked, container: { pause, inspect } as unknown as Docker.Container };
}

const at = async (): Promise<void> => undefined;

describe('pausing a node', () => {
  it.each<[string, Error[], number]>([
    ['that lets itself be frozen is asked once', [], 1],
    ['that is starting is asked until it does', [cannotFreeze(), cannotFreeze()], 3],
  ])('%s', async (_, refusals, pauses) => {
    const node = container(refusals);
    await freeze(node.container, at);
    expect(node.asked.pauses).toBe(pauses);
  });

  it('that never does is given up after five attempts, with what Docker said', async () => {
    const node = container(Array.from({ length: 9 }, cannotFreeze));
    await expect(freeze(node.container, at)).rejects.toThrow('unable to freeze');
    expect(node.asked.pauses).toBe(5);
  });

  it('that is frozen although Docker failed is paused', async () => {
    const node = container([cannotFreeze()], { Running: true, Paused: true });
    await freeze(node.container, at);
    expect(node.asked.pauses).toBe(1);
  });

  it.each<[string, Error, State]>([
    ['that has stopped meanwhile', cannotFreeze(), { Running: false, Paused: false }],
    ['that is gone', gone(), { Running: true, Paused: false }],
  ])('%s is not asked again', async (_, refusal, state) => {
    const node = container([refusal], state);
    await expect(freeze(node.container, at)).rejects.toBe(refusal);
    expect(node.asked.pauses).toBe(1);
  });
});
