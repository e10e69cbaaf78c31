import { describe, expect, it } from 'vitest';
import { LogPainter, paintLine } from '../../../src/presentation/log-painter';
import { clockText } from '../../../src/presentation/words/time-text';

const STAMP = '2026-11-28_16:10:22.12345';
const TIME = `\u001b[2m${clockText(Date.UTC(2026, 10, 28, 16, 10, 22))}.123\u001b[0m`;

describe('a line of a log', () => {
  it.each<[string, string, string]>([
    ['has one time', `${STAMP} plain text`, `${TIME} plain text`],
    ['of Patroni', `${STAMP} 2026-11-28 16:10:22,120 INFO: no action`, `${TIME} INFO: no action`],
    ['of PostgreSQL', `${STAMP} 2026-11-28 16:10:22.120 UTC LOG:  ready`, `${TIME} LOG:  ready`],
    ['of Consul', `${STAMP} 2026-11-28T16:10:22.120Z [INFO]  agent: ok`, `${TIME} [INFO]  agent: ok`],
    ['of Keepalived', `${STAMP} Sat Nov 28 16:10:22 2026: VRRP`, `${TIME} VRRP`],
    ['that is an error', `${STAMP} FATAL: no\r`, `${TIME} \u001b[31mFATAL: no\u001b[0m\r`],
    ['that warns', `${STAMP} [WARN] slow\r`, `${TIME} \u001b[33m[WARN] slow\u001b[0m\r`],
    ['whose word only looks like an error', `${STAMP} ERRORS_TOTAL 0`, `${TIME} ERRORS_TOTAL 0`],
    [
      'that is none of svlogd',
      "tail: '/var/log/x' has been replaced",
      "tail: '/var/log/x' has been replaced",
    ],
  ])('%s', (_case, line, expected) => {
    expect(paintLine(line)).toBe(expected);
  });

  it('is painted once it is whole, however it comes in', () => {
    const painter = new LogPainter();
    expect(['2026-11-28_16:10:22.1', '2345 a\r\nb', '\r\n'].map((chunk) => painter.paint(chunk))).toEqual([
      '',
      `${TIME} a\r\n`,
      'b\r\n',
    ]);
  });
});
