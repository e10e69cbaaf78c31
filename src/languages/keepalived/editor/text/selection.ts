import type { SelectionRange } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { rangeBetween } from '../../../../finding/text-lines';
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
    { start: 0, end: document.text.length },
  ];
  let parent: SelectionRange | undefined;
  let around: Span | undefined;
  for (const stretch of stretches.reverse()) {
    const { start, end } = stretch;
    if (around !== undefined && (start < around.start || end > around.end)) continue;
    if (around?.start === start && around.end === end) continue;
    if (offset < start || offset > end) continue;
    const range = rangeBetween(document.index, start, end);
    parent = parent === undefined ? { range } : { range, parent };
    around = stretch;
  }
  return parent ?? { range: { start: position, end: position } };
}
