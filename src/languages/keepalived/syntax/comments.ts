import { positionAt } from '../../../finding/text-lines';
import type { Comment } from '../../core/rules/suppression';
import type { KeepalivedDocument } from './document';

/** The comments of a file, which may silence rules. */
export function* keepalivedComments({ lines, text, index }: KeepalivedDocument): Generator<Comment> {
  for (const { comment, pieces, kind } of lines) {
    if (comment === undefined) continue;
    yield {
      ...comment,
      text: text.slice(comment.start, comment.end),
      line: positionAt(index, comment.start).line,
      alone: pieces.length === 0 && kind === 'plain',
    };
  }
}
