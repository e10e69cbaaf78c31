import { describe, expect, it } from 'vitest';
import { renderConsul } from '../../../../src/services/consul/render';
import { contentOf, sampleService } from '../../lab/render/sample-context';

const config = (...arguments_: Parameters<typeof sampleService>): unknown =>
  JSON.parse(contentOf(renderConsul(sampleService(...arguments_)), '/var/opt/gitlab/consul/config.json'));

describe('Consul', () => {
  it('is configured like this with fast timings', () => {
    expect(config({ node: 'node2' })).toEqual({
      node_name: 'node2',
      datacenter: 'gitlab_consul',
      data_dir: '/var/opt/gitlab/consul/data',
      log_level: 'info',
      bind_addr: '172.30.5.12',
      advertise_addr: '172.30.5.12',
      client_addr: '127.0.0.1',
      ports: { serf_wan: -1 },
      server: true,
      bootstrap_expect: 3,
      retry_join: ['172.30.5.11', '172.30.5.12', '172.30.5.13'],
      retry_interval: '1s',
      encrypt: 'c2VjcmV0LWdvc3NpcC1rZXktMzItYnl0ZXMtbG9uZyE=',
      performance: { raft_multiplier: 1, rpc_hold_timeout: '1400ms' },
      gossip_lan: { probe_interval: '500ms', probe_timeout: '200ms', suspicion_mult: 2 },
      autopilot: { cleanup_dead_servers: false, server_stabilization_time: '1s' },
      leave_on_terminate: false,
      skip_leave_on_interrupt: true,
      rejoin_after_leave: true,
      disable_host_node_id: true,
      disable_update_check: true,
      disable_anonymous_signature: true,
      disable_coordinates: true,
      connect: { enabled: false },
      enable_script_checks: false,
      enable_local_script_checks: false,
    });
  });

  it("keeps Consul's own timings in the production profile", () => {
    expect(config({ timings: 'production' })).toMatchObject({
      performance: { raft_multiplier: 5, rpc_hold_timeout: '7000ms' },
      gossip_lan: { probe_interval: '1000ms', probe_timeout: '500ms', suspicion_mult: 4 },
    });
  });

  it('expects nobody when it is no server', () => {
    const client = config({
      change: (settings) => ({ ...settings, consul: { ...settings.consul, server: false } }),
    });
    expect(client).toMatchObject({ server: false });
    expect(client).not.toHaveProperty('bootstrap_expect');
  });

  it('announces PostgreSQL only where Patroni does not: with etcd, on nodes of the database', () => {
    const check = {
      id: 'service:postgresql',
      name: 'PostgreSQL leads here',
      http: 'http://172.30.5.12:8008/primary',
      method: 'OPTIONS',
      interval: '5s',
      timeout: '2s',
    };
    expect(config({ node: 'node2', dcs: 'etcd' })).toMatchObject({
      services: [{ name: 'postgresql', address: '172.30.5.12', port: 5432, check }],
    });
    expect(config({ node: 'node2' })).not.toHaveProperty('services');
    const placed = { database: ['node1', 'node3'] } as const;
    expect(config({ node: 'node2', dcs: 'etcd', placed })).not.toHaveProperty('services');
  });
});
