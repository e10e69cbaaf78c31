import type { LayerId } from '../../cluster/layer';
import type { LayerAnswer } from './answers';

export type Layers = Readonly<Partial<Record<LayerId, LayerAnswer>>>;

/** What a lab needs least: the database, Redis, who leads, and the way in. */
export const LEAST_LAYERS: readonly LayerId[] = ['coordination', 'database', 'cache', 'access'];

/** A usual way to place the layers on nodes. */
export interface Shape {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** Nodes it needs at least. */
  readonly least: number;
  /** @param nodes names, at least `least` */
  readonly place: (nodes: readonly string[]) => Layers;
  /** Where the cluster has a part of the layers only. */
  readonly asked?: readonly LayerId[];
}

/** The usual ways, the simplest first. */
export const SHAPES: readonly Shape[] = [
  {
    id: 'same',
    title: 'The same on every node',
    about: 'Every service on every node; of an even number the last has no vote.',
    least: 0,
    place: () => ({}),
  },
  {
    id: 'small',
    title: 'The same on every node, without the application',
    about: 'Coordination, database, cache and entrance on every node: for a small machine.',
    least: 0,
    place: () => ({}),
    asked: LEAST_LAYERS,
  },
  {
    id: 'voter',
    title: 'The last node only votes',
    about: 'Votes without data on the last node; everything else on the others.',
    least: 3,
    place: withVoter,
  },
  {
    id: 'roles',
    title: 'One role per machine',
    about: 'Votes on three nodes, then machines for the database, for the cache and for the entrance.',
    least: 9,
    place: onePerMachine,
    asked: LEAST_LAYERS,
  },
];

function withVoter(nodes: readonly string[]): Layers {
  const data = nodes.slice(0, -1);
  const voter = nodes.slice(-1);
  const servers = data.length % 2 === 0 ? data : data.slice(0, -1);
  return {
    coordination: { nodes: [...servers, ...voter] },
    database: { nodes: data },
    cache: { nodes: data, voters: voter },
    git: { nodes: data },
    application: { nodes: data },
    access: { nodes: data },
  };
}

/** Two machines each, three databases from ten nodes on; what is left over are replicas of the database. */
function onePerMachine(nodes: readonly string[]): Layers {
  const servers = nodes.slice(0, 3);
  const entrances = nodes.slice(-2);
  const caches = nodes.slice(-4, -2);
  return {
    coordination: { nodes: servers },
    database: { nodes: nodes.slice(3, -4) },
    cache: { nodes: caches, voters: servers },
    access: { nodes: entrances },
  };
}
