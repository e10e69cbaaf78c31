import type { SelectionRange } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { holds, nestedSelection } from '../../../core/language/nested-selection';
import type { Span } from '../../../core/rules/rule';
import type { KeepalivedSubject } from '../../subject';
import { blockSpan, cursorAt } from '../cursor/cursor';

/** Ever larger selections: text in quotes, word, statement, line, contents of the block, block, file. */
export function selectionRange({ document }: KeepalivedSubject, position: Position): SelectionRange {
  const { word, words, line, blocks, offset } = cursorAt(document, position);
  const first = words[0];
  const last = words.at(-1);
  const stretches: Span[] = [
    ...(word?.quoted === true && word.end - word.start > 1
      ? [{ start: word.start + 1, end: word.end - 1 }]
      : []),
    ...(word === undefined ? [] : [word]),
    ...(first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end }]),
    ...(line.comment === undefined ? [] : [line.comment]),
    { start: line.start, end: line.end },
    ...blocks.flatMap((block) => {
      const inside = block.open !== undefined && block.close !== undefined;
      const contents = inside ? [{ start: block.open.end, end: block.close.start }] : [];
      return [...contents, blockSpan(document, block)];
    }),
  ];
  const around = stretches.filter((stretch) => holds(stretch, offset));
  return nestedSelection(document.index, around.reverse());
}
