import type { SpanEdit } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { digitsAt, stringAt, unset, type Found } from './read';

/** The integer a key has in the end: what the file says, else the package's default. Undefined when that is not sure. */
export function integerOr(
  subject: GitlabRbSubject,
  fallback: number,
  root: string,
  ...path: readonly string[]
): number | undefined {
  return unset(subject, root, ...path) ? fallback : digitsAt(subject, root, ...path)?.value;
}

/** The text a key has in the end: what the file says, else the package's default. Undefined when that is not sure. */
export function textOr(
  subject: GitlabRbSubject,
  fallback: string,
  root: string,
  ...path: readonly string[]
): string | undefined {
  return unset(subject, root, ...path) ? fallback : stringAt(subject, root, ...path)?.value;
}

/** Another text in the place of a literal; undefined when the text is not written there as it is. */
export function replaceText(
  { text }: GitlabRbSubject,
  { value, span }: Found<string>,
  by: string,
): SpanEdit | undefined {
  const source = text.slice(span.start, span.end);
  if (source === value) return { ...span, newText: by };
  const quoted = source === `'${value}'` || source === `"${value}"`;
  return quoted ? { start: span.start + 1, end: span.end - 1, newText: by } : undefined;
}

/**
 * Another source in the place of a literal number or word; undefined when it is not written there as it is, or when one
 * literal is the value of several keys (`a['b'] = a['c'] = 5`).
 */
export function replaceSource(
  { text }: GitlabRbSubject,
  { value, span }: Found<unknown>,
  by: string,
): SpanEdit | undefined {
  const source = text
    .slice(span.start, span.end)
    .replaceAll('_', '')
    .replace(/^(['"])(.*)\1$/, '$2');
  if (/\]\s*=[^=\n]*\]\s*=\s*$/.test(text.slice(text.lastIndexOf('\n', span.start) + 1, span.start)))
    return undefined;
  return source === String(value) ? { ...span, newText: by } : undefined;
}
