import { CLUSTER_RULES } from '../../../cluster/cluster-rules';
import { offsetAt } from '../../../finding/text-lines';
import type { Rule } from '../../core/rules/rule';
import type { ClusterSubject } from '../subject';

/** Every rule for cluster.yaml. Reading the file finds what they report: a cluster is made of the same values. */
export const CLUSTER_YAML_RULES: readonly Rule<ClusterSubject>[] = CLUSTER_RULES.map((info) => ({
  ...info,
  check({ reading, lines }, report) {
    for (const { code, range, message, remedy } of reading.findings) {
      if (code !== info.id) continue;
      const span = { start: offsetAt(lines, range.start), end: offsetAt(lines, range.end) };
      report({ span, message, remedy });
    }
  },
}));
