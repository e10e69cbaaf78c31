import type { Finding } from '../../finding/finding';
import type { Severities } from '../core/language/language';
import { runRules } from '../core/rules/run-rules';
import type { Comment } from '../core/rules/suppression';
import { HAPROXY_RULES } from './rules';
import { readHaproxy, type HaproxySubject } from './subject';
import type { HaproxyDocument } from './syntax/document';
import { haproxyVersion, type HaproxyVersion } from './schema/version';

export interface LintHaproxyOptions {
  /** Version of HAProxy the file is for, e.g. `3.0`; branches between the covered ones count as the one below. */
  readonly version: string;
  /** Path as findings shall name it. */
  readonly path: string;
  readonly severities?: Severities;
}

/** Branch a file is judged for when nothing names one: that of the lab's image. */
export const DEFAULT_VERSION: HaproxyVersion = '3.0';

/** Id of the hint for a suppression that silences nothing. */
const UNUSED_ID = 'HAP000';

/** Checks a HAProxy configuration. Pure; never throws; findings are sorted by place. */
export function lintHaproxy(text: string, options: LintHaproxyOptions): Finding[] {
  const subject = readHaproxy(text, haproxyVersion(options.version) ?? DEFAULT_VERSION);
  return lintHaproxySubject(subject, options);
}

/** Checks a configuration that has been read already. Pure; never throws; findings are sorted by place. */
export function lintHaproxySubject(
  subject: HaproxySubject,
  options: Pick<LintHaproxyOptions, 'path' | 'severities'>,
): Finding[] {
  return runRules(subject, HAPROXY_RULES, {
    path: options.path,
    comments: comments(subject.document),
    unusedId: UNUSED_ID,
    range: (span) => subject.document.range(span),
    ...(options.severities === undefined ? {} : { severities: options.severities }),
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
