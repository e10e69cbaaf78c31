import { describe, expect, test } from 'vitest';
import { praefectEffects } from '../../../../src/services/praefect/effect';
import { praefectEnvironment, renderPraefect } from '../../../../src/services/praefect/render';
import type { PlainTable } from '../../../../src/services/core/notation/plain-table';
import { serviceContext } from '../../../../src/lab/render/service-context';
import { sampleContext } from '../../lab/render/sample-context';

function contextOf(configuration: PlainTable = {}) {
  const context = sampleContext({
    layers: ['git'],
    change: (settings) => ({ ...settings, praefect: { ...settings.praefect, configuration } }),
  });
  return serviceContext(context);
}
const config = (configuration?: PlainTable): string =>
  String(renderPraefect(contextOf(configuration))[0]?.content);
const SECRET = '73'.repeat(24);

describe("Praefect's file", () => {
  test('is whole where gitlab.rb says nothing: every Gitaly, and a database that follows the leader', () => {
    expect(config()).toBe(`listen_addr = "172.30.5.11:2305"
prometheus_listen_addr = "172.30.5.11:9652"
graceful_stop_timeout = "10s"

[logging]
level = "info"
format = "json"

[database]
host = "172.30.5.11,172.30.5.12,172.30.5.13"
port = 5432
user = "praefect"
dbname = "praefect_production"
sslmode = "disable"
password = "${SECRET}"

[failover]
enabled = true
election_strategy = "per_repository"

[reconciliation]
scheduling_interval = "10s"

[background_verification]
verification_interval = "1h"
delete_invalid_records = true

[[virtual_storage]]
default_replication_factor = 3
name = "default"

[[virtual_storage.node]]
storage = "gitaly-1"
address = "tcp://172.30.5.11:8075"
token = "${SECRET}"

[[virtual_storage.node]]
storage = "gitaly-2"
address = "tcp://172.30.5.12:8075"
token = "${SECRET}"

[[virtual_storage.node]]
storage = "gitaly-3"
address = "tcp://172.30.5.13:8075"
token = "${SECRET}"

[auth]
token = "${SECRET}"
`);
  });

  test('has the storages, the database and the times that gitlab.rb names', () => {
    const text = config({
      listen_addr: '0.0.0.0:3305',
      database: { host: '172.30.5.100', port: 6432, dbname: 'praefect' },
      reconciliation: { scheduling_interval: '5m' },
      virtual_storage: [
        {
          name: 'main',
          default_replication_factor: 1,
          node: [{ storage: 'a', address: 'tcp://172.30.5.11:8075' }],
        },
      ],
    });
    expect(text).toContain('listen_addr = "172.30.5.11:3305"');
    expect(text).toContain('host = "172.30.5.100"\nport = 6432\nuser = "praefect"\ndbname = "praefect"');
    expect(text).toContain('scheduling_interval = "5m"');
    expect(text).toContain(
      `[[virtual_storage]]\ndefault_replication_factor = 1\nname = "main"\n\n[[virtual_storage.node]]\nstorage = "a"\naddress = "tcp://172.30.5.11:8075"\ntoken = "${SECRET}"`,
    );
    expect(text).not.toContain('gitaly-2');
  });

  test('is read at the start only, as is where the database is', () => {
    const needs = (path: string, before: string, after: string) =>
      praefectEffects.needs([{ path, before, after }]).map(({ program, need }) => `${program} ${need}`);
    expect(needs('/var/opt/gitlab/praefect/config.toml', 'a', 'b')).toEqual(['praefect restart']);
    expect(needs('/opt/gitlab/etc/lab.env', 'LAB_DATABASE_PORT=1\n', 'LAB_DATABASE_PORT=2\n')).toEqual([
      'praefect restart',
    ]);
    expect(needs('/opt/gitlab/etc/lab.env', 'LAB_VIP=1\n', 'LAB_VIP=2\n')).toEqual([]);
  });
});

test.each([
  [{}, 10],
  [{ graceful_stop_timeout: '1m30s' }, 90],
  [{ graceful_stop_timeout: '500ms' }, 1],
  [{ graceful_stop_timeout: '0' }, 0],
  [{ graceful_stop_timeout: 'soon' }, 10],
])('scripts of its node know how long a stop of it may take: %j', (configuration: PlainTable, seconds) => {
  expect(praefectEnvironment(contextOf(configuration))).toMatchObject({ LAB_PRAEFECT_STOP_TIME: seconds });
});

test('scripts of a lab without Git storage are told nothing of it', () => {
  expect(praefectEnvironment(serviceContext(sampleContext()))).toEqual({});
});
