import { beforeEach, describe, expect, test } from 'vitest';
import { Interrupts } from '../../../src/cli/interrupts';

let ended: number[];
let told: string[];
let interrupts: Interrupts;

beforeEach(() => {
  ended = [];
  told = [];
  interrupts = new Interrupts((code) => ended.push(code));
});

describe('a wish to end', () => {
  test.each([
    ['a signal', 'signal', 130],
    ['a reader that has gone away', 'closedPipe', 0],
  ] as const)('%s ends the program while nobody listens', (_case, wish, code) => {
    interrupts[wish]();
    expect(ended).toEqual([code]);
  });

  test.each(['signal', 'closedPipe'] as const)('%s goes to everybody who listens instead', (wish) => {
    interrupts.listen(() => told.push('a'));
    const gone = interrupts.listen(() => told.push('b'));
    interrupts.listen(() => told.push('c'));
    gone.dispose();
    interrupts[wish]();
    expect([told, ended]).toEqual([['a', 'c'], []]);
  });

  test('the second signal ends the program once its listener has gone', () => {
    const first = interrupts.listen(() => first.dispose());
    interrupts.signal();
    interrupts.signal();
    expect(ended).toEqual([130]);
  });

  test('a reader is gone once, however many writes say so: cleaning up comes to its end', () => {
    const first = interrupts.listen(() => first.dispose());
    interrupts.closedPipe();
    interrupts.closedPipe();
    expect(ended).toEqual([]);
  });
});
