/** The files of the workspace, as the server may see them: reading only. */
export interface FileSystem {
  /** Text of a file; undefined when there is none, it is too large, or it cannot be read. */
  read(uri: string): Promise<string | undefined>;
  exists(uri: string): Promise<boolean>;
  /** Addresses of all files below a folder that `wanted` takes; folders of tools and dependencies are left out. */
  list(folder: string, wanted: (uri: string) => boolean): Promise<readonly string[]>;
}
