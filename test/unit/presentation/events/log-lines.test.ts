import { describe, expect, it } from 'vitest';
import { lineAt, linesAround, logText, parseTail } from '../../../../src/presentation/events/log-lines';

const OUTPUT = `==> /var/log/gitlab/patroni/current <==
the end of a line that was cut
2026-11-28_16:10:22.12345 INFO: no action. I am (node2), a secondary
2026-11-28_16:10:27.50001 INFO: promoted self to leader

==> /var/log/gitlab/redis/current <==
2026-11-28_16:10:25.00000 1:S MASTER <-> REPLICA sync
`;
const at = Date.UTC(2026, 10, 28, 16, 10, 25);
const lines = parseTail(OUTPUT, 'node2');

describe('the logs of a node', () => {
  it('are read with the service and the time of each line', () => {
    expect(lines.map(({ service, at: time }) => [service, time - at])).toEqual([
      ['patroni', -2877],
      ['patroni', 2500],
      ['redis', 0],
    ]);
  });

  it.each([
    ['everything', 5_000, 5_000, ['no action', 'sync', 'promoted']],
    ['before', 3_000, 0, ['no action', 'sync']],
    ['after', 0, 3_000, ['sync', 'promoted']],
    ['nothing', -1, -1, []],
  ])('around a moment, by time: %s', (_case, before, after, expected) => {
    const found = linesAround(lines, { at, before, after });
    expect(found.map(({ text }) => expected.find((word) => text.includes(word)))).toEqual(expected);
  });

  it('are shown in columns', () => {
    const all = linesAround(lines, { at, before: 5_000, after: 5_000 });
    expect(logText(all, (time) => String(time - at))).toBe(
      [
        '-2877  node2  patroni  INFO: no action. I am (node2), a secondary',
        '0  node2  redis    1:S MASTER <-> REPLICA sync',
        '2500  node2  patroni  INFO: promoted self to leader',
      ].join('\n'),
    );
  });

  it.each([
    [0, 1],
    [100, 2],
    [60_000, 2],
  ])('%i ms later the line to look at is %i', (later, index) => {
    const all = linesAround(lines, { at, before: 5_000, after: 5_000 });
    expect(lineAt(all, at + later)).toBe(index);
  });
});
