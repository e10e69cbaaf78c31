import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { clientsOf, nodesOf } from '../core/placement';
import { POSTGRESQL_SETTINGS } from '../patroni/postgresql/postgresql-settings';
import { PATRONI_SETTINGS } from '../patroni/settings';
import { CONSUL_USER } from './account';
import { LEADS_CHECK } from './facts';
import { GOSSIP_KEY } from './secrets';
import { CONSUL_SETTINGS } from './settings';

/**
 * Consul's configuration. Keys exist in 1.8 (Debian's) as well as in today's official versions. HTTP and DNS answer
 * on the loopback only, as in the package: whoever reaches them could change who leads the database.
 */
export function renderConsul(context: ServiceContext): readonly NodeFile[] {
  const content = `${JSON.stringify(consulConfig(context), null, 2)}\n`;
  return [privateFile('/var/opt/gitlab/consul/config.json', content, CONSUL_USER)];
}

/** Who should be there, for the script that brings agents together again after a network cut, and who may vote. */
export function consulEnvironment(context: ServiceContext): Readonly<Record<string, string | number>> {
  const { coordination } = context.cluster.layers;
  const clients = clientsOf(context, 'database');
  const members = context.cluster.nodes.filter(
    (node) => coordination.nodes.includes(node.name) || clients.includes(node),
  );
  const peers = members.filter(({ name }) => name !== context.node.name);
  return {
    // The script counts all that gossip holds for alive, agents without a vote among them.
    LAB_CONSUL_SERVERS: members.length,
    LAB_CONSUL_PEERS: peers.map((peer) => peer.address).join(' '),
    LAB_CONSUL_VOTERS: context.cluster.nodes
      .filter(({ name }) => coordination.nodes.includes(name))
      .map(({ address }) => address)
      .join(' '),
  };
}

function consulConfig(context: ServiceContext): object {
  const { node, timings } = context;
  const consul = context.settings(CONSUL_SETTINGS);
  return {
    node_name: node.name,
    datacenter: consul.datacenter,
    data_dir: '/var/opt/gitlab/consul/data',
    log_level: consul.logLevel,
    bind_addr: node.address,
    advertise_addr: node.address,
    client_addr: '127.0.0.1',
    // No WAN pool: there is one data centre.
    ports: { serf_wan: -1 },
    server: consul.server,
    ...(consul.server ? { bootstrap_expect: consul.bootstrapExpect } : {}),
    retry_join: consul.retryJoin,
    retry_interval: '1s',
    encrypt: context.secret(GOSSIP_KEY),
    performance: {
      raft_multiplier: consul.raftMultiplier,
      rpc_hold_timeout: holdTimeout(consul.raftMultiplier),
    },
    gossip_lan: {
      probe_interval: `${timings.consulProbeIntervalMs}ms`,
      probe_timeout: `${timings.consulProbeTimeoutMs}ms`,
      suspicion_mult: timings.consulSuspicionMultiplier,
    },
    autopilot: {
      // Otherwise a dead server is removed within seconds and comes back without a vote: a second failure right
      // after the first was healed would then cost the quorum.
      cleanup_dead_servers: false,
      server_stabilization_time: '1s',
    },
    // A server that stops is expected back; leaving would take it out of the quorum.
    leave_on_terminate: false,
    skip_leave_on_interrupt: true,
    rejoin_after_leave: true,
    // Containers of one machine share its hardware id.
    disable_host_node_id: true,
    disable_update_check: true,
    disable_anonymous_signature: true,
    // Network coordinates serve proximity routing between data centres and cost idle time.
    disable_coordinates: true,
    connect: { enabled: false },
    ...announced(context),
    enable_script_checks: false,
    enable_local_script_checks: false,
  };
}

/**
 * PostgreSQL of this node, which Patroni announces itself where it keeps its state in Consul. Where it does not, the agent
 * does, as the package's `consul['services'] = %w[postgresql]` has it: well where the leader is.
 */
function announced({ cluster, node, settings }: ServiceContext): object {
  if (cluster.dcs === 'consul' || !nodesOf({ cluster }, 'database').some(({ name }) => name === node.name))
    return {};
  const check = {
    id: LEADS_CHECK,
    name: 'PostgreSQL leads here',
    http: `http://${node.address}:${settings(PATRONI_SETTINGS).restPort}/primary`,
    method: 'OPTIONS',
    interval: '5s',
    timeout: '2s',
  };
  const { port } = settings(POSTGRESQL_SETTINGS);
  return { services: [{ name: 'postgresql', address: node.address, port, check }] };
}

/**
 * How long a request is held while there is no Raft leader: Consul's 7 s at its own multiplier of 5, less in proportion
 * when an election takes less. A held request looks for the new leader at random times a sixteenth of this apart.
 */
function holdTimeout(raftMultiplier: number): string {
  return `${raftMultiplier * 1_400}ms`;
}
