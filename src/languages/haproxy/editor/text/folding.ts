import type { FoldingRange } from 'vscode-languageserver-types';
import { positionAt } from '../../../../finding/text-lines';
import { commentFolds } from '../../../core/language/comment-folds';
import type { HaproxySubject } from '../../subject';
import type { HaproxyDocument } from '../../syntax/document';
import { sectionEnd } from '../navigate/document-symbols';

/** What can be folded: sections, blocks of comments, .if blocks. */
export function foldingRanges({ document }: HaproxySubject): FoldingRange[] {
  return [...sections(document), ...comments(document), ...conditions(document)].sort(
    (a, b) => a.startLine - b.startLine || b.endLine - a.endLine,
  );
}

function sections(document: HaproxyDocument): FoldingRange[] {
  return document.sections.flatMap((section, at) => {
    const startLine = positionAt(document.index, section.header.line.start).line;
    const endLine = positionAt(document.index, sectionEnd(document, section, at)).line;
    return endLine > startLine ? [{ startLine, endLine }] : [];
  });
}

function comments({ lines, index }: HaproxyDocument): FoldingRange[] {
  const alone = lines.flatMap(({ comment, words }) =>
    comment === undefined || words.length > 0 ? [] : [positionAt(index, comment.start).line],
  );
  return commentFolds(alone);
}

function conditions({ lines, index }: HaproxyDocument): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const open: number[] = [];
  const close = (endLine: number): void => {
    const startLine = open.pop();
    if (startLine !== undefined && endLine > startLine) ranges.push({ startLine, endLine });
  };
  for (const { words } of lines) {
    const [first] = words;
    if (first === undefined || !first.value.startsWith('.')) continue;
    const { line } = positionAt(index, first.start);
    // The line of the next branch stays visible.
    if (['.elif', '.else', '.endif'].includes(first.value)) close(line - 1);
    if (['.if', '.elif', '.else'].includes(first.value)) open.push(line);
  }
  return ranges;
}
