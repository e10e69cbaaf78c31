import { readClusterVersions } from '../../cluster/cluster-versions';
import type { ClusterSubject } from '../../languages/cluster-yaml/subject';
import { readSuppressions } from '../../languages/core/rules/suppression';
import type { ClusterFacts } from './facts';

/** The facts of a cluster.yaml. */
export function clusterFacts({ reading, comments, text }: ClusterSubject): ClusterFacts {
  return {
    kind: 'cluster',
    reading,
    versions: readClusterVersions(text),
    suppressions: readSuppressions(comments),
  };
}
