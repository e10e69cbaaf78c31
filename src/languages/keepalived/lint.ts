import type { Finding } from '../../finding/finding';
import { positionAt } from '../../finding/text-lines';
import type { Severities } from '../core/language/language';
import { runRules } from '../core/rules/run-rules';
import type { Comment } from '../core/rules/suppression';
import { KEEPALIVED_RULES } from './rules';
import type { KeepalivedSubject } from './subject';
import type { KeepalivedDocument } from './syntax/document';

/** Id of the hint for a suppression that silences nothing. */
const UNUSED_ID = 'KAD000';

/** Checks a read configuration. Pure; never throws; findings are sorted by place. */
export function lintKeepalived(
  subject: KeepalivedSubject,
  path: string,
  severities: Severities = {},
): Finding[] {
  return runRules(subject, KEEPALIVED_RULES, {
    path,
    comments: comments(subject.document),
    unusedId: UNUSED_ID,
    range: (span) => subject.document.range(span),
    severities,
  });
}

function* comments({ lines, text, index }: KeepalivedDocument): Generator<Comment> {
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
