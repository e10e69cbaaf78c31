import type { Finding, Range } from '../../../../src/finding/finding';
import { applyFixes } from '../../../../src/languages/core/rules/apply-fixes';
import { offsetAt, positionAt, textLines } from '../../../../src/finding/text-lines';

/** One thing a file says: a setting, a line of a section. */
export interface Said {
  readonly value: string;
  /** Zero-based lines on which it is said. */
  readonly lines: readonly number[];
}

/** What a file means to its program, by name; undefined when the program reads nothing of it (a syntax error). */
export type Meaning = ReadonlyMap<string, Said> | undefined;

/** What judges the fixes of one language. */
export interface Judge {
  lint(text: string, version: string | undefined): readonly Finding[];
  /** What the text means: the evaluator's answer, or the real program's. */
  meaning(text: string, version: string | undefined): Meaning;
  /** Rules that may speak after a rule's fix, for they wait for what was misspelt until then: a role asks for settings. */
  readonly follows?: Readonly<Record<string, readonly string[]>>;
}

/** A text with faults. */
export interface Faulty {
  readonly name: string;
  readonly text: string;
  readonly version: string | undefined;
  /** The text as it was meant, where that is known: a repair of its fault gives this meaning back, or is not offered. */
  readonly meant?: string;
}

/** What became of one fix. */
export interface FixResult {
  /** File, rule, and what the fix is called. */
  readonly name: string;
  /** What is wrong with it, in sentences; empty for a right one. */
  readonly faults: readonly string[];
  /** The text after the fix. */
  readonly text: string;
}

/** Tries every fix of every finding of a text, each by itself. */
export function tryFixes(faulty: Faulty, judge: Judge): FixResult[] {
  const { name, text, version } = faulty;
  const before = judge.lint(text, version);
  return before
    .filter(({ fix }) => fix !== undefined)
    .map((finding) => {
      const fixed = applyFixes(text, [finding]).text;
      const after = judge.lint(fixed, version);
      const faults = [
        ...stillThere(finding, before, after),
        ...newFindings(before, after)
          .filter(({ code }) => judge.follows?.[finding.code]?.includes(code) !== true)
          .map((one) => `a new finding: ${one.range.start.line + 1} ${keyOf(one)}`),
        ...otherMeaning(faulty, finding, fixed, judge),
      ];
      return {
        name: `${name}: ${finding.code} at ${finding.range.start.line + 1}: ${finding.fix?.title}`,
        faults,
        text: fixed,
      };
    });
}

function count(findings: readonly Finding[], key: string): number {
  return findings.filter((one) => keyOf(one) === key).length;
}

/** What stays the same about a finding when lines come and go. */
function keyOf({ code, message }: Finding): string {
  return `${code} ${message}`;
}

function stillThere(finding: Finding, before: readonly Finding[], after: readonly Finding[]): string[] {
  const key = keyOf(finding);
  if (count(after, key) >= count(before, key)) return [`the finding stays: ${key}`];
  const { code } = finding;
  // More than before are new ones, which are told as such.
  return ofRule(after, code) === ofRule(before, code) ? [`another finding of ${code} takes its place`] : [];
}

/** Findings of which there are more than before. One of the same rule with another number in it counts as the same. */
function newFindings(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const added = after.filter((one) => count(after, keyOf(one)) > count(before, keyOf(one)));
  return added.filter(({ code }) => ofRule(after, code) > ofRule(before, code));
}

function ofRule(findings: readonly Finding[], code: string): number {
  return findings.filter((one) => one.code === code).length;
}

function otherMeaning(faulty: Faulty, finding: Finding, fixed: string, judge: Judge): string[] {
  const { text, version, meant } = faulty;
  const was = judge.meaning(text, version);
  const is = judge.meaning(fixed, version);
  if (is === undefined) {
    if (was !== undefined) return ['the program reads nothing of it any more'];
    // Without a text that is meant, another fault may be what keeps the program from reading it.
    return meant === undefined ? [] : ['the program still reads nothing of it'];
  }
  if (meant !== undefined) return differences(judge.meaning(meant, version) ?? new Map(), is);
  if (was === undefined) return [];
  const touched = touchedLines(text, finding, fixed);
  return differences(was, is, touched);
}

interface Touched {
  readonly before: ReadonlySet<number>;
  readonly after: ReadonlySet<number>;
}

/** Names that mean something else, those on lines that the fix speaks of left out. */
function differences(
  was: ReadonlyMap<string, Said>,
  is: ReadonlyMap<string, Said>,
  touched: Touched = { before: new Set(), after: new Set() },
): string[] {
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names].flatMap((name) => {
    const [old, now] = [was.get(name), is.get(name)];
    if (old?.value === now?.value) return [];
    // What another line said before is still what is said: a repair must not win over it.
    if (old?.lines.some((line) => touched.before.has(line))) return [];
    if (old === undefined && now?.lines.some((line) => touched.after.has(line))) return [];
    return [`${name} was ${old?.value ?? 'not there'} and is ${now?.value ?? 'not there'}`];
  });
}

/** The lines of the finding and of its edits, in the text before and in the one after. */
function touchedLines(text: string, finding: Finding, fixed: string): Touched {
  const before = new Set<number>();
  const after = new Set<number>();
  const lines = textLines(text);
  const fixedLines = textLines(fixed);
  const edits = [...(finding.fix?.edits ?? [])].sort(
    (a, b) => offsetAt(lines, a.range.start) - offsetAt(lines, b.range.start),
  );
  addLines(before, finding.range);
  let shift = 0;
  for (const { range, newText } of edits) {
    const [start, end] = [offsetAt(lines, range.start), offsetAt(lines, range.end)];
    addLines(before, range);
    addLines(after, {
      start: positionAt(fixedLines, start + shift),
      end: positionAt(fixedLines, start + shift + newText.length),
    });
    shift += newText.length - (end - start);
  }
  return { before, after };
}

function addLines(lines: Set<number>, { start, end }: Range): void {
  for (let line = start.line; line <= end.line; line += 1) lines.add(line);
}
