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
  /**
   * True when what it says of a place depends on its part of the file alone (see `SubjectPart`): then it is asked about
   * one part after the other, which of a long file are all that is held at a time.
   */
  readonly byPart?: boolean;
  /** Of a rule that is asked about one part after the other too, though what it says of one depends on others. */
  readonly begin?: () => PartsCheck<Subject>;
}

/** One check of all parts of a file by one rule. */
export interface PartsCheck<Subject> {
  /** Looks at a part; what it reports may be settled by another one. */
  part(subject: Subject, report: ReportProblem): void;
  /** Once all parts were seen: true for a reported problem that is one. */
  stands(problem: Problem): boolean;
}

/** What a rule does when it is begun for each check: asked about a whole file, that is its only part. */
export function acrossParts<Subject>(
  begin: () => PartsCheck<Subject>,
): Required<Pick<Rule<Subject>, 'begin' | 'check'>> {
  return {
    begin,
    check(subject, report) {
      const run = begin();
      const found: Problem[] = [];
      run.part(subject, (problem) => found.push(problem));
      for (const problem of found) if (run.stands(problem)) report(problem);
    },
  };
}

/** A subject that is a part of another one, with what all parts share. */
export interface SubjectPart<Subject> {
  readonly subject: Subject;
  /** Where the part stands; what is found outside is shared, and told once. */
  readonly span: Span;
}
