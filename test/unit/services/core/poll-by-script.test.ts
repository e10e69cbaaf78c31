import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { WatchContext } from '../../../../src/services/core/watch/context';
import { Hints } from '../../../../src/services/core/watch/hints';
import { pollByScript } from '../../../../src/services/core/watch/poll-by-script';
import { LocalTransport } from '../../observe/support/local-transport';

const SCRIPT = `
n=0
while read -r _; do
  n=$((n + 1))
  if [ $n -lt 4 ]; then echo "poor $n"; else echo "well $n"; fi
done
`;

/** What a node says: until `last`, and what comes in the moment after it. @param now the watcher's clock, milliseconds */
async function said(now: () => number, last: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const stop = new AbortController();
  const context: Partial<WatchContext> = {
    transport: () => Promise.resolve(new LocalTransport('node1', process.env['PATH'] ?? '')),
    emit: () => undefined,
    now,
    signal: stop.signal,
    hints: new Hints(now),
    log: () => undefined,
  };
  const watching = pollByScript(
    context as WatchContext,
    { id: 'test', freshMs: 1_000 },
    {
      node: 'node1',
      name: 'test',
      script: SCRIPT,
      parameters: [],
      pace: { quietMs: 600_000, hurriedMs: 10 },
      silenceMs: Number.MAX_SAFE_INTEGER,
      isPoor: (line) => line.startsWith('poor'),
      onLine: (line) => lines.push(line),
    },
  );
  await vi.waitUntil(() => lines.includes(last), { timeout: 30_000 });
  await sleep(500);
  stop.abort();
  await watching;
  return lines;
}

describe('a script that is asked', () => {
  it('is asked again soon while what it tells of is on its way, and then at its usual pace', async () => {
    expect(await said(() => Date.now(), 'well 4')).toEqual(['poor 1', 'poor 2', 'poor 3', 'well 4']);
  });

  it('is asked at its usual pace when that is so for longer than a start takes', async () => {
    let calls = 0;
    // A minute passes with each look at the clock.
    expect(await said(() => (calls += 1) * 60_000, 'poor 1')).toEqual(['poor 1']);
  });
});
