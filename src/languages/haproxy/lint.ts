import type { Finding } from '../../finding/finding';
import type { Severities } from '../core/language/language';
import { runRules } from '../core/rules/run-rules';
import type { Comment } from '../core/rules/suppression';
import { HAPROXY_RULES } from './rules';
import type { HaproxySubject } from './subject';
import type { HaproxyDocument } from './syntax/document';

/** Id of the hint for a suppression that silences nothing. */
const UNUSED_ID = 'HAP000';

/** Checks a read configuration. Pure; never throws; findings are sorted by place. */
export function lintHaproxy(subject: HaproxySubject, path: string, severities: Severities = {}): Finding[] {
  return runRules(subject, HAPROXY_RULES, {
    path,
    comments: comments(subject.document),
    unusedId: UNUSED_ID,
    range: (span) => subject.document.range(span),
    severities,
  });
}

function* comments({ lines, text }: HaproxyDocument): Generator<Comment> {
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
