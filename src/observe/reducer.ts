import type { Cluster } from '../cluster/cluster';
import { machinesOf } from '../cluster/machines';
import { isFact } from '../services/core/live/fact';
import type { FactObservation } from '../services/core/live/fact';
import type { Observation } from '../services/core/live/observation';
import { NODE_AGE } from '../services/core/live/view';
import type { ContainerState } from '../services/core/live/view';
import { DOCKER_SOURCE } from './container-source';
import type { Event } from './event';
import { tell } from './events/tell';
import { emptyModel, sourceKey } from './model';
import type { Fact, Facts, Model, NodeFacts } from './model';
import { placementOf } from './placement';
import type { ClusterPlacement } from './placement';
import { project } from './project';
import { noteWell, STARTING_MS } from './starting';
import type { ClusterState } from './state';
import { viewOf } from './view';

/** What the reducer carries from one observation to the next. */
export interface Reduced {
  /** Plain data. */
  readonly model: Model;
  readonly state: ClusterState;
  /** Follows from the cluster; kept because it is asked for with every observation. */
  readonly placement: ClusterPlacement;
}

/**
 * The beginning: everything is unknown.
 * @param startedAt milliseconds since the epoch at which all nodes were started, if that was a moment ago
 */
export function initial(lab: string, cluster: Cluster, startedAt?: number): Reduced {
  const model = emptyModel(lab, cluster);
  if (startedAt === undefined) return begin(model, placementOf(cluster));
  const start = { at: startedAt, well: [] };
  const nodes = Object.fromEntries(machinesOf(cluster).map(({ name }) => [name, { inside: {}, start }]));
  return begin({ ...model, now: startedAt, nodes }, placementOf(cluster));
}

/** Forgets all facts, not what events were told about: for the time nobody looks. */
export function restart(before: Reduced): Reduced {
  const { lab, cluster, now, known } = before.model;
  return begin({ ...emptyModel(lab, cluster), now, known }, before.placement);
}

function begin(model: Model, placement: ClusterPlacement): Reduced {
  return { model, placement, state: project(model, viewOf(model, placement), placement) };
}

/**
 * Takes one observation in. Never throws; the same observation again changes nothing but the time; facts about
 * nodes the cluster does not have are left out.
 */
export function reduce(
  before: Reduced,
  observation: Observation,
): Reduced & { readonly events: readonly Event[] } {
  const { placement } = before;
  const now = Math.max(before.model.now, observation.at);
  const learned = learn({ ...before.model, now }, observation);
  const view = viewOf(learned, placement);
  const state = project(learned, view, placement);
  const { known, events } = tell(learned, state, view, placement);
  return { model: { ...noteStarts(learned, state), known }, state, placement, events };
}

/** Remembers which services have been well since their node was started. */
function noteStarts(model: Model, state: ClusterState): Model {
  const nodes: Record<string, NodeFacts> = {};
  for (const { name, services } of state.nodes) {
    const facts = model.nodes[name];
    if (facts?.start === undefined) continue;
    const start = noteWell(facts.start, services, model.now);
    if (start !== facts.start) nodes[name] = withStart(facts, start);
  }
  return Object.keys(nodes).length === 0 ? model : { ...model, nodes: { ...model.nodes, ...nodes } };
}

function withStart(facts: NodeFacts, start: NodeFacts['start']): NodeFacts {
  const { state, attached, inside } = facts;
  return {
    inside,
    ...(state ? { state } : {}),
    ...(attached ? { attached } : {}),
    ...(start ? { start } : {}),
  };
}

function learn(model: Model, observation: Observation): Model {
  if ('node' in observation && observation.node !== undefined && !hasNode(model, observation.node))
    return model;
  switch (observation.kind) {
    case 'tick':
      return model;
    case 'source':
      return learnSource(model, observation);
    case 'container':
      return found(learnContainer(model, observation), DOCKER_SOURCE.id);
    case 'fact':
      return observation.node === undefined
        ? found(learnShared(model, observation), observation.source)
        : learnInside(model, observation, observation.node);
  }
}

/** An agent that lags may answer with an older index; after this long its answer counts nevertheless. */
const INDEX_TRUST_MS = 15_000;

function learnShared(model: Model, observation: FactObservation): Model {
  const shared = put(model.shared, observation);
  return shared === model.shared ? model : { ...model, shared };
}

function learnInside(model: Model, observation: FactObservation, node: string): Model {
  const facts = model.nodes[node] ?? { inside: {} };
  const inside = put(facts.inside, observation);
  if (inside === facts.inside) return model;
  const nodes = { ...model.nodes, [node]: startedBy({ ...facts, inside }, observation) };
  return found({ ...model, nodes }, observation.source, node);
}

/** A node that was started before anybody looked tells how long it has been running. */
function startedBy(facts: NodeFacts, observation: FactObservation): NodeFacts {
  if (facts.start !== undefined || !isFact(NODE_AGE, observation)) return facts;
  if (observation.value >= STARTING_MS) return facts;
  return { ...facts, start: { at: observation.at - observation.value, well: [] } };
}

/** The facts with a new one, or as they are when what is known is newer. */
function put(facts: Facts, { fact, at, value, index }: FactObservation): Facts {
  const before = facts[fact];
  if (before && isSuperseded(before, at, index)) return facts;
  return { ...facts, [fact]: index === undefined ? { at, value } : { at, value, index } };
}

function isSuperseded(before: Fact<unknown>, at: number, index: number | undefined): boolean {
  if (index === undefined || before.index === undefined || index === before.index) return at < before.at;
  return index < before.index && at - before.at < INDEX_TRUST_MS;
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
  const before = model.nodes[node] ?? { inside: {} };
  let facts: NodeFacts = before;
  const { state } = observation;
  if (state !== undefined && !isOlder(before.state, at)) {
    const kept = forgetInside(facts, before.state?.value, state, at);
    facts = { ...startedNow(kept, before.state?.value, state, at), state: { at, value: state } };
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
  if (!stands(to)) return { inside: {} };
  const kept = Object.entries(facts.inside).filter(([, fact]) => fact.at >= at - HEAD_START_MS);
  return { ...facts, inside: Object.fromEntries(kept) };
}

/** A node that stood still and runs now was started; one that was frozen goes on where it was. */
function startedNow(
  facts: NodeFacts,
  from: ContainerState | undefined,
  to: ContainerState,
  at: number,
): NodeFacts {
  const stood = from === 'stopped' || from === 'missing';
  return stood && to === 'running' ? { ...facts, start: { at, well: [] } } : facts;
}

/** A source that delivers is not lost. */
function found(model: Model, source: string, node?: string): Model {
  const key = sourceKey(source, node);
  if (model.lost[key] === undefined) return model;
  return { ...model, lost: Object.fromEntries(Object.entries(model.lost).filter(([name]) => name !== key)) };
}

function isOlder(fact: { readonly at: number } | undefined, at: number): boolean {
  return fact !== undefined && at < fact.at;
}

function hasNode(model: Model, node: string): boolean {
  return machinesOf(model.cluster).some(({ name }) => name === node);
}
