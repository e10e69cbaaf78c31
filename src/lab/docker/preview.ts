import type { RubyParserLoader } from '../../languages/gitlab-rb/ruby/ruby-parser';
import type { DeployPreview, OperationControl, WorkspaceFiles } from '../lab-service';
import { checkWorkspace } from './check-workspace';
import type { DockerConnection } from './endpoint/connect';
import { intend, takeSituation } from './intention';
import { Operation } from './operation';

export interface PreviewParts {
  readonly connection: DockerConnection;
  readonly imageDir: string;
  readonly loadRubyParser: RubyParserLoader;
}

/**
 * What deploying a workspace would do now. Only looks: takes no lock, so somebody who works there meanwhile makes it
 * untrue.
 * @throws LabError `bad-workspace`, `subnet-clash`, or what Docker says
 */
export async function previewWorkspace(
  { connection, imageDir, loadRubyParser }: PreviewParts,
  files: WorkspaceFiles,
  control: OperationControl,
): Promise<DeployPreview> {
  const operation = new Operation(connection.docker, control, { check: [0, 1] });
  const { spec, findings } = await checkWorkspace(operation, files, loadRubyParser);
  operation.throwIfCancelled();
  const { operations, losses } = intend(await takeSituation(connection, imageDir, spec));
  return { lab: spec.cluster.name, operations, losses, findings };
}
