import { CLUSTER_RULES } from '../../../cluster/cluster-rules';
import type { Range } from '../../../finding/finding';
import { offsetAt, type TextLines } from '../../../finding/text-lines';
import type { Rule, Span } from '../../core/rules/rule';
import type { ClusterSubject } from '../subject';

/** Every rule for cluster.yaml. Reading the file finds what they report: a cluster is made of the same values. */
export const CLUSTER_YAML_RULES: readonly Rule<ClusterSubject>[] = CLUSTER_RULES.map((info) => ({
  ...info,
  check({ reading, lines }, report) {
    for (const { code, severity, range, message, remedy, fix } of reading.findings) {
      if (code !== info.id) continue;
      const span = spanOf(lines, range);
      const edits = fix?.edits.map((edit) => ({ ...spanOf(lines, edit.range), newText: edit.newText }));
      const sure = fix && edits ? { fix: { title: fix.title, edits } } : {};
      report({ span, message, remedy, severity, ...sure });
    }
  },
}));

function spanOf(lines: TextLines, { start, end }: Range): Span {
  return { start: offsetAt(lines, start), end: offsetAt(lines, end) };
}
