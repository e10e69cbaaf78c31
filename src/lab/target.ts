import type { Declared } from '../services/core/live/declared';
import type { ObservedTarget } from '../observe/target';
import type { LabInfo } from './lab-service';
import type { Profile } from './profiles/profile';
import { profileOf } from './profiles/profiles';

/**
 * A cluster that can be looked at and acted on: its nodes' addresses, a transport to each, what its sources are found by
 * and how its nodes are made inside. The same whether the nodes are a lab's containers or machines.
 */
export interface Target extends ObservedTarget {
  readonly profile: Profile;
}

/**
 * A lab as a target.
 * @param reach how its nodes are reached, and what the engine says of their containers
 */
export function labTarget(
  lab: Pick<LabInfo, 'name' | 'cluster' | 'sources'>,
  reach: Pick<Target, 'transport' | 'containers'>,
): Target {
  const { ports = {}, places = {}, ...declared } = lab.sources ?? {};
  return {
    name: lab.name,
    cluster: lab.cluster,
    ports,
    places,
    declared: textsOf(declared),
    profile: profileOf(lab.cluster),
    ...reach,
  };
}

/** Labels are written by other versions too: what is no text is no setting of ours. */
function textsOf(values: Readonly<Record<string, unknown>>): Declared {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
