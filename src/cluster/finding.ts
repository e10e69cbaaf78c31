/** Positions are zero based, columns in UTF-16 code units, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** One diagnostic: what is wrong, where, and what to do about it. */
export interface Finding {
  /** Stable code of the rule, e.g. `CLU003`. */
  readonly code: string;
  readonly severity: Severity;
  /** Path relative to the workspace, with forward slashes. */
  readonly file: string;
  readonly range: Range;
  readonly message: string;
  readonly remedy: string;
}

/** True when nothing may be created because of these findings. */
export function blocksDeployment(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
