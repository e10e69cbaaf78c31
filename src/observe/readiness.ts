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

/** How many instances of each service are well, in the order in which people are told what is missing. */
export function readinessOf(state: ClusterState, placement: ClusterPlacement): readonly Readiness[] {
  return LIVE_SERVICES.flatMap(([id]) => {
    const nodes = placement.nodesOf(id);
    if (nodes.length === 0) return [];
    const well = state.nodes.filter(
      ({ name, services }) =>
        nodes.includes(name) && services.some(({ service, health }) => service === id && health === 'ok'),
    );
    const { title, program = title, shortTitle = program } = serviceOf(id);
    return [{ title: shortTitle, well: well.length, of: nodes.length }];
  });
}
