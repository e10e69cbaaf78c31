import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/finding/finding';
import { brief, read, readWith, rolesOf } from './workspace-sample';

const errors = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ severity }) => severity === 'error').map(brief);

describe('ports of one node', () => {
  it.each([
    ["redis['port'] = 6432", 'Redis and PgBouncer would both listen on port 6432 of node1.'],
    [
      "pgbouncer['listen_port'] = 8500",
      'PgBouncer and Consul server would both listen on port 8500 of node1.',
    ],
    [
      "postgresql['port'] = 6432",
      'PostgreSQL (Patroni) and PgBouncer would both listen on port 6432 of node1.',
    ],
    [
      "patroni['port'] = 8300",
      'PostgreSQL (Patroni) and Consul server would both listen on port 8300 of node1.',
    ],
    [
      "redis_exporter['listen_address'] = 'localhost:6379'",
      'Redis exporter and Redis would both listen on port 6379 of node1.',
    ],
  ])('%s', async (line, message) => {
    const { findings } = await readWith(`${line}\n`);
    expect(errors(findings)).toEqual([`error LAB032 nodes/node1/gitlab.rb:2 ${message}`]);
  });

  it('those that haproxy.cfg binds at all addresses are taken, those on the virtual address are not', async () => {
    const files = (bind: string): Record<string, string> => ({
      'haproxy/haproxy.cfg': `frontend a\n  bind 172.30.0.100:6432\nlisten b\n  bind ${bind}\n`,
      'nodes/node1/gitlab.rb': `${rolesOf(0)}redis['port'] = 8404\n`,
    });
    const found = await Promise.all(
      [':8404', '*:8404', '172.30.0.100:8404', ':8405'].map(async (bind) => {
        const { findings } = await read(files(bind));
        return errors(findings);
      }),
    );
    const clash =
      'error LAB032 nodes/node1/gitlab.rb:2 Redis and a frontend of haproxy.cfg would both listen on port 8404 of node1.';
    expect(found).toEqual([[clash], [clash], [], []]);
  });

  it('two ports that change places do not clash', async () => {
    const { findings } = await readWith("redis['port'] = 6432\npgbouncer['listen_port'] = 6379\n");
    expect(errors(findings)).toEqual([]);
  });

  it('below 1024 only root may listen', async () => {
    const { findings } = await readWith("redis['port'] = 80\n");
    expect(errors(findings)).toEqual([
      "error LAB002 nodes/node1/gitlab.rb:2 redis['port'] is 80, and below 1024 only root may listen.",
    ]);
  });
});

describe('addresses to listen on', () => {
  it.each([
    ["redis['bind'] = '203.0.113.9'", ['Redis would listen on 203.0.113.9, which is no address of node1.']],
    [
      "sentinel['bind'] = '172.30.0.12'",
      ['Sentinel would listen on 172.30.0.12, which is no address of node1.'],
    ],
    [
      "pgbouncer['listen_addr'] = '10.0.0.1'",
      ['PgBouncer would listen on 10.0.0.1, which is no address of node1.'],
    ],
    ["redis['bind'] = '0.0.0.0'", []],
    ["redis['bind'] = '172.30.0.11 127.0.0.1'", []],
    ["pgbouncer['listen_addr'] = '172.30.0.100'", []],
    ["redis_exporter['listen_address'] = ':9121'", []],
  ])('%s', async (line, messages) => {
    const { findings } = await readWith(`${line}\n`);
    expect(errors(findings)).toEqual(
      messages.map((message) => `error LAB033 nodes/node1/gitlab.rb:2 ${message}`),
    );
  });
});
