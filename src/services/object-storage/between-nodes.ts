import type { Cluster } from '../../cluster/cluster';
import type { BetweenNodes, Contradiction, Peer } from '../core/between-nodes';
import { OBJECT_STORAGE_SETTINGS } from './settings';

type Code = 'LAB035' | 'LAB036';
type Found = readonly Contradiction<Code>[];

const STORE = ['gitlab_rails', 'object_store'];
/** What Fog calls stores that speak S3. */
const S3 = 'aws';
const REGION = 'The region of object_store';

export const objectStorageBetween: BetweenNodes<Code> = {
  contradictions: (_cluster, nodes, lab) => {
    if (!runsStore(lab)) return [];
    const users = nodes.filter((node) => usesStore(lab, node));
    return [...users.flatMap(otherProvider), ...differing(users)];
  },
};

function runsStore({ layers }: Cluster): boolean {
  return layers.objects.enabled;
}

/** Where the application runs; of a node without a file that is told already. */
function usesStore({ layers }: Cluster, node: Peer): boolean {
  const { enabled, nodes } = layers.application;
  if (enabled && !nodes.includes(node.name)) return false;
  return node.written(['gitlab_rails']) !== undefined;
}

function otherProvider(node: Peer): Found {
  const { provider } = node.settings(OBJECT_STORAGE_SETTINGS);
  if (provider.toLowerCase() === S3) return [];
  return [
    {
      code: 'LAB035',
      severity: 'error',
      node,
      range: node.written([...STORE, 'connection', 'provider'])?.range,
      message: `The provider of object_store is '${provider}', and the lab's object store speaks S3 only.`,
      remedy: "Write 'AWS' with an endpoint, or leave layer objects out of lab.layers.",
    },
  ];
}

/** One store is made from the first node's file: another node would look for its objects elsewhere. */
function differing(nodes: readonly Peer[]): Found {
  const [first, ...others] = nodes;
  if (first === undefined) return [];
  const own = placesOf(first);
  return others.flatMap((node): Found => {
    const found = [...placesOf(node)].find(([what, place]) => own.get(what) !== place);
    if (found === undefined) return [];
    const [what, place] = found;
    return [
      {
        code: 'LAB036',
        severity: 'error',
        node,
        range: node.written(STORE)?.range,
        message: `${what} is '${place}' on ${node.name} but '${own.get(what) ?? ''}' on ${first.name}: ${what === REGION ? 'the store refuses what is signed for another region than its own' : 'what one node stores, the other does not find'}.`,
        remedy: 'Use the same object_store on all nodes.',
      },
    ];
  });
}

function placesOf(node: Peer): ReadonlyMap<string, string> {
  const { endpoint, region, buckets } = node.settings(OBJECT_STORAGE_SETTINGS);
  return new Map([
    ['The endpoint of object_store', endpoint],
    [REGION, region],
    ...Object.entries(buckets).map(([kind, name]) => [`The bucket of ${kind}`, name] as const),
  ]);
}
