import * as ruby from '@ruby/prism/src/nodes.js';
import type { FoldingRange } from 'vscode-languageserver-types';
import { positionAt } from '../../../../finding/text-lines';
import { commentFolds } from '../../../core/language/comment-folds';
import type { GitlabRbSubject } from '../../subject';
import { nodesOf } from '../entries/nodes';

/** What can be folded: hashes, lists, texts over several lines, conditions, blocks, and comments that follow each other. */
export function foldingRanges(subject: GitlabRbSubject): FoldingRange[] {
  const byLine = new Map<number, FoldingRange>();
  for (const node of nodesOf(subject)) {
    const end = foldEnd(subject, node);
    if (end === undefined) continue;
    const startLine = lineOf(subject, subject.spanOf(node.location).start);
    const endLine = lineOf(subject, end);
    if (endLine <= startLine || byLine.has(startLine)) continue;
    byLine.set(startLine, { startLine, endLine });
  }
  return [...byLine.values(), ...comments(subject)].sort((a, b) => a.startLine - b.startLine);
}

function lineOf({ index }: GitlabRbSubject, offset: number): number {
  return positionAt(index.lines, offset).line;
}

/** Last line that disappears: the one before the closing bracket or `end`, so that this stays to be seen. */
function foldEnd(subject: GitlabRbSubject, node: ruby.Node): number | undefined {
  if (node instanceof ruby.StringNode || node instanceof ruby.InterpolatedStringNode) {
    const { openingLoc, closingLoc } = node;
    if (openingLoc === null || closingLoc === null) return undefined;
    const heredoc = subject.text.startsWith('<<', subject.spanOf(openingLoc).start);
    return heredoc
      ? Math.max(0, subject.spanOf(closingLoc).end - 1)
      : lineBefore(subject, subject.spanOf(closingLoc).end);
  }
  const folds =
    node instanceof ruby.HashNode ||
    node instanceof ruby.ArrayNode ||
    node instanceof ruby.IfNode ||
    node instanceof ruby.UnlessNode ||
    node instanceof ruby.CaseNode ||
    node instanceof ruby.BeginNode ||
    node instanceof ruby.BlockNode ||
    node instanceof ruby.DefNode ||
    node instanceof ruby.WhileNode ||
    node instanceof ruby.CallNode;
  if (!folds) return undefined;
  if (node instanceof ruby.CallNode && node.closingLoc === null) return undefined;
  return lineBefore(subject, subject.spanOf(node.location).end);
}

/** The end of the line above the one an offset is in. */
function lineBefore({ text }: GitlabRbSubject, end: number): number {
  const start = text.lastIndexOf('\n', Math.max(0, end - 1));
  return start < 0 ? end : start;
}

/** Comment lines that follow each other. */
function comments(subject: GitlabRbSubject): FoldingRange[] {
  const alone: number[] = [];
  for (const { location } of subject.parsed?.comments ?? []) {
    const { start, end } = subject.spanOf(location);
    const line = lineOf(subject, start);
    const last = lineOf(subject, Math.max(start, end - 1));
    const before = subject.text.slice(subject.index.lines.starts[line] ?? 0, start);
    if (before.trim() !== '') continue;
    for (let each = line; each <= last; each += 1) alone.push(each);
  }
  return commentFolds(alone);
}
