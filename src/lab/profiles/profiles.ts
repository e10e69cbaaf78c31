import { say } from '../../words/message';
import type { Cluster } from '../../cluster/cluster';
import { LabError } from '../lab-error';
import { CORE_PROFILE } from './core/profile';
import type { Profile } from './profile';

/**
 * The profile a cluster's lab is made by.
 * @throws LabError `bad-workspace` for one that this version does not have; reading a cluster.yaml refuses it earlier
 */
export function profileOf({ lab }: Pick<Cluster, 'lab'>): Profile {
  if (lab.profile === CORE_PROFILE.id) return CORE_PROFILE;
  throw new LabError(
    'bad-workspace',
    say('This version has no profile "{0}".', lab.profile),
    say('Use "{0}" in cluster.yaml.', CORE_PROFILE.id),
  );
}
