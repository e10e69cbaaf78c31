import type { Cluster } from '../../../../src/cluster/cluster';
import { labCluster } from '../../../../src/services/lab-layers';
import { defaultSettings } from '../../../../src/services/settings';
import { LAYERS } from '../../../../src/cluster/layer';
import type { LayerId } from '../../../../src/cluster/layer';
import type { NodeSettings } from '../../../../src/services/settings';
import type { TimingProfileId } from '../../../../src/cluster/timing';
import { completeSecrets } from '../../../../src/services/secrets';
import type { LabSecrets } from '../../../../src/services/secrets';
import type { ServiceContext } from '../../../../src/services/core/context';
import type { RenderContext } from '../../../../src/lab/render/context';
import { serviceContext } from '../../../../src/lab/render/service-context';
import type { PlannedFile } from '../../../../src/lab/plan/plan';

/** Known ones, and a fixed value for every secret that a service may have besides. */
export const SECRETS: LabSecrets = completeSecrets(
  {
    postgresSuperuser: 'secret-superuser',
    postgresReplication: 'secret-replication',
    postgresApplication: 'secret-application',
    pgbouncerAdmin: 'secret-pgbouncer',
    patroniRest: 'secret-patroni',
    redis: 'secret-redis',
    haproxyStats: 'secret-stats',
    vrrp: 'secret-v',
    consulGossip: 'c2VjcmV0LWdvc3NpcC1rZXktMzItYnl0ZXMtbG9uZyE=',
  },
  (size) => Buffer.alloc(size, 's'),
);

interface Choices {
  /** Layers the lab is asked to run; the usual ones when absent. */
  readonly layers?: readonly LayerId[];
  readonly node?: string;
  readonly dcs?: Cluster['dcs'];
  readonly timings?: TimingProfileId;
  readonly without?: readonly LayerId[];
  /** Nodes per layer, where not all. */
  readonly placed?: Readonly<Partial<Record<LayerId, readonly string[]>>>;
  /** Changes to a node's settings, on all nodes. */
  readonly change?: (settings: NodeSettings) => NodeSettings;
}

export function sampleCluster(choices: Choices = {}): Cluster {
  const nodes = [1, 2, 3].map((number) => ({ name: `node${number}`, address: `172.30.5.1${number}` }));
  const names = nodes.map((node) => node.name);
  const asked = choices.layers === undefined ? {} : { layers: choices.layers };
  const layers = Object.fromEntries(
    LAYERS.map(({ id }) => [
      id,
      { enabled: !choices.without?.includes(id), nodes: choices.placed?.[id] ?? names },
    ]),
  ) as Cluster['layers'];
  return labCluster({
    name: 'sample',
    domain: 'gitlab.example.com',
    gitlabVersion: '19.3',
    haproxyVersion: '3.0',
    dcs: choices.dcs ?? 'consul',
    subnet: '172.30.5.0/24',
    vip: '172.30.5.100',
    nodes,
    layers,
    lab: {
      profile: 'core',
      timings: choices.timings ?? 'fast',
      memoryMb: 1024,
      cpus: 0,
      httpPort: 0,
      ...asked,
    },
  });
}

export function sampleContext(choices: Choices = {}): RenderContext {
  const cluster = sampleCluster(choices);
  const node = cluster.nodes.find((candidate) => candidate.name === (choices.node ?? 'node1'));
  if (!node) throw new Error('no such node in the sample');
  const change = choices.change ?? ((settings: NodeSettings) => settings);
  const allSettings = Object.fromEntries(
    cluster.nodes.map((each) => [each.name, change(defaultSettings(cluster, each))]),
  );
  return {
    cluster,
    node,
    settings: change(defaultSettings(cluster, node)),
    allSettings,
    secrets: SECRETS,
    at: Date.UTC(2026, 10, 29),
    haproxyCfg: 'frontend http\n    bind 172.30.5.100:80\n',
    keepalivedConf: 'vrrp_instance gitlab {\n}\n',
    gitlabRb: "roles %w[consul_role]\nredis['password'] = 'mine'\n",
  };
}

/** What a service sees of it. */
export function sampleService(choices: Choices = {}): ServiceContext {
  return serviceContext(sampleContext(choices));
}

export function contentOf(files: readonly PlannedFile[], path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (typeof file?.content !== 'string') throw new Error(`no text file ${path}`);
  return file.content;
}
