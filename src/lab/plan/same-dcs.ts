import { say } from '../../words/message';
import type { Cluster } from '../../cluster/cluster';
import { LabError } from '../lab-error';
import { hasRun } from './snapshot';
import type { Snapshot } from './snapshot';

/**
 * Refuses to move a lab to another store of who leads. Who leads, and which standby has every write, is written in the old
 * one alone: in an empty one whichever member comes first would lead, with the data it happens to have.
 * @throws LabError `other-dcs`
 */
export function requireSameDcs(
  { name, dcs }: Pick<Cluster, 'name' | 'dcs'>,
  { containers, recordedDcs }: Pick<Snapshot, 'containers' | 'recordedDcs'>,
): void {
  const holdsData = containers.some((container) => container.role === 'node' && hasRun(container));
  if (!holdsData || recordedDcs === undefined || recordedDcs === dcs) return;
  throw new LabError(
    'other-dcs',
    say(
      'Lab "{0}" keeps who leads its database in {1}, and cluster.yaml says {2} now: a lab is not moved from one to the other. Nothing was changed.',
      name,
      recordedDcs,
      dcs,
    ),
    say(
      'Write dcs: {0} again. For a lab with {1}, give this one and its data up with "gitlab-ha down {2}" and deploy anew, or give the cluster another name.',
      recordedDcs,
      dcs,
      name,
    ),
  );
}
