import { describe, expect, it } from 'vitest';
import { maskFor, maskLine } from '../../../../../src/lab/plan/effects/mask';
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
    ["gitlab_rails['db_key_base'] = 'e0a1'", "gitlab_rails['db_key_base'] = '***'"],
    ["gitlab_rails['otp_key_base'] = 'e0a1'", "gitlab_rails['otp_key_base'] = '***'"],
    [
      "gitlab_rails['openid_connect_signing_key'] = \"-----BEGIN RSA PRIVATE KEY-----\\nMII",
      'gitlab_rails[\'openid_connect_signing_key\'] = "***"',
    ],
    ["  'azure_storage_account_key' => 'mine',", "  'azure_storage_account_key' => '***',"],
    ["gitlab_rails['ldap_bind_pw'] = 'mine'", "gitlab_rails['ldap_bind_pw'] = '***'"],
    ["gitlab_rails['smtp_password'] = %q(mine and more)", "gitlab_rails['smtp_password'] = ***"],
    [
      "gitlab_rails['sentry_dsn'] = 'https://mine@sentry.example.com/5'",
      "gitlab_rails['sentry_dsn'] = '***'",
    ],
    ["  clone 'https://mine@git.example.com/a'", "  clone 'https://***@git.example.com/a'"],
    ['    stats auth admin:mine', '    stats auth ***'],
    ['    user bob insecure-password mine', '    user bob insecure-password ***'],
    ['"gitlab" "md51bfc5bc0e28eb61e190eacf32201c32b"', '"gitlab" "***"'],
    ['    password: mine', '    password: ***'],
    ["http-request set-header Authorization 'Basic bWluZQ=='", "http-request set-header Authorization '***'"],
    [`redis-cli -a ${SECRETS.redis}`, 'redis-cli -a ***'],
    ['    tcp-check send AUTH\\ mine\\r\\n', '    tcp-check send AUTH\\ ***'],
    ['    tcp-check send "AUTH mine\\r\\n"', '    tcp-check send "AUTH ***"'],
    ['    tcp-check send-binary 4155544820', '    tcp-check send-binary ***'],
    ['    http-check send hdr X-Consul-Token mine', '    http-check send hdr X-Consul-Token ***'],
    [
      '    http-request set-header Authorization Basic\\ mine',
      '    http-request set-header Authorization ***',
    ],
    ['    acl known req.hdr(X-Api-Key) -m str mine', '    acl known req.hdr(X-Api-Key) -m str ***'],
    ['    acl known http_auth_bearer -m str mine', '    acl known http_auth_bearer -m str ***'],
    ['    http-request set-var(proc.secret) str(mine)', '    http-request set-var(proc.secret) ***'],
    ['    stats auth "admin:mine"', '    stats auth ***'],
    ['    setenv REDIS_PW mine', '    setenv REDIS_PW ***'],
    ['    script "/usr/bin/redis-cli -a mine ping"', '    script "/usr/bin/redis-cli -a *** ping"'],
    ['    script "/usr/bin/curl -su admin:mine http://x"', '    script "/usr/bin/curl -su *** http://x"'],
    ['    script "/usr/bin/curl -u admin:mine http://x"', '    script "/usr/bin/curl -u *** http://x"'],
    ["  'bind_pass' => 'mine',", "  'bind_pass' => '***',"],
    ["  pass: 'mine'", "  pass: '***'"],
    ["  'apikey' => 'mine'", "  'apikey' => '***'"],
    ["  'password' => 'm' + 'ine' \"too\", 'port' => 1", "  'password' => '***', 'port' => 1"],
    ["  tokens: { agent: 'mine' }", '  tokens: {***'],
    ["  'passwords' => ['mine', 'yours'],", "  'passwords' => [***"],
    [`certificate ${'x'.repeat(5_000)}`, '***'],
  ])('%s', (line, expected) => {
    expect(maskLine(line, SECRETS)).toBe(expected);
  });

  it.each([
    "patroni['postgresql']['max_connections'] = 300",
    'password_encryption: scram-sha-256',
    '    server node1 172.30.0.11:6432 check',
    'maxmemory 64mb',
    "redis['master_name'] = 'gitlab-redis'",
    "gitlab_rails['db_username'] = 'gitlab'",
    '    stats uri /stats',
    '    tcp-check send PING\\r\\n',
    '    http-check send meth GET uri /-/readiness',
    '    http-request set-header X-Forwarded-Proto https',
    '    script "/usr/bin/curl --silent --max-time 1 http://127.0.0.1:8404/health"',
    '    auth_type PASS',
    '    setenv PGHOST 10.0.0.1',
  ])('%s stays as it is', (line) => {
    expect(maskLine(line, SECRETS)).toBe(line);
  });
});

describe('a secret over several lines', () => {
  const masked = (text: string): string[] => text.split('\n').map(maskFor([text], SECRETS));

  it('is hidden as far as its mark', () => {
    const text = "gitlab_rails['smtp_password'] = <<~TEXT.strip\n  mine\n\nTEXT\nnginx['enable'] = true";
    expect(masked(text)).toEqual([
      "gitlab_rails['smtp_password'] = <<~TEXT.strip",
      '***',
      '',
      'TEXT',
      "nginx['enable'] = true",
    ]);
  });

  it.each([
    ["  'password' =>\n    'mine',\n  'port' => 1", ["  'password' =>", '***', "  'port' => 1"]],
    ["'password' =>\n'mi' +\n'ne'\n'port' => 1", ["'password' =>", '***', '***', "'port' => 1"]],
    ['  password: |\n    mine\n\n    too\n  port: 1', ['  password: ***', '***', '', '***', '  port: 1']],
    ["tokens: {\n  agent: 'mine',\n}\nport: 1", ['tokens: {', '***', '}', 'port: 1']],
  ])('%j is hidden below its name', (text, expected) => {
    expect(masked(text)).toEqual(expected);
  });

  it.each([
    ['letters', 'a://' + 'x'.repeat(1_000_000)],
    ['blanks', `password${' '.repeat(1_000_000)}`],
    ['names', 'password='.repeat(100_000)],
    ['marks', `password = <<${'A'.repeat(1_000_000)}`],
  ])('a line of a million %s is hidden within a second', (_, line) => {
    const started = performance.now();
    expect(maskFor([line], SECRETS)(line)).toBe('***');
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('is hidden as far as the end of a key, its short last line too', () => {
    const text =
      'tls <<PEM\n-----BEGIN PRIVATE KEY-----\nMIIEvQIB\nAb9\n-----END PRIVATE KEY-----\nPEM\nmode tcp';
    expect(masked(text)).toEqual([
      'tls <<PEM',
      '-----BEGIN PRIVATE KEY-----',
      '***',
      '***',
      '-----END PRIVATE KEY-----',
      'PEM',
      'mode tcp',
    ]);
  });
});
