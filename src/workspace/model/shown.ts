import type { Finding, Severity } from '../../finding/finding';
import { isRemark } from '../rules/workspace-rules';

/** How the user wants to see what a workspace finds. */
export interface ShownOptions {
  /** Severity by rule id instead of the rule's own; `off` silences it. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** True to show as hints what the lab does otherwise; a deployment tells it anyhow. */
  readonly remarks?: boolean;
}

/** What editor and command line show of the findings between files. */
export function shownBetween(
  findings: readonly Finding[],
  { severities = {}, remarks = false }: ShownOptions = {},
): readonly Finding[] {
  return findings.flatMap((finding): Finding[] => {
    const remark = isRemark(finding.code);
    if (remark && !remarks) return [];
    const severity = severities[finding.code] ?? (remark ? 'hint' : finding.severity);
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}
