import type { Finding, Range, Severity } from '../../../finding/finding';
import type { Problem, Rule, Span, SpanEdit } from './rule';
import { readSuppressions, type Comment } from './suppression';
import { append } from '../data/append';

/** What the rules of every language share about a file. */
export interface RunOptions {
  /** Path as findings shall name it. */
  readonly path: string;
  readonly comments: Iterable<Comment>;
  /** Id of the hint that a suppression silences nothing; also the letters of the language. */
  readonly unusedId: string;
  /** Severity by rule id instead of the rule's own; `off` silences it. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  range(span: Span): Range;
}

/**
 * Of one rule so many findings are kept: a file with more of them is no configuration, or one mistake all over, and
 * memory has to stay within limits.
 */
export const MOST_OF_A_RULE = 10_000;

/** Runs the rules over a subject. Findings come sorted by place, silenced ones left out. */
export function runRules<Subject>(
  subject: Subject,
  rules: readonly Rule<Subject>[],
  options: RunOptions,
): Finding[] {
  const findings: Finding[] = [];
  const endless = new Set<string>();
  for (const rule of rules) {
    const wanted = options.severities?.[rule.id];
    if (wanted === 'off') continue;
    let left = MOST_OF_A_RULE;
    rule.check(subject, (problem) => {
      left -= 1;
      if (left < 0) {
        endless.add(rule.id);
        return;
      }
      findings.push(toFinding(rule.id, wanted ?? problem.severity ?? rule.severity, problem, options));
    });
  }
  return applySuppressions(findings, options, endless).sort(byPlace);
}

function toFinding(code: string, severity: Severity, problem: Problem, options: RunOptions): Finding {
  const { fix, related, tags } = problem;
  return {
    code,
    severity,
    file: options.path,
    range: options.range(problem.span),
    message: problem.message,
    remedy: problem.remedy,
    docs: `rules/${code}.md`,
    ...(fix === undefined ? {} : { fix: { title: fix.title, edits: fix.edits.map(toEdit(options)) } }),
    ...(related === undefined
      ? {}
      : { related: [{ file: options.path, range: options.range(related.span), message: related.message }] }),
    ...(tags === undefined ? {} : { tags }),
  };
}

function toEdit(options: RunOptions): (edit: SpanEdit) => { range: Range; newText: string } {
  return (edit) => ({ range: options.range(edit), newText: edit.newText });
}

/** @param endless rules that found more than is kept: whether they find something at a comment, nobody knows */
function applySuppressions(
  findings: readonly Finding[],
  options: RunOptions,
  endless: ReadonlySet<string>,
): Finding[] {
  const suppressions = readSuppressions(options.comments);
  if (suppressions.length === 0) return [...findings];
  const placed = new Map<string, number[]>();
  suppressions.forEach(({ id, line }, at) => {
    append(placed, placeKey(id, line), at);
  });
  const used = new Set<number>();
  const kept = findings.filter(({ code, range }) => {
    const here = [placeKey(code, range.start.line), placeKey(code, undefined)];
    const silencing = here.flatMap((key) => placed.get(key) ?? []);
    for (const at of silencing) used.add(at);
    return silencing.length === 0;
  });
  const severity = options.severities?.[options.unusedId] ?? 'hint';
  if (severity === 'off') return kept;
  let left = MOST_OF_A_RULE;
  suppressions.forEach(({ id, span }, at) => {
    // Another language's ids are judged where that language is checked.
    if (used.has(at) || endless.has(id) || id.slice(0, 3) !== options.unusedId.slice(0, 3)) return;
    left -= 1;
    if (left < 0) return;
    const message = `${id} finds nothing here, so this comment silences nothing.`;
    const problem: Problem = { span, message, remedy: 'Remove the comment.', tags: ['unnecessary'] };
    kept.push(toFinding(options.unusedId, severity, problem, options));
  });
  return kept;
}

/** A rule at a line, or in the whole file. */
function placeKey(id: string, line: number | undefined): string {
  return `${id} ${line ?? 'file'}`;
}

function byPlace(a: Finding, b: Finding): number {
  return (
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  );
}
