import type { Finding } from '../../finding/finding';
import { positionAt } from '../../finding/text-lines';
import type { Severities } from '../core/language/language';
import { runRules } from '../core/rules/run-rules';
import { CLUSTER_YAML_RULES } from './rules';
import type { ClusterSubject } from './subject';

/** Id of the hint for a suppression that silences nothing. */
const UNUSED_ID = 'CLU000';

/** Checks a read cluster.yaml. Pure; never throws; findings are sorted by place. */
export function lintClusterYaml(
  subject: ClusterSubject,
  path: string,
  severities: Severities = {},
): Finding[] {
  const { lines } = subject;
  return runRules(subject, CLUSTER_YAML_RULES, {
    path,
    comments: subject.comments,
    unusedId: UNUSED_ID,
    range: ({ start, end }) => ({ start: positionAt(lines, start), end: positionAt(lines, end) }),
    severities,
  });
}
