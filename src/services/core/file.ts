/** A file that is put into a node before it starts. */
export interface NodeFile {
  /** Absolute path in the container. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Unix permissions, e.g. 0o600. */
  readonly mode: number;
  /** Owner as numbers: the image fixes them (lab/services/<id>/accounts). */
  readonly uid: number;
  readonly gid: number;
}

/** An account of the node. */
export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

/** The account with this number, whose group has the same. */
export function account(id: number): FileOwner {
  return { uid: id, gid: id };
}

export const ROOT = account(0);

/** A file that only its owner may read: most configurations hold a password. */
export function privateFile(path: string, content: string, owner: FileOwner): NodeFile {
  return { path, content, mode: 0o600, ...owner };
}
