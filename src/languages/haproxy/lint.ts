import type { Finding } from '../../finding/finding';
import { lastAtMost } from '../../finding/text-lines';
import type { Severities } from '../core/language/language';
import { mayHoldSuppressions } from '../core/rules/suppression';
import { runRules, type RunOptions } from '../core/rules/run-rules';
import { HAPROXY_RULES } from './rules';
import type { HaproxySubject } from './subject';
import type { HaproxyDocument } from './syntax/document';
import { haproxyComments } from './syntax/comments';

/** Id of the hint for a suppression that silences nothing. */
const UNUSED_ID = 'HAP000';

/** Checks a read configuration. Pure; never throws; findings are sorted by place. */
export function lintHaproxy(subject: HaproxySubject, path: string, severities: Severities = {}): Finding[] {
  const { document } = subject;
  const options: RunOptions = {
    path,
    // Most files have no such comment, and then the lines of a long one need not all be read for them.
    comments: mayHoldSuppressions(document.text) ? haproxyComments(document) : [],
    unusedId: UNUSED_ID,
    range: (span) => document.range(span),
    severities,
    ...fileOf(document),
  };
  return runRules(subject, HAPROXY_RULES, options, subject.parts?.());
}

/** The file of a line, where there are several. */
function fileOf({ files, index }: HaproxyDocument): Pick<RunOptions, 'fileOf'> {
  if (files.length < 2) return {};
  const starts = files.map(({ start }) => start);
  return { fileOf: (line) => lastAtMost(starts, index.starts[line] ?? Infinity) };
}
