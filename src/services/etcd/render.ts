import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { ETCD_USER } from './account';
import { CLIENT_PORT, etcdEndpoints, etcdNodes, PEER_PORT } from './endpoints';

export const ETCD_FILE = '/var/opt/gitlab/etcd/etcd.json';

/** etcd's own file, in JSON, which is YAML too: its start script and the plan of a change read it. */
export function renderEtcd(context: ServiceContext): readonly NodeFile[] {
  return [privateFile(ETCD_FILE, `${JSON.stringify(etcdConfig(context), null, 2)}\n`, ETCD_USER)];
}

/** How scripts reach the members; nothing where there are none. */
export function etcdEnvironment({ cluster }: ServiceContext): Readonly<Partial<Record<'LAB_ETCD', string>>> {
  const endpoints = etcdEndpoints(cluster);
  return endpoints.length === 0 ? {} : { LAB_ETCD: endpoints.join(' ') };
}

function etcdConfig({ cluster, node }: ServiceContext): object {
  const members = etcdNodes(cluster).map(({ name, address }) => `${name}=${peerUrl(address)}`);
  return {
    name: node.name,
    'data-dir': '/var/opt/gitlab/etcd/data',
    'listen-client-urls': `${clientUrl(node.address)},${clientUrl('127.0.0.1')}`,
    'advertise-client-urls': clientUrl(node.address),
    'listen-peer-urls': peerUrl(node.address),
    'initial-advertise-peer-urls': peerUrl(node.address),
    'initial-cluster': members.join(','),
    'initial-cluster-token': cluster.name,
    // etcd's own values: a leader that is silent for a second is replaced.
    'heartbeat-interval': 100,
    'election-timeout': 1_000,
    // A member that was away asks first whether it would be elected, and does not disturb the leader.
    'pre-vote': true,
    // Every member writes its key and the leader its position each second: old revisions would fill the disk.
    'auto-compaction-mode': 'revision',
    'auto-compaction-retention': '1000',
    'snapshot-count': 10_000,
    'strict-reconfig-check': true,
    'log-level': 'info',
    logger: 'zap',
    'log-outputs': ['stderr'],
  };
}

function clientUrl(address: string): string {
  return `http://${address}:${CLIENT_PORT}`;
}

function peerUrl(address: string): string {
  return `http://${address}:${PEER_PORT}`;
}
