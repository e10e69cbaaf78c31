import type { Severity } from '../../../finding/finding';

/** A stretch of a file in UTF-16 code units: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A replacement of a stretch; an empty stretch inserts. */
export interface SpanEdit extends Span {
  readonly newText: string;
}

/** What a rule found: the place, what is wrong there, what to do. */
export interface Problem {
  readonly span: Span;
  readonly message: string;
  readonly remedy: string;
  /** Only when there is one sure way to repair it. */
  readonly fix?: { readonly title: string; readonly edits: readonly SpanEdit[] };
  readonly related?: { readonly span: Span; readonly message: string };
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** Where the same fault weighs differently, e.g. in an older version. */
  readonly severity?: Severity;
}

export type ReportProblem = (problem: Problem) => void;

/**
 * One rule of one language. `Subject` is what the language's reader makes of a file: the rule looks, and reports
 * only what it is sure of. The page docs/rules/<id>.md explains it.
 */
export interface Rule<Subject> {
  /** Letters of the language and three digits: GLR gitlab.rb, HAP HAProxy, KAD Keepalived. */
  readonly id: string;
  readonly severity: Severity;
  /** Heading in the index of rules. */
  readonly topic: string;
  /** What is wrong, without its place, in a few words. */
  readonly title: string;
  check(subject: Subject, report: ReportProblem): void;
}
