import type { DocumentLink } from 'vscode-languageserver-types';
import type { FileSystem } from '../files/file-system';
import { folderOf } from '../files/paths';

/**
 * Links to files that exist: at the path as written, below the file's folder, or beside the file, which is where
 * a copy of a server's configuration is kept.
 */
export async function resolveLinks(
  links: readonly DocumentLink[],
  uri: string,
  files: Pick<FileSystem, 'exists'>,
): Promise<DocumentLink[]> {
  const resolved = await Promise.all(
    links.map(async (link): Promise<DocumentLink | undefined> => {
      if (link.target !== undefined) return link;
      const { range, tooltip } = link;
      const data: unknown = link.data;
      if (typeof data !== 'string' || data === '') return undefined;
      const rest = { range, ...(tooltip === undefined ? {} : { tooltip }) };
      for (const candidate of candidates(data, uri)) {
        if (await files.exists(candidate)) return { ...rest, target: candidate };
      }
      return undefined;
    }),
  );
  return resolved.filter((link) => link !== undefined);
}

function candidates(path: string, uri: string): readonly string[] {
  const folder = folderOf(uri);
  const written = path.split('/').map(encodeURIComponent).join('/');
  const name = written.slice(written.lastIndexOf('/') + 1);
  const places = path.startsWith('/') ? [`file://${written}`] : [`${folder}/${written}`];
  return name === '' ? places : [...places, `${folder}/${name}`];
}
