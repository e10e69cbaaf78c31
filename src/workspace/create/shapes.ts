import type { LayerId } from '../../cluster/layer';
import type { LayerAnswer } from './answers';

export type Layers = Readonly<Partial<Record<LayerId, LayerAnswer>>>;

/** A usual way to place the layers on nodes. */
export interface Shape {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** Nodes it needs at least. */
  readonly least: number;
  /** @param nodes names, at least `least` */
  readonly place: (nodes: readonly string[]) => Layers;
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
    id: 'voter',
    title: 'The last node only votes',
    about: 'Votes without data on the last node; database, cache and entrance on the others.',
    least: 3,
    place: withVoter,
  },
  {
    id: 'roles',
    title: 'One role per machine',
    about: 'Votes on three nodes, then machines for the database, for the cache and for the entrance.',
    least: 9,
    place: onePerMachine,
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
