import type { Finding, Severity } from '../../finding/finding';
import { positionAt } from '../../finding/text-lines';
import { runRules } from '../core/rules/run-rules';
import type { Comment } from '../core/rules/suppression';
import { KEEPALIVED_RULES } from './rules';
import { readKeepalived, type KeepalivedSubject } from './subject';
import type { KeepalivedDocument } from './syntax/document';

interface LintKeepalivedOptions {
  /** Path as findings shall name it. */
  readonly path: string;
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
}

/** Id of the hint for a suppression that silences nothing. */
const UNUSED_ID = 'KAD000';

/** Checks a Keepalived configuration. Pure; never throws; findings are sorted by place. */
export function lintKeepalived(text: string, options: LintKeepalivedOptions): Finding[] {
  return lintKeepalivedSubject(readKeepalived(text), options);
}

/** Checks what has been read already. */
export function lintKeepalivedSubject(subject: KeepalivedSubject, options: LintKeepalivedOptions): Finding[] {
  return runRules(subject, KEEPALIVED_RULES, {
    path: options.path,
    comments: comments(subject.document),
    unusedId: UNUSED_ID,
    range: (span) => subject.document.range(span),
    ...(options.severities === undefined ? {} : { severities: options.severities }),
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
