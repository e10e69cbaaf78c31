import { describe, expect, it } from 'vitest';
import { maskLine } from '../../../../../src/lab/plan/effects/mask';
import { SECRETS } from '../sample-workspace';

describe('a line of a file that people are shown', () => {
  it.each([
    ["redis['password'] = 'mine'", "redis['password'] = '***'"],
    ['gitlab_rails[\'db_password\'] = "it\'s \\" mine"', 'gitlab_rails[\'db_password\'] = "***"'],
    ["'pgbouncer' => { 'password' => '4f2a' },", "'pgbouncer' => { 'password' => '***' },"],
    ['    auth_pass vrrp8888', '    auth_pass ***'],
    ['  "encrypt": "Y29uc3Vs",', '  "encrypt": "***",'],
    ["      password: 'mine'", "      password: '***'"],
    ['requirepass "mine"', 'requirepass "***"'],
    ["'redis://:mine@10.0.0.1:6379'", "'redis://:***@10.0.0.1:6379'"],
    ['masterauth mine', 'masterauth ***'],
    ["  PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$a=:b='", "  PASSWORD '***'"],
    [
      "postgresql['sql_user_password'] = '1bfc5bc0e28eb61e190eacf32201c32b'",
      "postgresql['sql_user_password'] = '***'",
    ],
    ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7', '***'],
    [`redis-cli -a ${SECRETS.redis}`, 'redis-cli -a ***'],
  ])('%s', (line, expected) => {
    expect(maskLine(line, SECRETS)).toBe(expected);
  });

  it.each([
    "patroni['postgresql']['max_connections'] = 300",
    'password_encryption: scram-sha-256',
    '    server node1 172.30.0.11:6432 check',
    'maxmemory 64mb',
  ])('%s stays as it is', (line) => {
    expect(maskLine(line, SECRETS)).toBe(line);
  });
});
