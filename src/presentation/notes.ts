import { severityRank, type Finding } from '../finding/finding';
import type { Localizer } from './words/localizer';

/** Findings of a deployment, by what somebody must do. */
export interface SortedFindings {
  /** Errors, then warnings, each by place. */
  readonly grave: readonly Finding[];
  /** What the lab does otherwise than a real node: many, and nothing to do. */
  readonly notes: readonly Finding[];
}

/** Splits findings into those that want something done, gravest first, and notes. */
export function sortFindings(findings: readonly Finding[]): SortedFindings {
  const sorted = [...findings].sort(
    (one, other) => severityRank(one.severity) - severityRank(other.severity) || byPlace(one, other),
  );
  const isNote = ({ severity }: Finding): boolean => severity === 'information' || severity === 'hint';
  return { grave: sorted.filter((finding) => !isNote(finding)), notes: sorted.filter(isNote) };
}

/** All notes in one line: `3 notes (LAB010 2×, LAB011 1×)`. Empty when there are none. */
export function notesLine(notes: readonly Finding[], l10n: Localizer): string {
  if (notes.length === 0) return '';
  const counts = new Map<string, number>();
  for (const { code } of notes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const each = [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, count]) => `${code} ${count}×`)
    .join(', ');
  return notes.length === 1
    ? l10n.t('1 note on what the lab does otherwise ({0})', each)
    : l10n.t('{0} notes on what the lab does otherwise ({1})', notes.length, each);
}

/** Order of two findings by file, then by line and column. */
export function byPlace(one: Finding, other: Finding): number {
  // The first comparison by a language makes the engine load that language's order.
  const byFile = one.file === other.file ? 0 : one.file.localeCompare(other.file, 'en');
  return (
    byFile ||
    one.range.start.line - other.range.start.line ||
    one.range.start.character - other.range.start.character
  );
}
