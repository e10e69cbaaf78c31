import type { Finding } from '../../finding/finding';
import { isRemark } from '../rules/workspace-rules';

/**
 * Leaves out what contradicts an error: that a setting has no effect in the lab, on a line that keeps the lab from being
 * made.
 */
export function withoutContradictions(findings: readonly Finding[]): readonly Finding[] {
  const line = ({ file, range }: Finding): string => JSON.stringify([file, range.start.line]);
  const blocking = new Set(findings.filter(({ severity }) => severity === 'error').map(line));
  const saysNoEffect = ({ code, severity }: Finding): boolean => severity === 'information' && isRemark(code);
  return findings.filter((finding) => !(saysNoEffect(finding) && blocking.has(line(finding))));
}
