import { verbatim } from '../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import { runOperations } from '../../../../src/lab/docker/execute/run-operations';
import type { PlanOperation } from '../../../../src/lab/plan/operations';

/** "b needs a": operations by name, in the order given. */
function operations(...lines: readonly string[]): PlanOperation[] {
  return lines.map((line) => {
    const [id = '', needs = ''] = line.split(' needs ');
    const needed = needs === '' ? [] : needs.split(',');
    const action = { kind: 'remove-network', id } as const;
    return { id, step: 'containers', target: id, cause: verbatim('test'), needs: needed, action };
  });
}

/** Runs them; each takes one turn of the event loop. @returns begins and ends in their order, and the error */
async function trace(list: readonly PlanOperation[], failing: readonly string[] = []): Promise<string[]> {
  const events: string[] = [];
  const running = runOperations(list, async ({ id }) => {
    events.push(`+${id}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (failing.includes(id)) throw new Error(`${id} failed`);
    events.push(`-${id}`);
  });
  await running.catch((error: Error) => events.push(error.message));
  return events;
}

describe('operations', () => {
  it('run at once when they need nothing of each other', async () => {
    expect(await trace(operations('a', 'b', 'c'))).toEqual(['+a', '+b', '+c', '-a', '-b', '-c']);
  });

  it('wait for what they need', async () => {
    expect(await trace(operations('a', 'b needs a', 'c needs a,b'))).toEqual([
      '+a',
      '-a',
      '+b',
      '-b',
      '+c',
      '-c',
    ]);
  });

  it('wait also for what comes later in the list', async () => {
    expect(await trace(operations('b needs a', 'a'))).toEqual(['+a', '-a', '+b', '-b']);
  });

  it('need nothing that was done in an earlier step', async () => {
    expect(await trace(operations('a needs done-before'))).toEqual(['+a', '-a']);
  });

  it('are not begun when what they need failed; the others come to their end before the error is told', async () => {
    const events = await trace(operations('a', 'b needs a', 'c', 'd needs c', 'e needs b'), ['a']);
    expect(events).toEqual(['+a', '+c', '-c', '+d', '-d', 'a failed']);
  });

  it('tell the first error in their order, not in time', async () => {
    const events = await trace(operations('slow needs x', 'x', 'late'), ['x', 'late']);
    expect(events.at(-1)).toBe('x failed');
  });
});
