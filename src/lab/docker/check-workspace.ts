import { say, verbatim } from '../../words/message';
import { blocksDeployment } from '../../finding/finding';
import type { Finding } from '../../finding/finding';
import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import { readWorkspace } from '../../workspace/workspace';
import type { WorkspaceReading, WorkspaceSpec } from '../../workspace/workspace';
import { LabError } from '../lab-error';
import type { WorkspaceFiles } from '../lab-service';
import type { Operation } from './operation';

/**
 * Reads a workspace, unless that was done already. What is wrong with it is told by whoever asked, once, and not by the log as well.
 * @throws LabError `bad-workspace` with the findings when it cannot be deployed
 */
export async function checkWorkspace(
  operation: Operation,
  files: WorkspaceFiles,
  loadRubyParser: RubyParserLoader,
  reading?: WorkspaceReading,
): Promise<{ readonly spec: WorkspaceSpec; readonly findings: readonly Finding[] }> {
  operation.progress('check', say('reading the workspace'), 0);
  const { spec, findings } = reading ?? (await readWorkspace(files, loadRubyParser));
  if (!spec || blocksDeployment(findings)) throw badWorkspace(findings);
  return { spec, findings };
}

function describeFinding(finding: Finding): string {
  const { file, range, severity, code, message } = finding;
  return `${file}:${range.start.line + 1}:${range.start.character + 1} ${severity} ${code} ${message}`;
}

function badWorkspace(findings: readonly Finding[]): LabError {
  const errors = findings.filter((finding) => finding.severity === 'error');
  const told = errors.map(describeFinding).join('; ');
  const remedy = errors[0]?.remedy;
  return new LabError(
    'bad-workspace',
    errors.length === 1
      ? say('The workspace has an error: {0}', told)
      : say('The workspace has {0} errors: {1}', errors.length, told),
    remedy === undefined ? say('Mend the files, then deploy again.') : verbatim(remedy),
    { findings },
  );
}
