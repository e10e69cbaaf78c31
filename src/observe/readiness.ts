import { LIVE_SERVICES } from './live';
import type { ClusterPlacement } from './placement';
import type { ClusterState } from './state';
import { service as serviceOf } from '../services/registry';

/** How far a service is in the whole cluster. */
export interface Readiness {
  /** Short title of the service. */
  readonly title: string;
  /** Instances that are well. */
  readonly well: number;
  readonly of: number;
}

/**
 * How many instances of each service are well, in the order in which people are told what is missing. A service of which
 * nothing is known yet is left out: it may be well.
 */
export function readinessOf(state: ClusterState, placement: ClusterPlacement): readonly Readiness[] {
  return LIVE_SERVICES.flatMap(([id]) => {
    const nodes = placement.nodesOf(id);
    if (nodes.length === 0) return [];
    const healths = state.nodes
      .filter(({ name }) => nodes.includes(name))
      .flatMap(({ services }) => services.filter(({ service }) => service === id).slice(0, 1))
      .map(({ health }) => health);
    const known = healths.filter((health) => health !== 'unknown');
    if (known.length === 0) return [];
    const well = known.filter((health) => health === 'ok');
    const { title, program = title, shortTitle = program } = serviceOf(id);
    return [{ title: shortTitle, well: well.length, of: nodes.length }];
  });
}
