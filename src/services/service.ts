import type { LayerId } from '../cluster/layer';

/** A component that runs on a node, under its runit name (facts: Omnibus service names). */
export type ServiceId =
  | 'consul'
  | 'etcd'
  | 'patroni'
  | 'pgbouncer'
  | 'redis'
  | 'sentinel'
  | 'gitaly'
  | 'praefect'
  | 'puma'
  | 'sidekiq'
  | 'gitlab-workhorse'
  | 'haproxy'
  | 'keepalived'
  | 'object-storage'
  | 'prometheus'
  | 'alertmanager'
  | 'grafana'
  | 'node-exporter'
  | 'backup';

export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'tcp+udp' | 'vrrp';
}

export interface Service {
  readonly id: ServiceId;
  readonly layer: LayerId;
  readonly title: string;
  /** Roots in gitlab.rb that configure it; empty where a file of its own does. */
  readonly gitlabRbRoots: readonly string[];
  readonly ports: readonly ServicePort[];
  /** True when the core lab of this version runs it; the others exist in the model only. */
  readonly deployed: boolean;
}

const tcp = (name: string, port: number): ServicePort => ({ name, port, protocol: 'tcp' });

/** Ports: GitLab's package defaults; see docs/architecture.md for the sources. */
export const SERVICES: readonly Service[] = [
  {
    id: 'consul',
    layer: 'coordination',
    title: 'Consul server',
    gitlabRbRoots: ['consul'],
    ports: [
      tcp('rpc', 8300),
      { name: 'serf', port: 8301, protocol: 'tcp+udp' },
      tcp('http', 8500),
      { name: 'dns', port: 8600, protocol: 'tcp+udp' },
    ],
    deployed: true,
  },
  {
    id: 'etcd',
    layer: 'coordination',
    title: 'etcd (alternative DCS)',
    gitlabRbRoots: [],
    ports: [tcp('client', 2379), tcp('peer', 2380)],
    deployed: false,
  },
  {
    id: 'patroni',
    layer: 'database',
    title: 'PostgreSQL (Patroni)',
    gitlabRbRoots: ['patroni', 'postgresql'],
    ports: [tcp('postgresql', 5432), tcp('rest', 8008)],
    deployed: true,
  },
  {
    id: 'pgbouncer',
    layer: 'database',
    title: 'PgBouncer',
    gitlabRbRoots: ['pgbouncer'],
    ports: [tcp('pool', 6432)],
    deployed: true,
  },
  {
    id: 'redis',
    layer: 'cache',
    title: 'Redis',
    gitlabRbRoots: ['redis'],
    ports: [tcp('redis', 6379)],
    deployed: true,
  },
  {
    id: 'sentinel',
    layer: 'cache',
    title: 'Sentinel',
    gitlabRbRoots: ['sentinel'],
    ports: [tcp('sentinel', 26379)],
    deployed: true,
  },
  {
    id: 'gitaly',
    layer: 'git',
    title: 'Gitaly',
    gitlabRbRoots: ['gitaly'],
    ports: [tcp('gitaly', 8075)],
    deployed: false,
  },
  {
    id: 'praefect',
    layer: 'git',
    title: 'Praefect',
    gitlabRbRoots: ['praefect'],
    ports: [tcp('praefect', 2305)],
    deployed: false,
  },
  {
    id: 'puma',
    layer: 'application',
    title: 'Puma (Rails)',
    gitlabRbRoots: ['puma', 'gitlab_rails'],
    ports: [tcp('puma', 8080)],
    deployed: false,
  },
  {
    id: 'sidekiq',
    layer: 'application',
    title: 'Sidekiq',
    gitlabRbRoots: ['sidekiq'],
    ports: [tcp('metrics', 8082), tcp('health', 8092)],
    deployed: false,
  },
  {
    id: 'gitlab-workhorse',
    layer: 'application',
    title: 'Workhorse',
    gitlabRbRoots: ['gitlab_workhorse'],
    ports: [tcp('workhorse', 8181)],
    deployed: false,
  },
  {
    id: 'haproxy',
    layer: 'access',
    title: 'HAProxy',
    gitlabRbRoots: [],
    ports: [tcp('http', 80), tcp('stats', 8404)],
    deployed: true,
  },
  {
    id: 'keepalived',
    layer: 'access',
    title: 'Keepalived',
    gitlabRbRoots: [],
    ports: [{ name: 'vrrp', port: 112, protocol: 'vrrp' }],
    deployed: true,
  },
  {
    id: 'object-storage',
    layer: 'objects',
    title: 'S3 object storage',
    gitlabRbRoots: [],
    ports: [tcp('s3', 9000)],
    deployed: false,
  },
  {
    id: 'prometheus',
    layer: 'observability',
    title: 'Prometheus',
    gitlabRbRoots: ['prometheus'],
    ports: [tcp('prometheus', 9090)],
    deployed: false,
  },
  {
    id: 'alertmanager',
    layer: 'observability',
    title: 'Alertmanager',
    gitlabRbRoots: ['alertmanager'],
    ports: [tcp('alertmanager', 9093)],
    deployed: false,
  },
  {
    id: 'grafana',
    layer: 'observability',
    title: 'Grafana',
    gitlabRbRoots: [],
    ports: [tcp('grafana', 3000)],
    deployed: false,
  },
  {
    id: 'node-exporter',
    layer: 'observability',
    title: 'Node exporter',
    gitlabRbRoots: ['node_exporter'],
    ports: [tcp('metrics', 9100)],
    deployed: false,
  },
  {
    id: 'backup',
    layer: 'observability',
    title: 'Backups',
    gitlabRbRoots: ['gitlab_backup_cli'],
    ports: [],
    deployed: false,
  },
];

/** The service with this id. */
export function service(id: ServiceId): Service {
  const found = SERVICES.find((candidate) => candidate.id === id);
  if (!found) throw new RangeError(`no such service: ${id}`);
  return found;
}

/** The services the core lab runs on every node, in start order. */
export function deployedServices(): readonly Service[] {
  return SERVICES.filter((candidate) => candidate.deployed);
}
