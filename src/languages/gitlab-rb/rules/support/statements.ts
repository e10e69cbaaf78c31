import type { Span } from '../../../core/rules/rule';
import { isCertain, type Assignment } from '../../evaluate/evaluated-config';
import { GITLAB_SCHEMA } from '../../schema';
import type { KeyInfo } from '../../schema/schema';
import type { GitlabRbSubject } from '../../subject';
import type { RubyValue } from '../../evaluate/value';
import { perSubject } from './per-subject';

/** One key as one statement writes it. */
export interface WrittenKey {
  readonly root: string;
  /** Keys after the root; never empty. */
  readonly path: readonly string[];
  /** What is known of the key; undefined when nobody knows it. */
  readonly info: KeyInfo | undefined;
  /** The left side, or the key inside a hash. */
  readonly span: Span;
  readonly value: RubyValue;
  readonly statement: Assignment;
  /** True when the key is the left side of the statement itself. */
  readonly direct: boolean;
}

/** What was written at an offset: nearly always one key, in a loop several, of which the ids are then kept. */
interface SeenPlace {
  readonly first: WrittenKey;
  ids?: Set<string>;
}
type SeenPlaces = Map<number, SeenPlace>;

/**
 * Every key as the statements of the file write it, those that a later one overwrites as well, each place once.
 * Keys behind one that is not known are left out.
 */
export const writtenKeys = perSubject((subject): readonly WrittenKey[] => {
  const found: WrittenKey[] = [];
  const seen: SeenPlaces = new Map();
  for (const statement of subject.config.assignments) {
    const { path } = statement;
    if (!isCertain(path)) continue;
    if (path.length > 0) {
      add(found, seen, subject.span(statement.targetRange), path, statement.value, statement, true);
    }
    below(subject, found, seen, path, statement.value, statement);
  }
  return found;
});

/** No key is known further down; a file whose brackets are not closed may hold itself in itself many times. */
const DEEPEST = 12;

function below(
  subject: GitlabRbSubject,
  found: WrittenKey[],
  seen: SeenPlaces,
  path: readonly string[],
  value: RubyValue,
  statement: Assignment,
): void {
  if (path.length > DEEPEST) return;
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
  seen: SeenPlaces,
  span: Span,
  path: readonly string[],
  value: RubyValue,
  statement: Assignment,
  direct: boolean,
): void {
  const { root } = statement;
  const here = seen.get(span.start);
  if (here !== undefined && isKnownThere(here, root, path)) return;
  const info = GITLAB_SCHEMA.key(root, path);
  const key: WrittenKey = { root, path, info, span, value, statement, direct };
  if (here === undefined) seen.set(span.start, { first: key });
  found.push(key);
}

/** True when the key was written at the place before; remembers it. */
function isKnownThere(here: SeenPlace, root: string, path: readonly string[]): boolean {
  here.ids ??= new Set([idOf(here.first.root, here.first.path)]);
  const before = here.ids.size;
  return here.ids.add(idOf(root, path)).size === before;
}

function idOf(root: string, path: readonly string[]): string {
  return [root, ...path].join('/');
}

/** True for `a['b'] = x` and `a({ … })`, which replace what was there; false for `<<`, `+=`, `merge!` and the like. */
export function replaces(subject: GitlabRbSubject, statement: Assignment): boolean {
  if (statement.style === 'call') return true;
  const { end } = subject.span(statement.targetRange);
  // Nearly all statements are written this way.
  if (subject.text.startsWith(" = '", end)) return true;
  return /^\s*=(?![=~>])/.test(subject.text.slice(end, end + 64));
}
