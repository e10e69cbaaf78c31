import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../../../src/lab/health/log-excerpts';

const time = (second: number): string => `2026-11-28_21:14:${String(second % 60).padStart(2, '0')}.53112`;
/** A start that is tried over and over: Patroni's own lines around what PostgreSQL says. */
const attempt = (at: number): readonly string[] => [
  `${time(at)} 2026-11-28 21:14:17.100 UTC [${500 + at}] LOG:  invalid CIDR mask in address "10.0.0.0/99"`,
  `${time(at)} 2026-11-28 21:14:17.101 UTC [${500 + at}] CONTEXT:  line 9 of configuration file "pg_hba.conf"`,
  `${time(at)} 2026-11-28 21:14:17.102 UTC [${500 + at}] FATAL:  could not load pg_hba.conf`,
  ...Array.from({ length: 20 }, (_, line) => `${time(at)} INFO: Lock owner: None; I am node1 (${line})`),
];

describe('the excerpt of a log', () => {
  it('has the complaints first, each once and newest, then the end', () => {
    const lines = [...attempt(1), ...attempt(2), ...attempt(3)];
    expect(excerptOf(lines)).toEqual([
      `${time(3)} 2026-11-28 21:14:17.100 UTC [503] LOG:  invalid CIDR mask in address "10.0.0.0/99"`,
      `${time(3)} 2026-11-28 21:14:17.102 UTC [503] FATAL:  could not load pg_hba.conf`,
      ...lines.slice(-8),
    ]);
  });

  it('names a port that is taken, also when the program has said much since', () => {
    const taken =
      'Warning: Could not create server TCP listening socket *:6432: bind: Address already in use';
    const lines = [
      taken,
      ...Array.from({ length: 30 }, (_, line) => `oO0OoO0OoO0Oo Redis is starting (${line})`),
    ];
    expect(excerptOf(lines)).toEqual([taken, ...lines.slice(-8)]);
  });

  it('is the end where nothing is complained of', () => {
    const lines = Array.from({ length: 30 }, (_, line) => `Client connected ${line}`);
    expect(excerptOf(lines)).toEqual(lines.slice(-8));
  });

  it('repeats nothing that the end has', () => {
    const lines = ['FATAL:  a', 'b', 'FATAL:  a'];
    expect(excerptOf(lines)).toEqual(lines);
  });
});
