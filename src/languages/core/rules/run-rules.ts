import type { Finding, Range, Severity } from '../../../finding/finding';
import type { PartsCheck, Problem, ReportProblem, Rule, Span, SpanEdit, SubjectPart } from './rule';
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
  /** Of a text joined of several files: the file of a line. A comment that speaks of a whole file speaks of its own. */
  fileOf?(line: number): number;
}

/**
 * Of one rule so many findings are kept: a file with more of them is no configuration, or one mistake all over, and
 * memory has to stay within limits.
 */
export const MOST_OF_A_RULE = 10_000;

/**
 * Runs the rules over a subject. Findings come sorted by place, silenced ones left out.
 * @param parts of a subject that is held in parts only
 */
export function runRules<Subject>(
  subject: Subject,
  rules: readonly Rule<Subject>[],
  options: RunOptions,
  parts?: Iterable<SubjectPart<Subject>>,
): Finding[] {
  const running = rules.flatMap((rule) => {
    const wanted = options.severities?.[rule.id];
    return wanted === 'off' ? [] : [new RunningRule(rule, wanted, options)];
  });
  const findings: Finding[] = [];
  const [byPart, atOnce] =
    parts === undefined
      ? [[], running]
      : [running.filter(({ isByPart }) => isByPart), running.filter(({ isByPart }) => !isByPart)];
  for (const part of parts ?? []) for (const rule of byPart) rule.checkPart(part, findings);
  for (const rule of byPart) rule.settle(findings);
  for (const rule of atOnce) rule.check(subject, findings);
  const endless = new Set(running.filter(({ isEndless }) => isEndless).map(({ rule }) => rule.id));
  return applySuppressions(findings, options, endless).sort(byPlace);
}

/** A rule while it is run, with how much it found. */
class RunningRule<Subject> {
  private left = MOST_OF_A_RULE;
  /** Where it found something in the parts it was asked about. */
  private readonly inside = new Set<number>();
  /** Where it found something outside of the part it was asked about, in what parts share. */
  private readonly outside = new Set<number>();
  private readonly run: PartsCheck<Subject> | undefined;
  /** What it found in parts and is settled when all were seen. */
  private readonly pending: Problem[] = [];

  constructor(
    readonly rule: Rule<Subject>,
    private readonly wanted: Severity | undefined,
    private readonly options: RunOptions,
  ) {
    this.run = rule.begin?.();
  }

  /** True when it can be asked about one part after the other. */
  get isByPart(): boolean {
    return this.rule.byPart === true || this.run !== undefined;
  }

  /** True when it found more than is kept. */
  get isEndless(): boolean {
    return this.left < 0;
  }

  check(subject: Subject, findings: Finding[]): void {
    this.rule.check(subject, (problem) => this.add(problem, findings));
  }

  checkPart({ subject, span }: SubjectPart<Subject>, findings: Finding[]): void {
    const { rule, run } = this;
    const report: ReportProblem = (problem) => {
      const { start } = problem.span;
      const isInside = start >= span.start && start < span.end;
      if (this.outside.has(start) || (!isInside && this.inside.has(start))) return;
      (isInside ? this.inside : this.outside).add(start);
      if (run === undefined) this.add(problem, findings);
      else this.pending.push(problem);
    };
    if (run === undefined) rule.check(subject, report);
    else run.part(subject, report);
  }

  /** Takes what was found in the parts and stands now that all were seen. */
  settle(findings: Finding[]): void {
    for (const problem of this.pending) if (this.run?.stands(problem) === true) this.add(problem, findings);
  }

  private add(problem: Problem, findings: Finding[]): void {
    const { rule, wanted, options } = this;
    this.left -= 1;
    if (this.left < 0) return;
    findings.push(toFinding(rule.id, wanted ?? problem.severity ?? rule.severity, problem, options));
  }
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
  const fileKey = (id: string, line: number): string => `${id} file ${options.fileOf?.(line) ?? 0}`;
  suppressions.forEach(({ id, line, span }, at) => {
    const key = line === undefined ? fileKey(id, options.range(span).start.line) : placeKey(id, line);
    append(placed, key, at);
  });
  const used = new Set<number>();
  const kept = findings.filter(({ code, range }) => {
    const here = [placeKey(code, range.start.line), fileKey(code, range.start.line)];
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

/** A rule at a line. */
function placeKey(id: string, line: number): string {
  return `${id} ${line}`;
}

/** The order of findings: by place, at one place by rule. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  );
}
