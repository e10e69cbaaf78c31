import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readWorkspaceFolder } from '../../../src/cli/workspace';
import { isWorkspaceFile } from '../../../src/workspace/files/workspace-files';

describe('files of a workspace', () => {
  test.each([
    ['cluster.yaml', true],
    ['nodes/node1/gitlab.rb', true],
    ['nodes/node1/haproxy.cfg', true],
    ['haproxy/haproxy.cfg', true],
    ['keepalived/keepalived.conf', true],
    ['nodes/node1/deep/gitlab.rb', false],
    ['nodes/node1/secrets.json', false],
    ['README.md', false],
    ['other/cluster.yaml', false],
  ])('%s: %s', (path, expected) => expect(isWorkspaceFile(path)).toBe(expected));

  let folder = '';
  const written = {
    'cluster.yaml': 'name: x\n',
    'nodes/a/gitlab.rb': '# a\n',
    'nodes/b/notes.txt': 'no',
    '.env': 'no',
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ha-workspace-'));
    for (const [path, text] of Object.entries(written)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('only they are read', async () => {
    expect([...(await readWorkspaceFolder(folder))]).toEqual([
      ['cluster.yaml', 'name: x\n'],
      ['nodes/a/gitlab.rb', '# a\n'],
    ]);
  });

  test('a folder that does not exist has none', async () => {
    expect((await readWorkspaceFolder(join(folder, 'nowhere'))).size).toBe(0);
  });
});
