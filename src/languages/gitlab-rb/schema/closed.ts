import type { KeyInfo } from './schema';

/**
 * Hashes of which every key is known, because the package or Rails reads them key by key: what is not known there has
 * no effect. All other hashes are handed on whole to a program that may know more than we do.
 */
const CLOSED: ReadonlySet<string> = new Set([
  'gitlab_rails/nginx',
  'registry/nginx',
  'gitlab_pages/nginx',
  'gitlab_kas/nginx',
  'nginx/status',
  'gitlab_rails/object_store',
  'gitlab_rails/object_store/objects',
  'gitlab_rails/database_reindexing',
]);

/** True when any key may stand below the key: a hash, or something of unknown type, that nobody reads key by key. */
export function isOpenPath({ root, path, types }: Pick<KeyInfo, 'root' | 'path' | 'types'>): boolean {
  if (path.length === 0 || (types.length > 0 && !types.includes('hash'))) return false;
  return !CLOSED.has([root, ...path].join('/'));
}
