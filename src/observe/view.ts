import { machinesOf } from '../cluster/machines';
import type { Believed, ClusterFact, NodeFact } from '../services/core/live/fact';
import { ADDRESSES } from '../services/core/live/view';
import type { NodeView, Placement, View } from '../services/core/live/view';
import { DOCKER_SOURCE } from './container-source';
import { believed } from './model';
import type { Fact, Model, NodeFacts } from './model';

const NOTHING_SEEN: NodeFacts = { inside: {} };

/**
 * All facts that are still believed at `model.now`, for the services to conclude from. Pure. The model holds plain data;
 * the name of a fact, unique among all services, says what its values are.
 */
export function viewOf(model: Model, placement: Placement): View {
  const { cluster } = model;
  const nodes = machinesOf(cluster).map((node) => nodeView(model, node.name, node.address));
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const concluded = new Map<(view: View) => unknown, unknown>();
  const view: View = {
    cluster,
    placement,
    nodes,
    node: (name) => (name === undefined ? undefined : byName.get(name)),
    fact: (fact) => sharedFact(model, fact),
    conclude: <T>(conclusion: (view: View) => T): T => {
      if (!concluded.has(conclusion)) concluded.set(conclusion, conclusion(view));
      // What stands under a function is what that function gave.
      return concluded.get(conclusion) as T;
    },
  };
  return view;
}

function nodeView(model: Model, name: string, address: string): NodeView {
  const facts = model.nodes[name] ?? NOTHING_SEEN;
  const container = believed(model, facts.state, DOCKER_SOURCE)?.value ?? 'unknown';
  const stands = container === 'running' || container === 'unknown';
  const fact = <T>(wanted: NodeFact<T>): Believed<T> =>
    stands
      ? believed(model, facts.inside[wanted.name] as Fact<T> | undefined, wanted.source, name)
      : undefined;
  const connected = stands ? isConnected(model, facts, address, fact(ADDRESSES)?.value) : undefined;
  return { name, address, container, connected, usable: stands && connected !== false, fact };
}

function isConnected(
  model: Model,
  facts: NodeFacts,
  address: string,
  addresses: readonly string[] | undefined,
): boolean | undefined {
  const attached = believed(model, facts.attached, DOCKER_SOURCE)?.value;
  if (attached === false || (addresses && !addresses.includes(address))) return false;
  return attached === true || addresses ? true : undefined;
}

function sharedFact<T>(model: Model, wanted: ClusterFact<T>): Fact<T> | undefined {
  const fact = model.shared[wanted.name] as Fact<T> | undefined;
  if (wanted.freshMs === undefined) return believed(model, fact, wanted.source);
  return fact && model.now - fact.at <= wanted.freshMs ? fact : undefined;
}
