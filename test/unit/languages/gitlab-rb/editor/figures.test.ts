import { describe, expect, it } from 'vitest';
import { features, read } from './editor';

const lenses = (text: string): string[] =>
  (features.codeLenses?.(read(text)) ?? []).map(
    ({ range, command }) => `${range.start.line}: ${command?.title ?? ''}`,
  );

const hints = (text: string): unknown[] => {
  const end = { line: text.split('\n').length, character: 0 };
  return (features.inlayHints?.(read(text), { start: { line: 0, character: 0 }, end }) ?? []).map(
    ({ label }) => label,
  );
};

describe('how long a failover takes', () => {
  it.each([
    [
      'the timings of the file',
      "patroni['ttl'] = 60\npatroni['loop_wait'] = 5\n",
      [
        '0: A dead leader is replaced after about 55–65 s (ttl 60 ± loop_wait 5); a crashed PostgreSQL may be restarted for 300 s first',
      ],
    ],
    [
      "the package's defaults where the file says nothing",
      "roles ['patroni_role']\npatroni['scope'] = 'x'\n",
      [
        '1: A dead leader is replaced after about 20–40 s (ttl 30 ± loop_wait 10); a crashed PostgreSQL may be restarted for 300 s first',
      ],
    ],
    ['nothing where Patroni does not run', "patroni['scope'] = 'x'\n", []],
    ['nothing where a timing is not known', "patroni['ttl'] = ENV['TTL'].to_i\n", []],
    ['nothing for timings that cannot be', "patroni['ttl'] = 5\npatroni['loop_wait'] = 10\n", []],
    [
      'Sentinel',
      "sentinel['down_after_milliseconds'] = 5000\n",
      ['0: A dead Redis master is replaced after about 6–10 s; a failed attempt is repeated after 120 s'],
    ],
  ])('%s', (_, text, expected) => {
    expect(lenses(text)).toEqual(expected);
  });

  it.each([
    ["patroni['maximum_lag_on_failover'] = 1_048_576\n", ['= 1 MiB']],
    ["sentinel['failover_timeout'] = 90_000\n", ['= 1.5 min']],
    ["gitlab_rails['backup_keep_time'] = 604800\n", ['= 7 d']],
    ["postgresql['statement_timeout'] = '60000'\n", ['= 1 min']],
    ["gitaly['configuration'] = { cgroups: { memory_bytes: 12_884_901_889 } }\n", ['≈ 12 GiB']],
    ["patroni['ttl'] = 30\nsentinel['failover_timeout'] = 900\n", []],
  ])('%s', (text, expected) => {
    expect(hints(text)).toEqual(expected);
  });
});
