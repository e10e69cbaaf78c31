import type { Severity } from '../../../finding/finding';
import type { FaultKind } from '../check/fault';
import type { HaproxyRule } from './haproxy-rule';

/** A rule for one kind of fault the check of the language finds. */
export function fromFault(
  id: string,
  severity: Severity,
  topic: string,
  title: string,
  kind: FaultKind,
): HaproxyRule {
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
