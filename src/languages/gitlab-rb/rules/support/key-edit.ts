import type { Span, SpanEdit } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import type { WrittenKey } from './statements';

/** Where the last key of a written key stands, quotes and brackets left out; undefined when it is written otherwise. */
function lastKeySpan({ text }: GitlabRbSubject, { span, path }: WrittenKey): Span | undefined {
  const key = path.at(-1) ?? '';
  const source = text.slice(span.start, span.end);
  const at = source.lastIndexOf(key);
  if (key === '' || at < 0) return undefined;
  const after = source.slice(at + key.length);
  return /^['"]?\]?:?$/.test(after)
    ? { start: span.start + at, end: span.start + at + key.length }
    : undefined;
}

/** The edit that gives the last key another name. */
export function renameKey(subject: GitlabRbSubject, key: WrittenKey, name: string): SpanEdit | undefined {
  const span = lastKeySpan(subject, key);
  return span === undefined ? undefined : { ...span, newText: name };
}
