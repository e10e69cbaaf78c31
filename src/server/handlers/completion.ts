import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from '../../finding/finding';
import type { FileView } from '../documents/file-view';

/** Never. */
const NOT: RegExp = /$^/;

/** Characters that ask for completion in Ruby only in some company. */
const IN_RUBY: Readonly<Record<string, RegExp>> = {
  ' ': /(=>?|[([{,:]) +$/,
  '=': /[^=]=$/,
  ':': /[[{,(] *:$/,
  '.': NOT,
};

/** In the other languages a space asks behind a word: one that indents a line is no question yet. */
const ELSEWHERE: Readonly<Record<string, RegExp>> = { ' ': /\S +$/, '[': NOT, '=': NOT, "'": NOT };

/**
 * False when a typed character opened the list where it would only be in the way: in Ruby a space, a point or a colon
 * mostly means something else.
 */
export function wantsCompletion(
  language: FileView['language'],
  document: TextDocument,
  position: Position,
  trigger: string | undefined,
): boolean {
  if (trigger === undefined) return true;
  const needed = (language === 'gitlab-rb' ? IN_RUBY : ELSEWHERE)[trigger];
  if (needed === undefined) return true;
  const before = document.getText({ start: { line: position.line, character: 0 }, end: position });
  return needed.test(before);
}
