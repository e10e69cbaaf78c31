import { describe, expect, test } from 'vitest';
import { DEBOUNCE_MS, PREPARE_MS, Scheduler, type Clock } from '../../../src/server/session/scheduler';

/** A clock that stands still until told otherwise. */
class HandClock implements Clock {
  private time = 0;
  private readonly timers = new Map<object, { readonly due: number; readonly run: () => void }>();

  now(): number {
    return this.time;
  }

  after(milliseconds: number, run: () => void): () => void {
    const key = {};
    this.timers.set(key, { due: this.time + milliseconds, run });
    return () => this.timers.delete(key);
  }

  pass(milliseconds: number): void {
    this.time += milliseconds;
    for (const [key, { due, run }] of [...this.timers]) {
      if (due > this.time || !this.timers.delete(key)) continue;
      run();
    }
  }
}

function setUp() {
  const clock = new HandClock();
  const checked: string[] = [];
  const prepared: string[] = [];
  const scheduler = new Scheduler(
    (uri) => checked.push(uri),
    clock,
    (uri) => prepared.push(uri),
  );
  return { clock, checked, prepared, scheduler };
}

describe('when a file is checked', () => {
  test('at once when it is opened', () => {
    const { clock, checked, scheduler } = setUp();
    scheduler.soon('a');
    expect(checked).toEqual([]);
    clock.pass(0);
    expect(checked).toEqual(['a']);
  });

  test('after a rest of at most 150 ms when it is edited', () => {
    expect(DEBOUNCE_MS).toBeLessThanOrEqual(150);
    const { clock, checked, scheduler } = setUp();
    scheduler.afterRest('a');
    clock.pass(DEBOUNCE_MS - 1);
    expect(checked).toEqual([]);
    clock.pass(1);
    expect(checked).toEqual(['a']);
  });

  test('once for several edits in a row', () => {
    const { clock, checked, scheduler } = setUp();
    for (let edit = 0; edit < 5; edit += 1) {
      scheduler.afterRest('a');
      clock.pass(DEBOUNCE_MS / 2);
    }
    clock.pass(DEBOUNCE_MS);
    expect(checked).toEqual(['a']);
  });

  test('prepared a little before, unless there is another edit', () => {
    const { clock, checked, prepared, scheduler } = setUp();
    scheduler.afterRest('a');
    clock.pass(PREPARE_MS - 1);
    scheduler.afterRest('a');
    clock.pass(PREPARE_MS - 1);
    expect(prepared).toEqual([]);
    clock.pass(1);
    expect([prepared, checked]).toEqual([['a'], []]);
    clock.pass(DEBOUNCE_MS - PREPARE_MS);
    expect([prepared, checked]).toEqual([['a'], ['a']]);
  });

  test('not prepared any more when it is closed or checked at once', () => {
    const { clock, prepared, scheduler } = setUp();
    scheduler.afterRest('a');
    scheduler.afterRest('b');
    scheduler.drop('a');
    scheduler.soon('b');
    clock.pass(1000);
    expect(prepared).toEqual([]);
  });

  test('each file for itself', () => {
    const { clock, checked, scheduler } = setUp();
    scheduler.afterRest('a');
    scheduler.afterRest('b');
    clock.pass(DEBOUNCE_MS);
    expect(checked).toEqual(['a', 'b']);
  });

  test('not any more when it is closed, or the server ends', () => {
    const { clock, checked, scheduler } = setUp();
    scheduler.afterRest('a');
    scheduler.soon('b');
    scheduler.drop('a');
    scheduler.dispose();
    clock.pass(1000);
    expect(checked).toEqual([]);
  });
});
