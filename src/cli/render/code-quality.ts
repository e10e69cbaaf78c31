import { createHash } from 'node:crypto';
import type { Finding, Severity } from '../../finding/finding';

/** One entry of a GitLab Code Quality report. */
export interface CodeQualityIssue {
  readonly description: string;
  readonly check_name: string;
  /** Equal for the same finding in two runs, also when lines above it came or went. */
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end: number };
  };
}

/** GitLab shows five weights; a finding that the real program refuses stops a node, so it is critical. */
const SEVERITIES: Readonly<Record<Severity, CodeQualityIssue['severity']>> = {
  error: 'critical',
  warning: 'major',
  information: 'minor',
  hint: 'info',
};

/** Findings as GitLab's merge request widget reads them (artifacts:reports:codequality). */
export function codeQualityOf(findings: readonly Finding[]): CodeQualityIssue[] {
  const seen = new Map<string, number>();
  return findings.map(({ code, severity, file, range, message, remedy }) => {
    const identity = `${file}\n${code}\n${message}`;
    const number = seen.get(identity) ?? 0;
    seen.set(identity, number + 1);
    return {
      description: remedy === '' ? message : `${message} ${remedy}`,
      check_name: code,
      fingerprint: createHash('sha256').update(`${identity}\n${number}`).digest('hex'),
      severity: SEVERITIES[severity],
      location: { path: file, lines: { begin: range.start.line + 1, end: range.end.line + 1 } },
    };
  });
}
