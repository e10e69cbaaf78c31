import type { Cluster } from '../cluster/cluster';
import type { Event } from './event';
import { tell } from './events';
import { emptyModel, sourceKey } from './model';
import type { Model, NodeFacts } from './model';
import type { Observation } from './observation';
import { project } from './project';
import type { ClusterState, ContainerState } from './state';

/** What the reducer carries from one observation to the next. Plain data. */
export interface Reduced {
  readonly model: Model;
  readonly state: ClusterState;
}

/** The beginning: everything is unknown. */
export function initial(lab: string, cluster: Cluster): Reduced {
  const model = emptyModel(lab, cluster);
  return { model, state: project(model) };
}

/** Forgets all facts, not what events were told about: for the time nobody looks. */
export function restart(before: Reduced): Reduced {
  const { lab, cluster, now, known } = before.model;
  const model = { ...emptyModel(lab, cluster), now, known };
  return { model, state: project(model) };
}

/**
 * Takes one observation in. Never throws; the same observation again changes nothing but the time; facts about
 * nodes the cluster does not have are left out.
 */
export function reduce(
  before: Reduced,
  observation: Observation,
): Reduced & { readonly events: readonly Event[] } {
  const now = Math.max(before.model.now, observation.at);
  const learned = learn({ ...before.model, now }, observation);
  const state = project(learned);
  const { known, events } = tell(learned, state);
  return { model: { ...learned, known }, state, events };
}

function learn(model: Model, observation: Observation): Model {
  if ('node' in observation && observation.node !== undefined && !hasNode(model, observation.node))
    return model;
  const { at } = observation;
  switch (observation.kind) {
    case 'tick':
      return model;
    case 'source':
      return learnSource(model, observation);
    case 'container':
      return found(learnContainer(model, observation), 'docker');
    case 'services':
      return onNode(model, observation.node, at, 'services', observation.services);
    case 'addresses':
      return onNode(model, observation.node, at, 'addresses', observation.addresses);
    case 'pgbouncer':
      return onNode(model, observation.node, at, 'pgbouncer', observation.hosts);
    case 'patroni':
      return onNode(model, observation.node, at, 'patroni', observation.answer);
    case 'redis':
      return onNode(model, observation.node, at, 'redis', observation.info);
    case 'sentinel':
      return onNode(model, observation.node, at, 'sentinel', observation.view);
    case 'haproxy':
      return onNode(model, observation.node, at, 'haproxy', observation.rows);
    case 'consul-leader':
    case 'consul-servers':
    case 'consul-checks':
    case 'patroni-keys':
    case 'patroni-leader':
      return found(learnShared(model, observation), 'consul');
  }
}

type Shared = Extract<
  Observation,
  { kind: 'consul-leader' | 'consul-servers' | 'consul-checks' | 'patroni-keys' | 'patroni-leader' }
>;

/** An agent that lags may answer with an older index; after this long its answer counts nevertheless. */
const INDEX_TRUST_MS = 15_000;

function learnShared(model: Model, observation: Shared): Model {
  const { shared } = model;
  const { at } = observation;
  const put = (facts: Partial<Model['shared']>): Model => ({ ...model, shared: { ...shared, ...facts } });
  switch (observation.kind) {
    case 'consul-leader':
      if (isOlder(shared.raft, at)) return model;
      return put({ raft: { at, value: { via: observation.via, address: observation.address } } });
    case 'consul-servers': {
      if (isOlder(shared.servers, at)) return model;
      const { servers, failureTolerance } = observation;
      return put({ servers: { at, value: { servers, failureTolerance } } });
    }
    case 'consul-checks':
      return isOlder(shared.checks, at) ? model : put({ checks: { at, value: observation.checks } });
    case 'patroni-keys': {
      const { index, keys } = observation;
      return isSuperseded(shared.keys, observation) ? model : put({ keys: { at, index, value: keys } });
    }
    case 'patroni-leader': {
      const { index, leader } = observation;
      return isSuperseded(shared.leaderKey, observation)
        ? model
        : put({ leaderKey: { at, index, value: leader } });
    }
  }
}

function isSuperseded(
  fact: { readonly at: number; readonly index: number } | undefined,
  observation: { readonly at: number; readonly index: number },
): boolean {
  if (!fact) return false;
  if (observation.index < fact.index) return observation.at - fact.at < INDEX_TRUST_MS;
  return observation.index === fact.index && observation.at < fact.at;
}

function learnSource(model: Model, observation: Extract<Observation, { kind: 'source' }>): Model {
  const key = sourceKey(observation.source, observation.node);
  if (observation.connected) return found(model, observation.source, observation.node);
  if (model.lost[key] !== undefined) return model;
  const reason = observation.reason ?? 'connection lost';
  return { ...model, lost: { ...model.lost, [key]: { at: observation.at, reason } } };
}

function learnContainer(model: Model, observation: Extract<Observation, { kind: 'container' }>): Model {
  const { at, node } = observation;
  const before = model.nodes[node] ?? {};
  let facts: NodeFacts = before;
  const { state } = observation;
  if (state !== undefined && !isOlder(before.state, at)) {
    facts = { ...forgetInside(facts, before.state?.value, state, at), state: { at, value: state } };
  }
  if ('connected' in observation && !isOlder(before.attached, at)) {
    facts = { ...facts, attached: { at, value: observation.connected } };
  }
  return facts === before ? model : { ...model, nodes: { ...model.nodes, [node]: facts } };
}

/** How much earlier than the engine's word a probe from inside may have noticed that the node runs again. */
const HEAD_START_MS = 500;

/** What was seen inside a node before it stopped or froze says nothing about it afterwards. */
function forgetInside(
  facts: NodeFacts,
  from: ContainerState | undefined,
  to: ContainerState,
  at: number,
): NodeFacts {
  const stands = (state: ContainerState | undefined): boolean => state === 'running' || state === 'unknown';
  if (from === undefined || stands(from) === stands(to)) return facts;
  if (!stands(to)) return {};
  const { attached, ...inside } = facts;
  const kept = Object.fromEntries(Object.entries(inside).filter(([, fact]) => fact.at >= at - HEAD_START_MS));
  return attached ? { ...kept, attached } : kept;
}

const SOURCE_OF = {
  services: 'node',
  addresses: 'node',
  pgbouncer: 'node',
  patroni: 'patroni',
  redis: 'redis',
  sentinel: 'sentinel',
  haproxy: 'haproxy',
} as const;

function onNode<K extends keyof typeof SOURCE_OF>(
  model: Model,
  node: string,
  at: number,
  key: K,
  value: NonNullable<NodeFacts[K]>['value'],
): Model {
  const facts = model.nodes[node] ?? {};
  if (isOlder(facts[key], at)) return model;
  const updated = { ...model, nodes: { ...model.nodes, [node]: { ...facts, [key]: { at, value } } } };
  return found(updated, SOURCE_OF[key], node);
}

/** A source that delivers is not lost. */
function found(
  model: Model,
  source: (typeof SOURCE_OF)[keyof typeof SOURCE_OF] | 'docker' | 'consul',
  node?: string,
): Model {
  const key = sourceKey(source, node);
  if (model.lost[key] === undefined) return model;
  return { ...model, lost: Object.fromEntries(Object.entries(model.lost).filter(([name]) => name !== key)) };
}

function isOlder(fact: { readonly at: number } | undefined, at: number): boolean {
  return fact !== undefined && at < fact.at;
}

function hasNode(model: Model, node: string): boolean {
  return model.cluster.nodes.some(({ name }) => name === node);
}
