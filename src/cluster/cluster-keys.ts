import { LAYERS } from './layer';
import { TIMING_PROFILES } from './timing';

/** What a key takes: one value, a list of names, a list of its values, a mapping, or a list of mappings. */
export type ClusterKeyType =
  'text' | 'version' | 'number' | 'boolean' | 'names' | 'words' | 'mapping' | 'list';

/** A key of cluster.yaml: what the reader takes, the editor offers, the schema and the reference say. */
export interface ClusterKey {
  readonly name: string;
  readonly type: ClusterKeyType;
  /** True when it must be there, where the mapping it belongs to is. */
  readonly required?: boolean;
  /** Bounds of a number. */
  readonly least?: number;
  readonly most?: number;
  /** What it decides, in a sentence or two of Markdown. */
  readonly about: string;
  /** Values worth offering, with what each means. */
  readonly values?: readonly (readonly [value: string, about: string])[];
  /** Keys below it: of its mapping, or of each item of its list. */
  readonly keys?: readonly ClusterKey[];
  /** What completion writes behind the colon; a snippet. */
  readonly example?: string;
}

const LAYER_KEYS: readonly ClusterKey[] = [
  {
    name: 'enabled',
    type: 'boolean',
    about: 'Whether the layer runs at all. Left out: `true`.',
    values: [
      ['true', 'The layer runs.'],
      ['false', 'The layer is left out.'],
    ],
  },
  {
    name: 'nodes',
    type: 'names',
    about:
      'Names of the nodes the layer runs on. Left out: all of them; of an even number, coordination runs on all but the last.',
    example: '[${1:node1, node2, node3}]',
  },
];

const VOTERS: ClusterKey = {
  name: 'voters',
  type: 'names',
  about: 'Names of further nodes that hold no data of the layer and only vote in it.',
  example: '[${1:node3}]',
};

const POOLERS: ClusterKey = {
  name: 'poolers',
  type: 'names',
  about: 'Names of the nodes PgBouncer runs on. Left out: those of the layer.',
  example: '[${1:node3}]',
};

/** The layers that a lab runs unasked, for people. */
const USUAL_LAYERS = LAYERS.filter(({ usual }) => usual === true)
  .map(({ id }) => id)
  .join(', ');

const LAB_KEYS: readonly ClusterKey[] = [
  {
    name: 'profile',
    type: 'text',
    about: 'What the nodes run: `core` is one image with every service of the lab.',
    values: [['core', 'Debian with every real service; the application is a stand-in.']],
  },
  {
    name: 'timings',
    type: 'text',
    about: 'How fast failures are noticed. What gitlab.rb says wins.',
    values: Object.entries(TIMING_PROFILES).map(([id, { description }]) => [id, description] as const),
  },
  {
    name: 'memory_mb',
    type: 'number',
    least: 384,
    about: 'Memory of one node in MiB, at least 384. Left out: 1024.',
    example: '${1:1024}',
  },
  {
    name: 'cpus',
    type: 'number',
    least: 0,
    about: 'Processors of one node; 0 means no limit. Left out: 0.',
    example: '${1:0}',
  },
  {
    name: 'http_port',
    type: 'number',
    least: 0,
    most: 65535,
    about:
      'Port of this machine, on 127.0.0.1, that leads to the virtual address. 0 or left out: any free one.',
    example: '${1:0}',
  },
  ...(['https_port', 'ssh_port'] as const).map((name) => ({
    name,
    type: 'number' as const,
    least: 0,
    most: 65535,
    about: `The same for ${name === 'ssh_port' ? 'SSH' : 'HTTPS'}, where haproxy.cfg leads in by it. 0 or left out: any free one.`,
    example: '${1:0}',
  })),
  {
    name: 'layers',
    type: 'words',
    about: `The layers the lab runs, of those in this file; what they need comes along. Left out: those that gitlab.rb configures, and ${USUAL_LAYERS}.`,
    values: LAYERS.map(({ id, title }) => [id, `${title}.`] as const),
    example: '[${1:database, cache}]',
  },
];

/** Every key a cluster.yaml may have. */
export const CLUSTER_KEYS: readonly ClusterKey[] = [
  {
    name: 'name',
    type: 'text',
    required: true,
    about: 'Name of the cluster, and of its lab: one lab per name.',
    example: '${1:cluster}',
  },
  {
    name: 'domain',
    type: 'text',
    about: "The cluster's domain. Left out: gitlab.example.com.",
    example: '${1:gitlab.example.com}',
  },
  {
    name: 'gitlab_version',
    type: 'version',
    about: 'Version of GitLab the gitlab.rb files are checked for, in quotes. Left out: 19.3.',
    example: '"${1:19.3}"',
  },
  {
    name: 'haproxy_version',
    type: 'version',
    about: 'Version of HAProxy the haproxy.cfg files are checked for, in quotes. Left out: 3.0.',
    example: '"${1:3.0}"',
  },
  {
    name: 'dcs',
    type: 'text',
    about: 'Where Patroni keeps who leads. A lab that exists keeps the one it was made with.',
    values: [
      ['consul', 'Consul, as in the package. Left out: this one.'],
      [
        'etcd',
        'etcd, one member on each node of layer coordination. Consul still says which services are there.',
      ],
    ],
  },
  {
    name: 'network',
    type: 'mapping',
    required: true,
    about: "The nodes' network and the virtual address in it.",
    keys: [
      {
        name: 'subnet',
        type: 'text',
        required: true,
        about: 'The network of the nodes, from /8 to /28. A lab maps it to a network of its own.',
        example: '${1:172.30.0.0/24}',
      },
      {
        name: 'vip',
        type: 'text',
        required: true,
        about: 'The virtual address: a free one of the subnet, which Keepalived moves between the nodes.',
        example: '${1:172.30.0.100}',
      },
    ],
  },
  {
    name: 'nodes',
    type: 'list',
    required: true,
    about: 'The machines, three to fifteen, each with a name and an address.',
    keys: [
      {
        name: 'name',
        type: 'text',
        required: true,
        about: 'Host name; its files are in `nodes/<name>/`. Small letters, digits, inner hyphens.',
        example: '${1:node1}',
      },
      {
        name: 'address',
        type: 'text',
        required: true,
        about: 'IPv4 address inside the subnet. Or a host name: the lab gives it an address and knows it.',
        example: '${1:172.30.0.11}',
      },
      {
        name: 'host',
        type: 'text',
        about:
          'Host name by which other files name the machine, beside its address: they get the address in the lab.',
        example: '${1:node1.example.com}',
      },
    ],
  },
  {
    name: 'layers',
    type: 'mapping',
    about: 'Which layer runs where. A layer that is not named runs on all nodes.',
    keys: LAYERS.map(({ id, title, meaning, voters, poolers }) => ({
      name: id,
      type: 'mapping',
      about: `${title}. ${meaning}`,
      keys: [...LAYER_KEYS, ...(voters === true ? [VOTERS] : []), ...(poolers === true ? [POOLERS] : [])],
    })),
  },
  { name: 'lab', type: 'mapping', about: 'What only the lab needs to know.', keys: LAB_KEYS },
];

/** The keys below a path of keys; undefined where the path names none. */
export function keysBelow(path: readonly string[]): readonly ClusterKey[] | undefined {
  let keys: readonly ClusterKey[] | undefined = CLUSTER_KEYS;
  for (const name of path) keys = keys?.find((key) => key.name === name)?.keys;
  return keys;
}

/** Names of the keys below a path. */
export function keyNames(...path: readonly string[]): readonly string[] {
  return (keysBelow(path) ?? []).map(({ name }) => name);
}
