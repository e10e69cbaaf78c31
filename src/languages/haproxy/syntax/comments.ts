import type { Comment } from '../../core/rules/suppression';
import type { HaproxyDocument } from './document';

/** The comments of a file, which may silence rules. */
export function* haproxyComments({ lines, text }: HaproxyDocument): Generator<Comment> {
  for (const { comment, words, number } of lines) {
    if (comment === undefined) continue;
    yield {
      ...comment,
      text: text.slice(comment.start, comment.end),
      line: number,
      alone: words.length === 0,
    };
  }
}
