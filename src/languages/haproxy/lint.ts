import type { Finding } from '../../finding/finding';
import type { Severities } from '../core/language/language';
import { runRules } from '../core/rules/run-rules';
import { HAPROXY_RULES } from './rules';
import type { HaproxySubject } from './subject';
import { haproxyComments } from './syntax/comments';

/** Id of the hint for a suppression that silences nothing. */
const UNUSED_ID = 'HAP000';

/** Checks a read configuration. Pure; never throws; findings are sorted by place. */
export function lintHaproxy(subject: HaproxySubject, path: string, severities: Severities = {}): Finding[] {
  return runRules(subject, HAPROXY_RULES, {
    path,
    comments: haproxyComments(subject.document),
    unusedId: UNUSED_ID,
    range: (span) => subject.document.range(span),
    severities,
  });
}
