/** Positions are zero based, columns in UTF-16 code units, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Where a file begins: for what is about it as a whole. */
export const FILE_START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Gravest first. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 0 for the gravest. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** Replaces what stands in a range; an empty range inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A sure way to repair a finding: what it does, in a few words, and its edits in the same file. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Another place that explains the finding, such as the first of two equal names. */
export interface RelatedPlace {
  readonly file: string;
  readonly range: Range;
  readonly message: string;
}

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
  readonly fix?: Fix;
  /** How an editor may draw it: greyed out, or struck through. */
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  readonly related?: readonly RelatedPlace[];
  /** The page that explains the rule, relative to the documentation's folder, e.g. `rules/HAP010.md`. */
  readonly docs?: string;
}

/** True when nothing may be created because of these findings. */
export function blocksDeployment(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
