import { nodeFolder } from '../server/files/node-folder';
import { readWorkspaceFiles, type WorkspaceFiles } from '../workspace/files/workspace-files';

/** Reads the configuration files of a workspace folder; what cannot be read is in the result with the reason. */
export async function readWorkspaceFolder(folder: string): Promise<WorkspaceFiles> {
  return readWorkspaceFiles(nodeFolder(folder));
}
