import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DocumentLink, DocumentSymbol, Location, WorkspaceEdit } from 'vscode-languageserver/node';
import { Client } from './client';

vi.setConfig({ testTimeout: 20_000 });

const CLUSTER = 'cluster.yaml';

let root: string;
let client: Client;
let text: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'ha change-'));
  cpSync(new URL('../../../lab/sample', import.meta.url), root, { recursive: true });
  text = readFileSync(join(root, CLUSTER), 'utf8');
  client = await Client.start(root);
  await client.open(CLUSTER);
});
afterEach(async () => {
  await client.stop();
  rmSync(root, { recursive: true, force: true });
});

/** An edit as `path: number of places`, and `old -> new` for what gets another name. */
function summary(edit: WorkspaceEdit | undefined | null): readonly string[] {
  const below = (uri: string): string =>
    decodeURIComponent(uri.slice(client.uri('').length)).replace(/^\//, '');
  return (edit?.documentChanges ?? []).map((change) => {
    if ('textDocument' in change) return `${below(change.textDocument.uri)}: ${change.edits.length}`;
    return change.kind === 'rename' ? `${below(change.oldUri)} -> ${below(change.newUri)}` : change.kind;
  });
}

describe('in cluster.yaml', () => {
  test('a node is renamed in all files, and its folder with them', async () => {
    const edit = await client.at<WorkspaceEdit>('textDocument/rename', CLUSTER, text, 'node2', {
      newName: 'db2',
    });
    expect(summary(edit)).toEqual([
      'nodes/node2 -> nodes/db2',
      // The example of layers in a comment as well.
      'cluster.yaml: 2',
      'haproxy/haproxy.cfg: 5',
      'nodes/db2/gitlab.rb: 1',
      'nodes/db2/keepalived.conf: 2',
    ]);
  });

  test('an address is changed in all files, also as an open one has it in the editor', async () => {
    const path = 'nodes/node1/gitlab.rb';
    await client.open(path, `${readFileSync(join(root, path), 'utf8')}# 172.30.0.12\n`);
    const edit = await client.at<WorkspaceEdit>('textDocument/rename', CLUSTER, text, '172.30.0.12', {
      newName: '172.30.0.22',
    });
    expect(summary(edit)).toEqual([
      'cluster.yaml: 1',
      'haproxy/haproxy.cfg: 5',
      'nodes/node1/gitlab.rb: 5',
      // As a peer, and in the check whether others are heard.
      'nodes/node1/keepalived.conf: 2',
      'nodes/node2/gitlab.rb: 17',
      'nodes/node2/keepalived.conf: 1',
      'nodes/node3/gitlab.rb: 4',
      'nodes/node3/keepalived.conf: 2',
    ]);
  });

  test('a change that cluster.yaml would not take is refused', async () => {
    const wrong = client.at('textDocument/rename', CLUSTER, text, '172.30.0.12', { newName: '10.0.0.1' });
    await expect(wrong).rejects.toThrow('outside the subnet 172.30.0.0/24');
  });

  test.each(['gitlab.rb', 'notes.txt'])(
    'a folder of the new name with a %s in it is left alone',
    async (file) => {
      mkdirSync(join(root, 'nodes', 'db2'));
      writeFileSync(join(root, 'nodes', 'db2', file), '# mine\n');
      await client.changed(`nodes/db2/${file}`);
      const renamed = client.at('textDocument/rename', CLUSTER, text, 'node2', { newName: 'db2' });
      await expect(renamed).rejects.toThrow('There is a folder nodes/db2 already.');
    },
  );

  test('what was changed by hand is carried over to the other files, from where it stands and from where it is missing', async () => {
    await client.type(CLUSTER, text.replace('172.30.0.12', '172.30.0.22'));
    const line = text.split('\n').findIndex((one) => one.includes('172.30.0.12')) + 1;
    const expected = [
      'haproxy/haproxy.cfg: 5',
      'nodes/node2/gitlab.rb: 17',
      'nodes/node2/keepalived.conf: 1',
    ];
    const title = 'Change in all files: 172.30.0.12 → 172.30.0.22';
    expect(summary(await client.edit(CLUSTER, line, title))).toEqual(expect.arrayContaining(expected));
    expect(summary(await client.edit(CLUSTER, 1, title))).toEqual([]);
    await client.open('haproxy/haproxy.cfg');
    const proxy = readFileSync(join(root, 'haproxy', 'haproxy.cfg'), 'utf8').split('\n');
    const there = proxy.findIndex((one) => one.includes('172.30.0.12')) + 1;
    await vi.waitFor(async () =>
      expect(summary(await client.edit('haproxy/haproxy.cfg', there, title))).toEqual(
        expect.arrayContaining(expected),
      ),
    );
  });

  test('of a folder that gets another name the old one is forgotten, and the new one known', async () => {
    await client.type(CLUSTER, text.replaceAll('node2', 'db2'));
    await client.sees({
      'nodes/db2/gitlab.rb': ['WSP002 1:1'],
      'nodes/db2/keepalived.conf': ['WSP003 1:1'],
      'nodes/node2/gitlab.rb': ['WSP006 1:1'],
    });
    renameSync(join(root, 'nodes', 'node2'), join(root, 'nodes', 'db2'));
    await client.changed('nodes/node2', 'nodes/db2');
    await client.sees({});
  });

  test("a node's name leads to its files", async () => {
    const found = await client.at<Location[]>('textDocument/definition', CLUSTER, text, 'node2');
    const paths = found.map(({ uri }) => uri.slice(client.uri('').length).replace(/^\//, ''));
    expect(paths).toEqual(['cluster.yaml', 'nodes/node2/gitlab.rb', 'nodes/node2/keepalived.conf']);
    const links = await client.at<DocumentLink[]>('textDocument/documentLink', CLUSTER, text, 'name');
    expect(links.map(({ target }) => target)).toEqual(
      [1, 2, 3].map((n) => client.uri(`nodes/node${n}/gitlab.rb`)),
    );
  });

  test('the outline names what is in it', async () => {
    const symbols = await client.at<DocumentSymbol[]>('textDocument/documentSymbol', CLUSTER, text, 'name');
    expect(symbols.map(({ name }) => name)).toEqual(['Cluster', 'Subnet', 'VIP', 'node1', 'node2', 'node3']);
  });

  test('a slip of the fingers has its fix', async () => {
    await client.type(CLUSTER, text.replace('timings: fast', 'timing: fast'));
    const line = text.split('\n').findIndex((one) => one.includes('timings: fast')) + 1;
    await vi.waitFor(async () =>
      expect([...(await client.actions(CLUSTER, line))][0]).toEqual(['Write timings', 'timings']),
    );
  });
});
