/** The readable path of an address: decoded, without scheme. */
export function pathOf(uri: string): string {
  const path = uri.replace(/^[a-z][a-z0-9+.-]*:(\/\/[^/]*)?/i, '').replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign: the address is its own path.
    return path;
  }
}

/** Folder of an address, without the slash at its end. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

/** Path below a folder, both addresses; undefined when it is not below. */
export function pathBelow(folder: string, uri: string): string | undefined {
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  // Editors and Node do not escape the same characters.
  const [basePath, path] = [pathOf(base), pathOf(uri)];
  return path.startsWith(basePath) ? path.slice(basePath.length) : undefined;
}
