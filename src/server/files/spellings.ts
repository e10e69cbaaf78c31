import { addressBelow, normalUri, pathBelow } from './paths';

/** How the client writes the addresses of its folders and files: some know a file again only by the same letters. */
export class Spellings {
  private folders: readonly string[] = [];
  private readonly files = new Map<string, string>();

  /** @returns the folders' addresses in normal form */
  setFolders(folders: readonly string[]): readonly string[] {
    this.folders = folders;
    return folders.map(normalUri);
  }

  /** Remembers an address as the client wrote it. @returns its normal form */
  note(uri: string): string {
    const normal = normalUri(uri);
    this.files.set(normal, uri);
    return normal;
  }

  /** The client's spelling of an address in normal form; below its own spelling of the folder when it named none. */
  of(normal: string): string {
    const known = this.files.get(normal);
    if (known !== undefined) return known;
    for (const folder of this.folders) {
      const path = pathBelow(folder, normal);
      if (path !== undefined) return addressBelow(folder, path);
    }
    return normal;
  }
}
