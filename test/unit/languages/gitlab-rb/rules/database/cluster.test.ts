import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../marked-findings';

const NODE = 'roles %w[patroni_role]\n';

describe("GLR074: Patroni's address", () => {
  it.each(['127.0.0.1', 'localhost', '0.0.0.0', '::'])('cannot be %s', (address) => {
    expect(findingsOf('GLR074', `${NODE}patroni['connect_address'] = '${address}'`)).toMatchObject([
      { marked: `'${address}'`, severity: 'information' },
    ]);
  });

  it.each(["'10.0.0.11'", "'node1.lab.example'", 'address'])('may be %s', (value) => {
    expect(findingsOf('GLR074', `${NODE}patroni['connect_address'] = ${value}`)).toEqual([]);
  });
});

describe("GLR076: gitlab-ctl's certificate", () => {
  const TLS = `${NODE}patroni['tls_certificate_file'] = '/a.crt'\npatroni['tls_key_file'] = '/a.key'\n`;
  const CLIENT = "patroni['tls_client_certificate_file'] = '/c.crt'\n";

  it.each([
    ['both files', '', 'tls_client_certificate_file'],
    ['the key', CLIENT, 'tls_client_key_file'],
  ])('lacks %s', (_, lines, missing) => {
    const [found] = findingsOf('GLR076', `${TLS}${lines}patroni['tls_client_mode'] = 'optional'`);
    expect(found?.marked).toBe("'optional'");
    expect(found?.message).toContain(missing);
  });

  it.each([
    [
      'both are there',
      `${TLS}${CLIENT}patroni['tls_client_key_file'] = '/c.key'\npatroni['tls_client_mode'] = 'required'`,
    ],
    ['clients need none', `${TLS}patroni['tls_client_mode'] = 'none'`],
    ['the API has no TLS at all', `${NODE}patroni['tls_client_mode'] = 'required'`],
  ])('says nothing when %s', (_, text) => {
    expect(findingsOf('GLR076', text)).toEqual([]);
  });
});

describe('GLR078: the allow list', () => {
  const server = `${NODE}consul['configuration'] = { server: true, retry_join: %w[10.0.0.11 10.0.0.12 consul3] }\n`;

  it('names the addresses that are missing', () => {
    const [found] = findingsOf('GLR078', `${server}patroni['allowlist'] = %w[127.0.0.1 10.0.0.11/32]`);
    expect(found?.message).toContain('does not hold 10.0.0.12 of retry_join');
  });

  it.each([
    ['a network holds them', `${server}patroni['allowlist'] = %w[10.0.0.0/24]`],
    ['a name may hold them', `${server}patroni['allowlist'] = %w[node1 node2]`],
    [
      'members are always in',
      `${server}patroni['allowlist'] = %w[10.0.0.11]\npatroni['allowlist_include_members'] = true`,
    ],
    [
      'the servers are other machines',
      `${server.replace('server: true, ', '')}patroni['allowlist'] = %w[10.0.0.11]`,
    ],
    ['the list is empty', `${server}patroni['allowlist'] = []`],
  ])('says nothing when %s', (_, text) => {
    expect(findingsOf('GLR078', text)).toEqual([]);
  });
});

describe('GLR088 and GLR089: what becomes of a former leader', () => {
  it('turns pg_rewind on', () => {
    expect(findingsOf('GLR088', `${NODE}patroni['use_pg_rewind'] = false`)).toMatchObject([
      { marked: 'false', severity: 'warning', fixed: `${NODE}patroni['use_pg_rewind'] = true` },
    ]);
  });

  it.each(['rewind_failure', 'diverged_timelines'])('tells of data that is deleted after %s', (cause) => {
    const text = `${NODE}patroni['remove_data_directory_on_${cause}'] = true`;
    expect(findingsOf('GLR088', text)).toMatchObject([{ marked: 'true', severity: 'information' }]);
  });

  it.each([
    ['0', 1],
    ['1', 0],
    ['1_073_741_823', 0],
    ['1_073_741_824', 1],
    ['lag', 0],
  ])('a lag of %s', (value, count) => {
    expect(findingsOf('GLR089', `${NODE}patroni['maximum_lag_on_failover'] = ${value}`)).toHaveLength(count);
  });
});

describe("GLR090: the cluster's name", () => {
  const record = (name: string): string =>
    `${NODE}gitlab_rails['db_load_balancing'] = { 'discover' => { 'record' => '${name}.service.consul' } }`;

  it('is not the one of the sample', () => {
    expect(findingsOf('GLR090', `${NODE}patroni['scope'] = 'gitlab-postgresql-ha'`)).toMatchObject([
      { marked: "'gitlab-postgresql-ha'", severity: 'information' },
    ]);
  });

  it('is the one Rails looks for', () => {
    expect(findingsOf('GLR090', record('replica.other-ha'))).toMatchObject([
      { marked: "'replica.other-ha.service.consul'", fixed: record('replica.postgresql-ha') },
    ]);
    expect(findingsOf('GLR090', record('postgresql-ha'))).toEqual([]);
    expect(findingsOf('GLR090', `${record('mine-ha')}\npatroni['scope'] = 'mine-ha'`)).toEqual([]);
  });

  it.each(["'mine'", "'postgresql-ha'", 'scope'])('may be %s', (value) => {
    expect(findingsOf('GLR090', `${NODE}patroni['scope'] = ${value}`)).toEqual([]);
  });
});

describe('quick fixes of single lines', () => {
  it.each([
    ['GLR072', "patroni['postgresql']['hot_standby'] = 'off'", "patroni['postgresql']['hot_standby'] = 'on'"],
    ['GLR072', "patroni['postgresql']['hot_standby'] = false", "patroni['postgresql']['hot_standby'] = 'on'"],
    ['GLR080', "postgresql['listen_address'] = 'localhost'", "postgresql['listen_address'] = '0.0.0.0'"],
    [
      'GLR118',
      "consul['http_port'] = 18500",
      "consul['http_port'] = 18500\npatroni['consul']['url'] = 'http://127.0.0.1:18500'",
    ],
    [
      'GLR118',
      "patroni['consul']['url'] = 'http://localhost:8501'",
      "patroni['consul']['url'] = 'http://localhost:8500'",
    ],
    [
      'GLR096',
      "consul['watchers'] = %w[postgresql]\npgbouncer['enable'] = true\npgbouncer['admin_users'] = %w(me you)",
      "consul['watchers'] = %w[postgresql]\npgbouncer['enable'] = true\npgbouncer['admin_users'] = %w(pgbouncer me you)",
    ],
    [
      'GLR096',
      "consul['watchers'] = %w[postgresql]\npgbouncer['enable'] = true\npgbouncer['admin_users'] = ['me']",
      "consul['watchers'] = %w[postgresql]\npgbouncer['enable'] = true\npgbouncer['admin_users'] = ['pgbouncer', 'me']",
    ],
    [
      'GLR100',
      "pgbouncer['enable'] = true\npgbouncer['auth_type'] = 'any'",
      "pgbouncer['enable'] = true\npgbouncer['auth_type'] = 'md5'",
    ],
  ])('%s: %s', (id, before, after) => {
    expect(findingsOf(id, NODE + before).map(({ fixed }) => fixed)).toEqual([NODE + after]);
    expect(findingsOf(id, NODE + after)).toEqual([]);
  });
});
