import { describe, expect, it } from 'vitest';
import { BackOff } from '../../../../src/services/core/watch/back-off';
import { Hints, pause, until } from '../../../../src/services/core/watch/hints';
import { LineBuffer } from '../../../../src/services/core/watch/lines';

describe('BackOff', () => {
  it('doubles from a quick first attempt up to its bound, and starts anew after success', () => {
    const backOff = new BackOff(200, 5_000, () => 0);
    expect(Array.from({ length: 7 }, () => backOff.next())).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
    backOff.reset();
    expect(backOff.next()).toBe(200);
  });

  it('takes up to 30 % off', () => {
    expect(new BackOff(200, 5_000, () => 0.999).next()).toBe(140);
  });
});

describe('Hints', () => {
  it('know which nodes run and which see the others', () => {
    const hints = new Hints(() => 0);
    hints.setNode('node1', false, true);
    hints.setNode('node2', true, false);
    expect(['node1', 'node2', 'node3'].map((node) => [hints.runs(node), hints.sees(node)])).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ]);
  });

  it('wake whoever waits for a node as soon as it runs', async () => {
    const hints = new Hints(() => 0);
    hints.setNode('node1', false, true);
    const waiting = until(() => hints.runs('node1'), new AbortController().signal, hints);
    hints.setNode('node2', false, true);
    hints.setNode('node1', true, true);
    await waiting;
    expect(hints.runs('node1')).toBe(true);
  });

  it('hurry for a while', () => {
    let now = 1000;
    const hints = new Hints(() => now);
    expect(hints.hurried()).toBe(false);
    hints.hurry(500);
    expect(hints.hurried()).toBe(true);
    now = 1500;
    expect(hints.hurried()).toBe(false);
  });
});

it('a pause ends with the signal', async () => {
  const stop = new AbortController();
  const started = Date.now();
  const waiting = pause(60_000, stop.signal);
  stop.abort();
  await waiting;
  await pause(60_000, stop.signal);
  expect(Date.now() - started).toBeLessThan(1_000);
});

it('LineBuffer gives whole lines, wherever bytes are cut', () => {
  const buffer = new LineBuffer();
  const text = Buffer.from('S a\u00e9=1:run\r\nA 1\nrest');
  expect([...text].flatMap((byte) => buffer.push(Buffer.from([byte])))).toEqual(['S a\u00e9=1:run', 'A 1']);
});
