import type { DeployResult, OperationControl, WorkspaceFiles } from '../lab-service';
import type { DockerConnection } from './connect';

/** Deploys a workspace. */
export async function deploy(
  connection: DockerConnection,
  files: WorkspaceFiles,
  control: OperationControl,
): Promise<DeployResult> {
  throw new Error(`not built yet: ${connection.apiVersion} ${files.size} ${control.signal?.aborted}`);
}
