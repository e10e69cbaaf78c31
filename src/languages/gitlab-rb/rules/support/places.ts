import type { Span, SpanEdit } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { assignmentOf, keySpan, rolesSpan } from './read';

/** Where a role is asked for: in `roles [...]`, or by `<role>['enable']`. */
export function roleSpan(subject: GitlabRbSubject, role: string): Span | undefined {
  const listed = subject.config.tree.get('roles');
  const items = listed?.kind === 'array' ? listed.items : listed === undefined ? [] : [listed];
  const item = items.find((one) => one.kind === 'string' && one.value.replaceAll('-', '_') === role);
  return item === undefined ? keySpan(subject, role, 'enable') : subject.span(item.range);
}

/**
 * What turns a service on, as the place of a finding about something that is missing: its `enable`, the first of the
 * roles that is asked for, or the roles as a whole. Undefined when the defaults turn it on.
 */
export function serviceSpan(
  subject: GitlabRbSubject,
  root: string,
  ...roles: readonly string[]
): Span | undefined {
  const own = keySpan(subject, root, 'enable');
  if (own !== undefined) return own;
  for (const role of roles) {
    const span = roleSpan(subject, role);
    if (span !== undefined) return span;
  }
  return rolesSpan(subject);
}

/**
 * A new line below the statement that ends a place; undefined when something follows the statement on its line, or when a
 * later statement would replace what the new line sets.
 */
export function lineBelow(subject: GitlabRbSubject, end: number, line: string): SpanEdit | undefined {
  const root = /^\w*/.exec(line)?.[0] ?? '';
  const path = [...line.matchAll(/\['([^']*)'\]/g)].map(([, key = '']) => key);
  if (isReplacedLater(subject, root, path, end)) return undefined;
  const { text } = subject;
  const rest = /^[^\n]*/.exec(text.slice(end))?.[0] ?? '';
  if (!/^\s*(#.*)?$/.test(rest)) return undefined;
  const at = end + rest.replace(/\r$/, '').length;
  return { start: at, end: at, newText: `${text.includes('\r\n') ? '\r\n' : '\n'}${line}` };
}

/**
 * True when a statement from an offset on assigns a whole hash around a key: `root({ … })` and `root['a'] = { … }` drop
 * what was set below the same place before.
 */
export function isReplacedLater(
  subject: GitlabRbSubject,
  root: string,
  path: readonly string[],
  from: number,
): boolean {
  return subject.config.assignments.some(
    (later) =>
      later.root === root &&
      later.path.length < path.length &&
      later.path.every((key, at) => key === path[at]) &&
      subject.span(later.range).start >= from,
  );
}

/** A new line below the last statement that writes a key; undefined when there is none to add it to. */
export function lineBelowKey(
  subject: GitlabRbSubject,
  line: string,
  root: string,
  ...path: readonly string[]
): SpanEdit | undefined {
  const assignment = assignmentOf(subject, root, ...path);
  if (assignment === undefined || !assignment.certain) return undefined;
  return lineBelow(subject, subject.span(assignment.range).end, line);
}

/** The whole lines of a statement, to be deleted; undefined when it shares them with something else. */
export function wholeLines({ text }: GitlabRbSubject, { start, end }: Span): SpanEdit | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const to = newline === -1 ? text.length : newline + 1;
  if (
    text.slice(from, start).trim() !== '' ||
    !/^\s*(#.*)?$/.test(text.slice(end, newline === -1 ? to : newline))
  )
    return undefined;
  return { start: from, end: to, newText: '' };
}

/** The deletion of the only statement that writes a key, when it has one of its own. */
export function removeKey(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): SpanEdit | undefined {
  const assignment = assignmentOf(subject, root, ...path);
  if (assignment?.path.length !== path.length) return undefined;
  return wholeLines(subject, subject.span(assignment.range));
}
