import type { UnreadFile } from '../../workspace/files/workspace-files';

/** The files of the workspace, as the server may see them: reading only. */
export interface FileSystem {
  /**
   * Text of a file, or why it was not read; undefined when there is none.
   * @param within folder a link must not lead out of
   */
  read(uri: string, within?: string): Promise<string | UnreadFile | undefined>;
  exists(uri: string): Promise<boolean>;
  /** Names of the files and folders in a folder, by its address; none when there is no such folder. */
  names(folder: string): Promise<readonly string[]>;
  /** Addresses of all files below a folder that `wanted` takes; folders of tools and dependencies are left out. */
  list(folder: string, wanted: (uri: string) => boolean): Promise<readonly string[]>;
}
