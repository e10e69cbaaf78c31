import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from '../../../cluster/finding';
import type { FileView } from '../file-view';

/** Characters that ask for completion in Ruby only in some company. */
const AFTER: Readonly<Record<string, RegExp>> = {
  ' ': /(=>?|[([{,:]) +$/,
  '=': /[^=]=$/,
  ':': /[[{,(] *:$/,
  '.': /$^/,
};

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
  if (language !== 'gitlab-rb') return trigger !== '[' && trigger !== '=' && trigger !== "'";
  const needed = AFTER[trigger];
  if (needed === undefined) return true;
  const before = document.getText({ start: { line: position.line, character: 0 }, end: position });
  return needed.test(before);
}
