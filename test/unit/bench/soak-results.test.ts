import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SOAK_FAULTS } from '../../bench/soak/faults';
import { scheduleOf } from '../../bench/soak/schedule';
import type { SoakRun } from '../../bench/soak/report';
import { addResult, readResults } from '../../bench/soak/results';
import { failedRun } from '../../bench/soak/run-fault';

const turns = scheduleOf(SOAK_FAULTS, 42);
const cost = { longestGapMs: 1_300, acknowledged: 200, lost: 0 };
const runOf = (number: number): SoakRun => {
  const turn = turns[number - 1];
  if (!turn) throw new Error(`no fault number ${number}`);
  return { fault: turn.fault, postgres: cost, redis: cost, told: true, wholeMs: 2_800 };
};

describe('a soak in pieces', () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'soak-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('begins with nothing', async () => {
    const results = await readResults([file('none')], 42);
    expect(results.runs).toEqual([]);
    expect(turns.filter((turn) => results.has(turn))).toEqual([]);
  });

  it('leaves out what its files have, and puts the runs of several into one order', async () => {
    for (const [name, number] of [
      ['b', 31],
      ['a', 2],
      ['a', 1],
    ] as const) {
      const turn = turns[number - 1];
      if (turn) await addResult(file(name), 42, turn, runOf(number));
    }
    const results = await readResults([file('b'), file('a')], 42);
    expect(results.runs).toEqual([runOf(1), runOf(2), runOf(31)]);
    expect(turns.filter((turn) => results.has(turn)).map(({ number }) => number)).toEqual([1, 2, 31]);
  });

  it('keeps a fault that did not come to its end: taken up again, it is still told', async () => {
    const [turn] = turns;
    if (!turn) throw new Error('no turn');
    await addResult(file('a'), 42, turn, failedRun(turn.fault, new Error('not whole within 240 s')));
    const { runs } = await readResults([file('a')], 42);
    expect(runs.map(({ fault, failed }) => [fault.id, failed])).toEqual([
      [turn.fault.id, 'not whole within 240 s'],
    ]);
    expect((await readFile(file('a'), 'utf8')).split('\n')).toHaveLength(2);
  });

  it('does not mix the orders of two seeds', async () => {
    const [turn] = turns;
    if (turn) await addResult(file('a'), 7, turn, runOf(1));
    expect((await readResults([file('a')], 42)).runs).toEqual([]);
  });
});
