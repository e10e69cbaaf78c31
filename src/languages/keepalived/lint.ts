import type { Finding } from '../../finding/finding';
import type { Severities } from '../core/language/language';
import { runRules } from '../core/rules/run-rules';
import { KEEPALIVED_RULES } from './rules';
import type { KeepalivedSubject } from './subject';
import { keepalivedComments } from './syntax/comments';

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
    comments: keepalivedComments(subject.document),
    unusedId: UNUSED_ID,
    range: (span) => subject.document.range(span),
    severities,
    ...(subject.fileOf === undefined ? {} : { fileOf: subject.fileOf }),
  });
}
