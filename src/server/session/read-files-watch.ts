import { namedKind } from '../../languages/file-types';
import { pathOf } from '../files/paths';

/** Has the client tell of changes in files that an analysis read and that are not ours by their names. */
export class ReadFilesWatch {
  private readonly asked = new Set<string>();

  /** @param watch asks the client, with globs it was not asked before */
  constructor(private readonly watch: (globs: readonly string[]) => void) {}

  /** @param addresses what an analysis read, or looked for in vain */
  follow(addresses: Iterable<string>): void {
    const globs = new Set<string>();
    for (const address of addresses) {
      const path = pathOf(address);
      const glob = `**/${path.slice(path.lastIndexOf('/') + 1).replace(/[[\]{}*?!\\]/g, '?')}`;
      if (!isWatched(path) && !this.asked.has(glob)) globs.add(glob);
    }
    if (globs.size === 0) return;
    for (const glob of globs) this.asked.add(glob);
    this.watch([...globs]);
  }
}

/** Whatever their names, files with these endings may become a part of a configuration that is written in several. */
export const MAYBE_PARTS = '**/*.{cfg,conf}';

function isWatched(path: string): boolean {
  return namedKind(path) !== undefined || /\.(?:cfg|conf)$/.test(path);
}
