import type { Span } from '../../../rules/rule';
import type { Assignment } from '../../evaluated-config';
import type { GitlabRbSubject } from '../../subject';
import type { RubyValue } from '../../value';
import { perSubject } from './per-subject';

/** One key as one statement writes it. */
export interface WrittenKey {
  readonly root: string;
  /** Keys after the root; never empty. */
  readonly path: readonly string[];
  /** The left side, or the key inside a hash. */
  readonly span: Span;
  readonly value: RubyValue;
  readonly statement: Assignment;
  /** True when the key is the left side of the statement itself. */
  readonly direct: boolean;
}

/**
 * Every key as the statements of the file write it, those that a later one overwrites as well, each place once.
 * Keys behind one that is not known are left out.
 */
export const writtenKeys = perSubject((subject): readonly WrittenKey[] => {
  const found: WrittenKey[] = [];
  const seen = new Set<string>();
  for (const statement of subject.config.assignments) {
    const path = knownPath(statement.path);
    if (path === undefined) continue;
    if (path.length > 0) {
      add(found, seen, subject.span(statement.targetRange), path, statement.value, statement, true);
    }
    below(subject, found, seen, path, statement.value, statement);
  }
  return found;
});

function below(
  subject: GitlabRbSubject,
  found: WrittenKey[],
  seen: Set<string>,
  path: readonly string[],
  value: RubyValue,
  statement: Assignment,
): void {
  if (value.kind === 'array') {
    for (const item of value.items) below(subject, found, seen, [...path, '[]'], item, statement);
  }
  if (value.kind !== 'hash') return;
  for (const { key, keyRange, value: inner } of value.entries.values()) {
    const deeper = [...path, key];
    add(found, seen, subject.span(keyRange), deeper, inner, statement, false);
    below(subject, found, seen, deeper, inner, statement);
  }
}

function add(
  found: WrittenKey[],
  seen: Set<string>,
  span: Span,
  path: readonly string[],
  value: RubyValue,
  statement: Assignment,
  direct: boolean,
): void {
  const id = `${span.start} ${statement.root} ${path.join('/')}`;
  if (seen.has(id)) return;
  seen.add(id);
  found.push({ root: statement.root, path, span, value, statement, direct });
}

function knownPath(path: readonly (string | undefined)[]): readonly string[] | undefined {
  const known: string[] = [];
  for (const key of path) {
    if (key === undefined) return undefined;
    known.push(key);
  }
  return known;
}

/** True for `a['b'] = x` and `a({ … })`, which replace what was there; false for `<<`, `+=`, `merge!` and the like. */
export function replaces(subject: GitlabRbSubject, statement: Assignment): boolean {
  if (statement.style === 'call') return true;
  const { end } = subject.span(statement.targetRange);
  return /^\s*=(?![=~>])/.test(subject.text.slice(end, end + 64));
}
