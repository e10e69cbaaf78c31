import { describe, expect, it } from 'vitest';
import { InTurn } from '../../../src/lab/in-turn';

/** Work whose end is in the test's hands. */
function work(name: string, log: string[]) {
  let end = (): void => undefined;
  let fail: (error: Error) => void = () => undefined;
  const ended = new Promise<string>((resolve, reject) => {
    end = () => resolve(name);
    fail = reject;
  });
  const begin = async (): Promise<string> => {
    log.push(`${name} begins`);
    try {
      return await ended;
    } finally {
      log.push(`${name} ends`);
    }
  };
  return { begin, end: () => end(), fail: (error: Error) => fail(error) };
}

describe('work on one thing', () => {
  it('waits until what was asked before has ended', async () => {
    const log: string[] = [];
    const turns = new InTurn();
    const [stop, start, restart] = ['stop', 'start', 'restart'].map((name) => work(name, log));
    const all = [stop, start, restart].map((one) => turns.run('sample', one!.begin));
    restart!.end();
    start!.end();
    await new Promise(setImmediate);
    expect(log).toEqual(['stop begins']);
    stop!.end();
    expect(await Promise.all(all)).toEqual(['stop', 'start', 'restart']);
    expect(log).toEqual([
      'stop begins',
      'stop ends',
      'start begins',
      'start ends',
      'restart begins',
      'restart ends',
    ]);
  });

  it('is done although what was asked before failed, which only its own asker is told', async () => {
    const log: string[] = [];
    const turns = new InTurn();
    const [first, second] = ['first', 'second'].map((name) => work(name, log));
    const failed = turns.run('sample', first!.begin);
    const done = turns.run('sample', second!.begin);
    second!.end();
    first!.fail(new Error('it broke'));
    await expect(failed).rejects.toThrow('it broke');
    expect(await done).toBe('second');
  });

  it('does not wait for work on another thing, nor for what is over', async () => {
    const log: string[] = [];
    const turns = new InTurn();
    const [first, other, later] = ['first', 'other', 'later'].map((name) => work(name, log));
    const one = turns.run('sample', first!.begin);
    const two = turns.run('second', other!.begin);
    expect(log).toEqual(['first begins', 'other begins']);
    first!.end();
    other!.end();
    await Promise.all([one, two]);
    const three = turns.run('sample', later!.begin);
    expect(log.at(-1)).toBe('later begins');
    later!.end();
    expect(await three).toBe('later');
  });
});
