import type { Finding, Range, Severity } from '../../finding/finding';
import type { WorkspaceRuleId } from '../rules/workspace-rules';
import { plainRange } from '../../languages/core/text/byte-range';

/** Takes one finding of a file. */
export type Reporter = (
  severity: Severity,
  code: WorkspaceRuleId,
  range: Range,
  message: string,
  remedy: string,
) => void;

/** A reporter that fills a list for one file. */
export function reporterFor(file: string, findings: Finding[]): Reporter {
  return (severity, code, range, message, remedy) => {
    findings.push({ code, severity, file, range: plainRange(range), message, remedy });
  };
}
