import type { SetAccess } from '../../../../src/workspace/sets/set-access';

/** Files by whole path, as a search for the parts of a configuration sees them. */
export function memory(files: Readonly<Record<string, string>>): SetAccess {
  return {
    names: (folder) => {
      const below = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
      return Promise.resolve([
        ...new Set(below.map((path) => path.slice(folder.length + 1).split('/')[0] ?? '')),
      ]);
    },
    read: (path) => Promise.resolve(files[path]),
    named: (path) => ({ id: path, path: path.replace(/^\/w\//, '') }),
  };
}
