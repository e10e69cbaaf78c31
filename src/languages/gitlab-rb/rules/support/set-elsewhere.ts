import type { Problem, Span } from '../../../core/rules/rule';
import { isRoot } from '../../schema/roots';
import type { GitlabRbSubject } from '../../subject';
import { perSubject } from './per-subject';
import { written } from './read';
import { writtenKeys } from './statements';

/** A place that sets a key, or something below it. */
interface Place {
  readonly span: Span;
  /** One-based line of the statement. */
  readonly line: number;
}

/** Where each key is set, by its id; what stands below a key counts for it as well. */
const placesById = perSubject((subject): ReadonlyMap<string, readonly Place[]> => {
  const places = new Map<string, Place[]>();
  const add = (id: string, place: Place): void => {
    const known = places.get(id);
    if (known === undefined) places.set(id, [place]);
    else known.push(place);
  };
  for (const { root, path, span, statement } of writtenKeys(subject)) {
    const place = { span, line: statement.targetRange.start.line + 1 };
    let id = root;
    for (const key of path) {
      id += `\0${key}`;
      add(id, place);
    }
  }
  for (const { root, path, targetRange } of subject.config.assignments) {
    const place = { span: subject.span(targetRange), line: targetRange.start.line + 1 };
    if (path.length === 0) add(root, place);
  }
  return places;
});

/**
 * A place that sets a key, or something below it, outside a stretch: who writes the key there as well changes which of
 * the two values counts. Keys of the items of a list are each item's own.
 */
export function setElsewhere(
  subject: GitlabRbSubject,
  root: string,
  path: readonly string[],
  { start, end }: Span,
): Place | undefined {
  const inItem = path.includes('[]');
  return placesById(subject)
    .get([root, ...path].join('\0'))
    ?.find(({ span }) => {
      if (span.start >= start && span.start < end) return false;
      if (!inItem) return true;
      const between = subject.text.slice(Math.min(span.start, start), Math.max(span.start, start));
      return !/[{}]/.test(between);
    });
}

/** What is told instead of a repair, where another line sets the key. */
export function leftToChoose(name: string, { span, line }: Place): Pick<Problem, 'remedy' | 'related'> {
  return {
    remedy: `Line ${line} sets ${name}: remove this line, or that one.`,
    related: { span, message: `${name} is set here` },
  };
}

const ASSIGNMENT =
  /^\s*(\w+)((?:\[(?:'[^'\n]*'|"[^"\n]*"|:\w+)\])*)(?:[ \t]*=(?![=~>])|[ \t]*(?=['"[(%]|\w+[.:]?\S))/;

/** The problem without its repair where that would make a line set what another line sets already. */
export function unlessSetElsewhere(subject: GitlabRbSubject, problem: Problem): Problem {
  const { fix, span } = problem;
  if (fix === undefined) return problem;
  const { text } = subject;
  const start = Math.min(span.start, ...fix.edits.map((edit) => edit.start));
  const feed = text.indexOf('\n', Math.max(...fix.edits.map((edit) => edit.end)));
  const end = Math.min(feed < 0 ? text.length : feed, start + 2_000);
  const edits = [...fix.edits].sort((a, b) => b.start - a.start);
  const line = edits.reduce(
    (made, edit) => made.slice(0, edit.start - start) + edit.newText + made.slice(edit.end - start),
    text.slice(start, end),
  );
  const [, root = '', keys = ''] = ASSIGNMENT.exec(line) ?? [];
  if (!isRoot(root)) return problem;
  const path = [...keys.matchAll(/\[['":]?([^'"\]]*)/g)].map(([, key = '']) => key);
  const place = setElsewhere(subject, root, path, { start, end });
  if (place === undefined) return problem;
  const { message, severity, tags } = problem;
  return {
    span,
    message,
    ...(severity === undefined ? {} : { severity }),
    ...(tags === undefined ? {} : { tags }),
    ...leftToChoose(written(root, path), place),
  };
}
