import type { Cluster, LayerPlacement } from '../../../../src/cluster/cluster';
import { defaultSettings } from '../../../../src/services/settings';
import { LAYERS } from '../../../../src/cluster/layer';
import type { LayerId } from '../../../../src/cluster/layer';
import type { PlannedWorkspace } from '../../../../src/lab/plan/make-plan';
import { completeSecrets } from '../../../../src/services/secrets';
import type { LabSecrets } from '../../../../src/services/secrets';

/** A cluster with these addresses; everything else is as in the sample workspace. */
export function clusterOf(subnet: string, addresses: readonly string[], vip: string): Cluster {
  const nodes = addresses.map((address, index) => ({ name: `node${index + 1}`, address }));
  const names = nodes.map((node) => node.name);
  const layers: Partial<Record<LayerId, LayerPlacement>> = {};
  for (const { id } of LAYERS) layers[id] = { enabled: true, nodes: names };
  return {
    name: 'sample',
    domain: 'gitlab.example.com',
    gitlabVersion: '19.3',
    haproxyVersion: '3.0',
    dcs: 'consul',
    subnet,
    vip,
    nodes,
    layers: layers as Cluster['layers'],
    lab: { profile: 'core', timings: 'fast', memoryMb: 1024, cpus: 0, httpPort: 0 },
  };
}

/** A workspace on a production-like network. */
export function workspaceOf(cluster: Cluster): PlannedWorkspace {
  return {
    cluster,
    nodes: cluster.nodes.map((node) => ({
      node,
      settings: defaultSettings(cluster, node),
      haproxyCfg: { text: `frontend http\n  bind ${cluster.vip}:80\n` },
      keepalivedConf: {
        text: `vrrp_instance VI_1 {\n  interface ens192\n  unicast_src_ip ${node.address}\n}\n`,
      },
      gitlabRb: { text: `patroni['name'] = '${node.name}' # ${node.address}\n` },
    })),
  };
}

/** Known ones, and a fixed value for every secret that a service may have besides. */
export const SECRETS: LabSecrets = completeSecrets(
  {
    postgresSuperuser: 'superuser-secret',
    postgresReplication: 'replication-secret',
    postgresApplication: 'application-secret',
    pgbouncerAdmin: 'pgbouncer-secret',
    patroniRest: 'patroni-secret',
    redis: 'redis-secret',
    haproxyStats: 'haproxy-secret',
    vrrp: 'vrrp8888',
    consulGossip: 'Y29uc3VsLWdvc3NpcC1rZXktb2YtMzItYnl0ZXMhISE=',
  },
  (size) => Buffer.alloc(size, 's'),
);
