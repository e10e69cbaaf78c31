import type { Severity } from '../../../finding/finding';
import type { Rule } from '../../core/rules/rule';
import type { FaultKind } from '../check/fault';
import type { HaproxySubject } from '../subject';

/** A rule for one kind of fault the check of the language finds. */
export function fromFault(
  id: string,
  severity: Severity,
  topic: string,
  title: string,
  kind: FaultKind,
): Rule<HaproxySubject> {
  return {
    id,
    severity,
    topic,
    title,
    check(subject, report) {
      for (const fault of subject.checked.faults.get(kind) ?? []) report(fault);
    },
  };
}
