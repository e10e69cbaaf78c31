import type { FoldingRange } from 'vscode-languageserver-types';
import { positionAt } from '../../../../finding/text-lines';
import { commentFolds } from '../../../core/language/comment-folds';
import type { KeepalivedSubject } from '../../subject';
import type { KeepalivedDocument } from '../../syntax/document';
import { blockSpan } from '../cursor/cursor';

/** What can be folded: blocks, and comments of several lines. */
export function foldingRanges({ document }: KeepalivedSubject): FoldingRange[] {
  const blocks = document.blocks.flatMap((block) => {
    if (block.header === undefined) return [];
    const { start, end } = blockSpan(document, block);
    const startLine = positionAt(document.index, start).line;
    const endLine = positionAt(document.index, end).line - (block.close === undefined ? 1 : 0);
    return endLine > startLine ? [{ startLine, endLine }] : [];
  });
  return [...blocks, ...comments(document)].sort(
    (a, b) => a.startLine - b.startLine || b.endLine - a.endLine,
  );
}

function comments({ lines, index }: KeepalivedDocument): FoldingRange[] {
  const alone = lines.flatMap(({ comment, pieces, kind }) =>
    comment === undefined || pieces.length > 0 || kind !== 'plain'
      ? []
      : [positionAt(index, comment.start).line],
  );
  return commentFolds(alone);
}
