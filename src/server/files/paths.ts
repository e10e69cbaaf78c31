/** Scheme, authority, path, and what follows it. */
const PARTS = /^(?:([a-z][a-z0-9+.-]*:)(\/\/[^/?#]*)?)?([^?#]*)(.*)$/is;

/**
 * The one form of an address to compare and look up by. Editors and Node do not escape the same characters: VS Code
 * writes `c%3A/a%20%28b%29` where Node writes `C:/a%20(b)`. Any scheme; an address in this form stays as it is.
 */
export function normalUri(uri: string): string {
  const [, scheme = '', authority = '', path = '', rest = ''] = PARTS.exec(uri) ?? [];
  const isFile = scheme.toLowerCase() === 'file:';
  const segments = path.split('/').map(decoded);
  // The letter of a drive has no case.
  if (isFile && /^[a-z]:$/i.test(segments[1] ?? '')) segments[1] = segments[1]?.toLowerCase() ?? '';
  // Of local files `file:/path` is another way to write `file:///path`.
  const host = isFile && authority === '' ? '//' : authority;
  return `${(scheme + host).toLowerCase()}${segments.map(encoded).join('/')}${rest}`;
}

/** The readable path of an address: decoded, without scheme. */
export function pathOf(uri: string): string {
  return (PARTS.exec(normalUri(uri))?.[3] ?? '').split('/').map(decoded).join('/');
}

/** Folder of an address, without the slash at its end. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

/** Path below a folder, both addresses; undefined when it is not below. */
export function pathBelow(folder: string, uri: string): string | undefined {
  const base = normalUri(folder.endsWith('/') ? folder : `${folder}/`);
  const address = normalUri(uri);
  return address.startsWith(base) ? address.slice(base.length).split('/').map(decoded).join('/') : undefined;
}

/** Address of a path below a folder; in normal form when the folder's is. */
export function addressBelow(folder: string, path: string): string {
  return `${folder}/${path.split('/').map(encoded).join('/')}`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray percent sign stands for itself.
    return segment;
  }
}

function encoded(segment: string): string {
  try {
    return encodeURIComponent(segment);
  } catch {
    // Half of a character, which no address can hold.
    return segment;
  }
}
