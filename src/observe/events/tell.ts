import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { healthWord } from '../health-word';
import type { View } from '../../services/core/live/view';
import type { Event } from '../event';
import type { Known, Settling } from '../known';
import type { Model } from '../model';
import type { ClusterPlacement } from '../placement';
import type { ClusterState } from '../state';
import { missingIn } from '../wholeness';
import { tellHolders, tellValues } from './holders';
import { tellConnections, tellContainers } from './nodes';
import { placedServices, tellHealth, tellProcesses, tellRoles } from './services';
import { settle, SETTLE_MS } from './settle';
import type { Draft } from './settle';
import { tellThings } from './things';

/** A source must be lost this long before it is told. */
const SOURCE_LOST_MS = 2_000;

/**
 * What changed for people since the last call, as events, and the memory for the next call. Facts that became
 * unknown change nothing here, so a source that comes back causes no event.
 */
export function tell(
  model: Model,
  state: ClusterState,
  view: View,
  placement: ClusterPlacement,
): { readonly known: Known; readonly events: readonly Event[] } {
  const drafts: Draft[] = [];
  const { known, now } = model;
  const services = placedServices(state);
  const next: Known = {
    containers: tellContainers(known, state, drafts),
    connected: tellConnections(known, state, drafts),
    processes: tellProcesses(known, services, view, drafts),
    holders: tellHolders(known, view, now, drafts),
    values: tellValues(known, view, now, drafts),
    things: tellThings(known, view, now, drafts),
    roles: tellRoles(known, services, drafts),
    health: tellHealth(known, services, view, now, drafts),
    whole: tellWhole(model, state, placement, drafts),
    sources: tellSources(model, state, drafts),
  };
  return { known: next, events: drafts.map((draft) => ({ at: now, ...draft })) };
}

function tellWhole(
  { known: { whole: before }, now }: Model,
  state: ClusterState,
  placement: ClusterPlacement,
  drafts: Draft[],
): Settling<boolean> | undefined {
  const missing = missingIn(state, placement);
  const wrong = state.health === 'failed' || state.health === 'degraded';
  if (missing.length > 0 && !wrong) return before;
  const settled = settle(before, missing.length === 0, now, SETTLE_MS);
  if (settled.changed?.to === true) drafts.push({ kind: 'cluster-whole', text: say('The cluster is whole') });
  if (settled.changed?.to === false)
    drafts.push({
      kind: 'cluster-degraded',
      text: say('The cluster is not whole: {0}', missing[0] ?? healthWord(state.health)),
    });
  return settled.next;
}

function tellSources(model: Model, state: ClusterState, drafts: Draft[]): Known['sources'] {
  const told = new Set(model.known.sources);
  for (const key of [...told]) {
    if (model.lost[key] !== undefined) continue;
    told.delete(key);
    drafts.push({
      kind: 'source-found',
      ...nodeOfSource(key),
      text: say('{0} answers again', sourceName(key)),
    });
  }
  for (const [key, { at, reason }] of Object.entries(model.lost)) {
    const { node } = nodeOfSource(key);
    const found = state.nodes.find(({ name }) => name === node);
    const expected =
      found !== undefined &&
      (['paused', 'stopped', 'missing'].includes(found.container) || found.connected === false);
    if (told.has(key) || expected || model.now - at < SOURCE_LOST_MS) continue;
    told.add(key);
    drafts.push({
      kind: 'source-lost',
      ...nodeOfSource(key),
      text: say('{0} is lost: {1}', sourceName(key), reason),
    });
  }
  return [...told].sort();
}

function nodeOfSource(key: string): { readonly node?: string } {
  const [, node] = key.split('/');
  return node === undefined ? {} : { node };
}

function sourceName(key: string): Message {
  const [source = key, node] = key.split('/');
  return node === undefined ? say('Source {0}', source) : say('Source {0} of {1}', source, node);
}
