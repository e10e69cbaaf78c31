import { describe, expect, it } from 'vitest';
import { lintText, repaired } from '../../linted';

const told = (text: string): string[] => lintText(text).map(({ code }) => code);

describe('a value that is one slip away from a known one', () => {
  it.each([
    ["redis['maxmemory_policy'] = 'allkeys-lruu'", "redis['maxmemory_policy'] = 'allkeys-lru'"],
    ["gitlab_rails['db_sslmode'] = 'prefr'", "gitlab_rails['db_sslmode'] = 'prefer'"],
    [
      "postgresql['synchronous_commit'] = 'remote_wirte'",
      "postgresql['synchronous_commit'] = 'remote_write'",
    ],
    ["patroni['log_level'] = 'WARNIN'", "patroni['log_level'] = 'WARNING'"],
    ["consul['configuration'] = { log_level: 'inof' }", "consul['configuration'] = { log_level: 'info' }"],
  ])('%s is repaired', (text, result) => {
    expect(told(text)).toContain('GLR238');
    expect(repaired(text, 'GLR238')).toBe(result);
  });

  it.each([
    ['a known one', "redis['maxmemory_policy'] = 'allkeys-lru'"],
    ['another way of writing it', "patroni['log_level'] = 'info'"],
    ['another value that the program may know', "patroni['log_level'] = 'CRITICAL'"],
    ['a short one, which is near several', "postgresql['archive_mode'] = 'of'"],
    ['what a rule of its own says', "pgbouncer['pool_mode'] = 'transacton'"],
    ['what only Ruby knows', "gitlab_rails['db_sslmode'] = ENV['SSLMODE']"],
  ])('%s is left alone', (_what, text) => {
    expect(told(text)).not.toContain('GLR238');
  });
});
