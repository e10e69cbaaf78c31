import type { Position } from '../../../../../src/finding/finding';
import { positionAt, textLines } from '../../../../../src/finding/text-lines';
import { HAPROXY_LANGUAGE } from '../../../../../src/languages/haproxy/language';
import type { HaproxySubject } from '../../../../../src/languages/haproxy/subject';

export const { features } = HAPROXY_LANGUAGE;

/** A file with the cursor at `‸`. */
export interface Editor {
  readonly subject: HaproxySubject;
  readonly position: Position;
  readonly text: string;
}

export function open(marked: string, haproxyVersion = '3.0'): Editor {
  const at = marked.indexOf('‸');
  if (at < 0) throw new Error('The text has no cursor');
  const text = marked.replace('‸', '');
  const subject = HAPROXY_LANGUAGE.read(text, { path: 'haproxy.cfg', haproxyVersion });
  return { subject, text, position: positionAt(textLines(text), at) };
}

export function read(text: string, haproxyVersion = '3.0'): HaproxySubject {
  return HAPROXY_LANGUAGE.read(text, { path: 'haproxy.cfg', haproxyVersion });
}

/** Applies edits of one file, last ones first. */
export function apply(
  text: string,
  edits: readonly { readonly range: { start: Position; end: Position }; readonly newText: string }[],
): string {
  const lines = textLines(text);
  const offset = ({ line, character }: Position): number => (lines.starts[line] ?? text.length) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((done, { range, newText }) => {
      return done.slice(0, offset(range.start)) + newText + done.slice(offset(range.end));
    }, text);
}
