import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFolder, readLocalFile } from '../../../../src/server/files/node-folder';
import { readWorkspaceFiles } from '../../../../src/workspace/files/workspace-files';
import { readWorkspace } from '../../../../src/workspace/workspace';
import { loadParser } from '../../../../tools/fuzz/parser';
import { brief, workspace } from '../../workspace/workspace-sample';

const RUBY = 'nodes/node1/gitlab.rb';
const NOBODY = 65534;

let root: string;
let elsewhere: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ha-folder-'));
  elsewhere = mkdtempSync(join(tmpdir(), 'ha-elsewhere-'));
  for (const [path, text] of workspace({ [RUBY]: undefined })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  mkdirSync(dirname(join(root, RUBY)), { recursive: true });
});
afterEach(() => {
  for (const folder of [root, elsewhere]) rmSync(folder, { recursive: true, force: true });
});

const errors = async (): Promise<string[]> => {
  const { findings, spec } = await readWorkspace(await readWorkspaceFiles(nodeFolder(root)), loadParser);
  expect(spec === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
  return findings.map(brief);
};

/** Root may read everything: the test then goes on as nobody. */
async function asOrdinaryUser<T>(act: () => Promise<T>): Promise<T> {
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(NOBODY);
  try {
    return await act();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

describe('what is no readable file is a finding with its name, never waited for', () => {
  const file = (): string => join(root, RUBY);

  test.each<[string, () => void, string]>([
    [
      'a pipe nobody writes to',
      () => execFileSync('mkfifo', [file()]),
      `error WSP007 ${RUBY}:1 ${RUBY} is a pipe, not a file.`,
    ],
    ['a folder', () => mkdirSync(file()), `error WSP007 ${RUBY}:1 ${RUBY} is a folder, not a file.`],
    [
      'a link to nothing',
      () => symlinkSync('missing.rb', file()),
      `error WSP007 ${RUBY}:1 ${RUBY} is a link to nothing.`,
    ],
    [
      'links in a circle',
      () => symlinkSync('gitlab.rb', file()),
      `error WSP007 ${RUBY}:1 ${RUBY} cannot be read: its links lead in a circle (ELOOP).`,
    ],
    [
      'a file without end',
      () => symlinkSync('/dev/zero', file()),
      `error WSP009 ${RUBY}:1 ${RUBY} is a link to /dev/zero, outside the workspace.`,
    ],
    [
      'a gigabyte',
      () => {
        writeFileSync(file(), '');
        truncateSync(file(), 2 ** 30);
      },
      `error WSP008 ${RUBY}:1 ${RUBY} is larger than 1 MiB.`,
    ],
    [
      'a little more than the limit, all of it comments',
      () => writeFileSync(file(), '# a comment\n'.repeat(90_000)),
      `error WSP008 ${RUBY}:1 ${RUBY} is larger than 1 MiB.`,
    ],
  ])('%s', async (_, make, expected) => {
    make();
    expect(await errors()).toEqual([expected]);
  });

  test('a link out of the workspace', async () => {
    const target = join(elsewhere, 'shadow');
    writeFileSync(target, 'root:*:19000:0:99999:7:::\n');
    symlinkSync(target, file());
    expect(await errors()).toEqual([
      `error WSP009 ${RUBY}:1 ${RUBY} is a link to ${target}, outside the workspace.`,
    ]);
  });

  test('a link to another file of the workspace is followed', async () => {
    writeFileSync(join(root, 'nodes', 'first.rb'), workspace().get(RUBY) ?? '');
    symlinkSync('../first.rb', file());
    expect(await errors()).toEqual([]);
  });

  test('a file this user may not read', async () => {
    writeFileSync(file(), '');
    chmodSync(file(), 0);
    chmodSync(root, 0o755);
    const found = await asOrdinaryUser(errors);
    expect(found).toEqual([`error WSP007 ${RUBY}:1 ${RUBY} cannot be read: this user may not (EACCES).`]);
  });

  test('a missing file is none of these', async () => {
    expect(await errors()).toEqual([
      `warning WSP002 ${RUBY}:1 node1 has no gitlab.rb: the lab uses its defaults.`,
    ]);
  });

  test.each(['haproxy/haproxy.cfg', 'keepalived/keepalived.conf', 'cluster.yaml'])(
    '%s that is too large is neither missing nor empty',
    async (path) => {
      writeFileSync(file(), workspace().get(RUBY) ?? '');
      truncateSync(join(root, path), 2 ** 21);
      expect(await errors()).toEqual([`error WSP008 ${path}:1 ${path} is larger than 1 MiB.`]);
    },
  );
});

describe('a local file', () => {
  test('that says it is empty and has no end is given up at the limit', async () => {
    // Its size is 0, and it has a page.
    expect(await readLocalFile('/proc/self/status', 100)).toMatchObject({ unread: 'too-large' });
  });

  test('of exactly the limit is read', async () => {
    const file = join(elsewhere, 'file');
    writeFileSync(file, 'x'.repeat(1000));
    expect(await readLocalFile(file, 1000)).toHaveLength(1000);
    expect(await readLocalFile(file, 999)).toMatchObject({ unread: 'too-large' });
  });
});
