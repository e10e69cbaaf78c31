import type { Finding, TextEdit } from '../../../finding/finding';
import { offsetAt, textLines } from '../../../finding/text-lines';
import { partitionPoint } from '../data/partition-point';

/** A text after repairs, and the findings whose fixes were applied. */
export interface Fixed {
  readonly text: string;
  readonly applied: readonly Finding[];
}

/** An edit by offsets. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * Applies the fixes of findings to the text they were found in. A fix that touches what another one already changed is
 * left for the next pass.
 */
export function applyFixes(text: string, findings: readonly Finding[]): Fixed {
  const lines = textLines(text);
  const taken: Change[] = [];
  const applied: Finding[] = [];
  for (const finding of findings) {
    const changes = (finding.fix?.edits ?? []).map(({ range, newText }: TextEdit): Change => ({
      start: offsetAt(lines, range.start),
      end: offsetAt(lines, range.end),
      newText,
    }));
    if (changes.length === 0 || !changes.every((change) => isFree(taken, change))) continue;
    for (const change of changes) taken.splice(placeOf(taken, change.start), 0, change);
    applied.push(finding);
  }
  return { text: changed(text, taken), applied };
}

/** Where a change that starts there belongs among changes in the order of the text, behind equal ones. */
function placeOf(taken: readonly Change[], start: number): number {
  return partitionPoint(taken, (change) => change.start <= start);
}

/** True when the change neither overlaps nor touches one that is taken; those never touch each other, or are of one fix. */
function isFree(taken: readonly Change[], { start, end }: Change): boolean {
  const at = placeOf(taken, start);
  return (taken[at - 1]?.end ?? -1) < start && (taken[at]?.start ?? Infinity) > end;
}

function changed(text: string, changes: readonly Change[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, newText } of changes) {
    pieces.push(text.slice(from, start), newText);
    from = Math.max(from, end);
  }
  return pieces.join('') + text.slice(from);
}

/** A fix can uncover a further finding; more passes than this would mean two fixes that undo each other. */
const MOST_PASSES = 10;

/**
 * Applies fixes until none is left, asking `lint` for the findings of each new text. A fix that adds something and does
 * not make its own finding go away (the line is broken in another way, too) is left out: nothing is added twice.
 */
export function fixAll(text: string, lint: (text: string) => readonly Finding[]): Fixed {
  const applied: Finding[] = [];
  const useless = new Set<string>();
  let current = text;
  let findings = lint(text);
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const fixed = applyFixes(
      current,
      findings.filter((finding) => !useless.has(keyOf(finding))),
    );
    if (fixed.applied.length === 0 || fixed.text === current) break;
    const after = lint(fixed.text);
    const inVain = fixed.text.length > current.length ? withoutEffect(fixed.applied, findings, after) : [];
    if (inVain.length > 0) {
      for (const key of inVain) useless.add(key);
      continue;
    }
    applied.push(...fixed.applied);
    current = fixed.text;
    findings = after;
  }
  return { text: current, applied };
}

/** What stays the same about a finding when lines above it come or go. */
function keyOf({ code, message }: Finding): string {
  return `${code} ${message}`;
}

/** The applied findings of which there are as many afterwards as before. */
function withoutEffect(
  applied: readonly Finding[],
  before: readonly Finding[],
  after: readonly Finding[],
): string[] {
  const count = (findings: readonly Finding[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
    return counts;
  };
  const [were, are] = [count(before), count(after)];
  const keys = new Set(applied.map(keyOf));
  return [...keys].filter((key) => (are.get(key) ?? 0) >= (were.get(key) ?? 0));
}
