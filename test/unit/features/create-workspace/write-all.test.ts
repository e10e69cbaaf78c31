import { describe, expect, it } from 'vitest';
import type { FileSystem, Uri } from 'vscode';
import { writeAll } from '../../../../src/features/create-workspace/write-all';

/** A disk in memory on which one file cannot be written whole. */
function disk(full?: string) {
  const there = new Map<string, string>();
  const fs: Pick<FileSystem, 'writeFile' | 'delete'> = {
    writeFile: async ({ path }, content) => {
      there.set(path, path === full ? '' : new TextDecoder().decode(content));
      if (path === full) throw new Error(`${path}: no space left on device`);
    },
    delete: async ({ path }) => {
      if (!there.delete(path)) throw new Error(`${path}: no such file`);
    },
  };
  return { fs, there };
}

const FILES = ['/w/cluster.yaml', '/w/nodes/gl1/gitlab.rb', '/w/haproxy/haproxy.cfg'].map((path) => ({
  uri: { path } as Uri,
  text: `# ${path}\n`,
}));

describe('the files of a new workspace', () => {
  it('are written all', async () => {
    const { fs, there } = disk();
    await writeAll(fs, FILES);
    expect([...there]).toEqual(FILES.map(({ uri, text }) => [uri.path, text]));
  });

  it('are none where one cannot be written, and that is what is told', async () => {
    const { fs, there } = disk('/w/nodes/gl1/gitlab.rb');
    await expect(writeAll(fs, FILES)).rejects.toThrow('/w/nodes/gl1/gitlab.rb: no space left on device');
    expect([...there.keys()]).toEqual([]);
  });
});
