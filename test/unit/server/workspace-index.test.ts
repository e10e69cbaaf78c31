import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { createReaders } from '../../../src/server/documents/readers';
import { normalUri, pathBelow } from '../../../src/server/files/paths';
import type { FileView } from '../../../src/server/documents/file-view';
import { WorkspaceIndex } from '../../../src/server/files/workspace-index';
import { loadParser } from '../../../tools/fuzz/parser';

const W = 'file:///w/my%20cluster';

const CLUSTER = 'name: a\ngitlab_version: "18.10"\nhaproxy_version: 3.2\nnodes: [\n';

/** A disk of a few files, some of them changed while the index looks. */
class MemoryDisk {
  readonly texts = new Map<string, string>();

  read(uri: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(uri));
  }

  exists(uri: string): Promise<boolean> {
    return Promise.resolve(this.texts.has(uri));
  }

  list(folder: string, wanted: (uri: string) => boolean): Promise<readonly string[]> {
    return Promise.resolve(
      [...this.texts.keys()].filter((uri) => uri.startsWith(`${folder}/`) && wanted(uri)),
    );
  }
}

/** A disk that lists its files as Node writes them. */
class SpeltDisk extends MemoryDisk {
  constructor(private readonly folder: string) {
    super();
  }

  override read(uri: string): Promise<string | undefined> {
    return super.read(normalUri(uri));
  }

  override async list(folder: string, wanted: (uri: string) => boolean): Promise<readonly string[]> {
    const found = await super.list(normalUri(folder), wanted);
    return found.map((uri) => `${this.folder}/${pathBelow(folder, uri)}`);
  }
}

/** Holds up whoever comes until it is opened. */
function gate(): { passed: () => Promise<void>; reached: Promise<void>; open: () => void } {
  let [open, reach] = [(): void => undefined, (): void => undefined];
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const passed = (): Promise<void> => {
    reach();
    return opened;
  };
  return { passed, reached, open };
}

let disk: MemoryDisk;
let index: WorkspaceIndex;
const reader = createReaders(loadParser);

beforeEach(() => {
  disk = new MemoryDisk();
  disk.texts
    .set(`${W}/cluster.yaml`, CLUSTER)
    .set(`${W}/nodes/node1/gitlab.rb`, "patroni['scope'] = 'main'\n")
    .set(`${W}/nodes/node2/gitlab.rb`, "patroni['scope'] = 'other'\n")
    .set(`${W}/nodes/node1/keepalived.conf`, '')
    .set(`${W}/haproxy/haproxy.cfg`, 'backend app\n    server a 10.0.0.1:80 check\n')
    .set(`${W}/README.md`, 'text')
    .set(`${W}/app/models/user.rb`, 'class User\nend\n');
  index = new WorkspaceIndex({ files: disk, reader });
});

const scope = (uri: string): unknown => {
  const patroni = index.file(uri)?.settings?.get('patroni');
  const value = patroni?.kind === 'hash' ? patroni.entries.get('scope')?.value : undefined;
  return value?.kind === 'string' ? value.value : undefined;
};

describe('while the folders are being read', () => {
  test('nothing is said between files: what seems to be missing may only be unread', async () => {
    const sample = readFileSync(new URL('../../../lab/sample/cluster.yaml', import.meta.url), 'utf8');
    disk.texts.set(`${W}/cluster.yaml`, sample);
    const { passed, reached, open } = gate();
    const read = disk.read.bind(disk);
    disk.read = async (uri) => {
      if (uri.endsWith('haproxy.cfg')) await passed();
      return read(uri);
    };
    const reading = index.setFolders([W]);
    await reached;
    const view = (await reader('cluster'))(sample, { path: 'cluster.yaml' });
    const shown = index.shown(`${W}/cluster.yaml`, 'cluster', view);
    expect([...index.between().keys()]).toEqual([]);
    expect(index.betweenIn(`${W}/cluster.yaml`)).toEqual([]);
    open();
    await Promise.all([reading, shown]);
    const codes = index.betweenIn(`${W}/nodes/node3/gitlab.rb`).map(({ code }) => code);
    expect(codes).toContain('WSP002');
    expect([...index.between().keys()]).not.toContain(`${W}/haproxy/haproxy.cfg`);
  });
});

describe('the workspace index', () => {
  test('knows every configuration file with its language, path and node', async () => {
    await index.setFolders([W]);
    expect(index.all().map(({ path, kind, node, root }) => [path, kind, node, root])).toEqual([
      ['haproxy/haproxy.cfg', 'haproxy', undefined, W],
      ['nodes/node1/gitlab.rb', 'gitlab-rb', 'node1', W],
      ['nodes/node1/keepalived.conf', 'keepalived', 'node1', W],
      ['nodes/node2/gitlab.rb', 'gitlab-rb', 'node2', W],
    ]);
    expect(index.ofNode(W, 'node2').map((file) => file.path)).toEqual([
      'haproxy/haproxy.cfg',
      'nodes/node2/gitlab.rb',
    ]);
  });

  test('holds the evaluated settings of each gitlab.rb', async () => {
    await index.setFolders([W]);
    expect(scope(`${W}/nodes/node1/gitlab.rb`)).toBe('main');
    expect(scope(`${W}/nodes/node2/gitlab.rb`)).toBe('other');
  });

  test('takes the target versions from cluster.yaml, also from one that is broken elsewhere', async () => {
    await index.setFolders([W]);
    expect(index.target(`${W}/nodes/node1/gitlab.rb`)).toEqual({
      path: 'nodes/node1/gitlab.rb',
      gitlabVersion: '18.10',
      haproxyVersion: '3.2',
    });
    expect(index.target('file:///elsewhere/haproxy.cfg')).toEqual({ path: 'haproxy.cfg' });
  });

  test('follows files that are made, changed and removed', async () => {
    await index.setFolders([W]);
    disk.texts.set(`${W}/nodes/node1/gitlab.rb`, "patroni['scope'] = 'new'\n");
    disk.texts.delete(`${W}/nodes/node2/gitlab.rb`);
    disk.texts.set(`${W}/nodes/node3/gitlab.rb`, "patroni['scope'] = 'third'\n");
    for (const node of ['node1', 'node2', 'node3']) await index.changed(`${W}/nodes/${node}/gitlab.rb`);
    expect(['node1', 'node2', 'node3'].map((node) => scope(`${W}/nodes/${node}/gitlab.rb`))).toEqual([
      'new',
      undefined,
      'third',
    ]);
  });

  test('follows cluster.yaml', async () => {
    await index.setFolders([W]);
    disk.texts.set(`${W}/cluster.yaml`, 'gitlab_version: "17.9"\n');
    await index.changed(`${W}/cluster.yaml`);
    expect(index.target(`${W}/nodes/node1/gitlab.rb`).gitlabVersion).toBe('17.9');
    expect(index.target(`${W}/nodes/node1/gitlab.rb`).haproxyVersion).toBeUndefined();
  });

  test('puts what is open before what is on disk', async () => {
    await index.setFolders([W]);
    const uri = `${W}/nodes/node1/gitlab.rb`;
    const view = (await reader('gitlab-rb'))("patroni['scope'] = 'typed'\n", index.target(uri));
    await index.shown(uri, 'gitlab-rb', view);
    await index.changed(uri);
    expect(scope(uri)).toBe('typed');
    await index.closed(uri);
    expect(scope(uri)).toBe('main');
  });

  test.each([
    ['of no folder of the workspace', 'file:///elsewhere', W],
    ['of a virtual workspace', 'vscode-vfs://github/a', 'vscode-vfs://github/a'],
  ])('of the other files beside a cluster.yaml %s nothing is said', async (_, root, folder) => {
    await index.setFolders([folder]);
    const text = `name: a
network: { subnet: 10.0.0.0/24, vip: 10.0.0.9 }
nodes: [{ name: a, address: 10.0.0.1 }, { name: b, address: 10.0.0.2 }, { name: c, address: 10.0.0.3 }]
gitlab_version: "18.1"
`;
    const uri = `${root}/cluster.yaml`;
    await index.shown(uri, 'cluster', (await reader('cluster'))(text, index.target(uri)));
    expect([...index.between()]).toEqual([]);
    expect(index.target(`${root}/nodes/a/gitlab.rb`).gitlabVersion).toBe('18.1');
  });

  test('files that are missing are looked for once, not at each keystroke in cluster.yaml', async () => {
    const uri = `${W}/cluster.yaml`;
    const text = (name: string): string => `name: ${name}
network: { subnet: 10.0.0.0/24, vip: 10.0.0.9 }
nodes: [{ name: node1, address: 10.0.0.1 }, { name: node2, address: 10.0.0.2 }, { name: node3, address: 10.0.0.3 }]
`;
    disk.texts.set(uri, text('a'));
    const asked: string[] = [];
    const read = disk.read.bind(disk);
    disk.read = (file) => {
      asked.push(file.slice(W.length + 1));
      return read(file);
    };
    const type = async (name: string): Promise<readonly string[]> => {
      asked.length = 0;
      await index.shown(uri, 'cluster', (await reader('cluster'))(text(name), index.target(uri)));
      return [...asked];
    };
    const missing = (): unknown =>
      [...index.between()].flatMap(([at, findings]) =>
        findings.filter(({ code }) => code === 'WSP002').map(() => at.slice(W.length + 1)),
      );
    await index.setFolders([W]);
    expect([await type('ab'), await type('abc')]).toEqual([[], []]);
    expect(missing()).toEqual(['nodes/node3/gitlab.rb']);
    // A node nobody has heard of so far is looked for.
    const renamed = (): Promise<FileView> =>
      reader('cluster').then((view) => view(text('abc').replace('node3', 'node4'), index.target(uri)));
    await index.shown(uri, 'cluster', await renamed());
    expect(asked).toEqual(
      ['gitlab.rb', 'haproxy.cfg', 'keepalived.conf'].map((name) => `nodes/node4/${name}`),
    );
    // The watcher tells of one, and then that it is gone.
    disk.texts.set(`${W}/nodes/node3/gitlab.rb`, "patroni['scope'] = 'main'\n");
    await index.changed(`${W}/nodes/node3/gitlab.rb`);
    expect([await type('abcd'), missing()]).toEqual([[], []]);
    disk.texts.delete(`${W}/nodes/node3/gitlab.rb`);
    await index.changed(`${W}/nodes/node3/gitlab.rb`);
    expect([await type('abcde'), missing()]).toEqual([[], ['nodes/node3/gitlab.rb']]);
  });

  describe('while the disk takes its time', () => {
    const CLUSTER_URI = `${W}/cluster.yaml`;
    const typed = async (text: string): Promise<FileView> =>
      (await reader('cluster'))(text, index.target(CLUSTER_URI));

    test.each<[string, (index: WorkspaceIndex) => Promise<unknown>]>([
      ['the folders are read', (index) => index.setFolders([W])],
      ['cluster.yaml has changed on disk', (index) => index.changed(CLUSTER_URI)],
    ])('a cluster.yaml opened after it was read counts as in the editor: %s', async (_, read) => {
      const parser = gate();
      let slow = false;
      index = new WorkspaceIndex({
        files: disk,
        reader: async (kind) => {
          if (slow && kind === 'cluster') await parser.passed();
          return reader(kind);
        },
      });
      await index.setFolders([W]);
      slow = true;
      const reading = read(index);
      await parser.reached;
      await index.shown(CLUSTER_URI, 'cluster', await typed('name: a\ngitlab_version: "18.1"\n'));
      parser.open();
      await reading;
      expect(index.target(`${W}/nodes/node1/gitlab.rb`).gitlabVersion).toBe('18.1');
    });

    test.each([
      [CLUSTER_URI, 'gitlab_version: "17.1"\n', 'gitlab_version: "17.2"\n'],
      [`${W}/nodes/node1/gitlab.rb`, "patroni['scope'] = '1'\n", "patroni['scope'] = '2'\n"],
    ])('of two readings the one that began last counts: %s', async (uri, first, second) => {
      await index.setFolders([W]);
      const slow = gate();
      disk.texts.set(uri, first);
      const read = disk.read.bind(disk);
      disk.read = async (asked) => {
        disk.read = read;
        const text = await read(asked);
        await slow.passed();
        return text;
      };
      const old = index.changed(uri);
      await slow.reached;
      disk.texts.set(uri, second);
      await index.changed(uri);
      slow.open();
      await old;
      const of = uri === CLUSTER_URI ? index.target(uri).gitlabVersion : scope(uri);
      expect(of).toBe(uri === CLUSTER_URI ? '17.2' : '2');
    });
  });

  // As VS Code and as Node write the same folder.
  test.each([
    ['file:///w/a%20%28b%29', 'file:///w/a%20(b)'],
    ['file:///w/a%40b', 'file:///w/a@b'],
    ['file:///w/a%2Bb', 'file:///w/a+b'],
    ['file:///c%3A/w', 'file:///C:/w'],
  ])('%s and %s are one folder: one model, and what is open counts', async (ofEditor, ofDisk) => {
    const spelt = new SpeltDisk(ofDisk);
    for (const [uri, text] of disk.texts) spelt.texts.set(normalUri(uri.replace(W, ofDisk)), text);
    const cluster = 'name: a\ngitlab_version: "18.1"\n';
    index = new WorkspaceIndex({ files: spelt, reader });
    await index.setFolders([ofEditor]);
    const uri = `${ofEditor}/nodes/node1/gitlab.rb`;
    const opened = (text: string): Promise<FileView> =>
      reader('gitlab-rb').then((read) => read(text, index.target(uri)));
    await index.shown(uri, 'gitlab-rb', await opened("patroni['scope'] = 'typed'\n"));
    const view = (await reader('cluster'))(cluster, index.target(`${ofEditor}/cluster.yaml`));
    await index.shown(`${ofEditor}/cluster.yaml`, 'cluster', view);
    await index.changed(`${ofDisk}/nodes/node1/gitlab.rb`);
    await index.changed(`${ofDisk}/cluster.yaml`);
    expect(index.all().map(({ path }) => path)).toEqual([
      'haproxy/haproxy.cfg',
      'nodes/node1/gitlab.rb',
      'nodes/node1/keepalived.conf',
      'nodes/node2/gitlab.rb',
    ]);
    expect([scope(uri), scope(`${ofDisk}/nodes/node1/gitlab.rb`)]).toEqual(['typed', 'typed']);
    expect(index.target(`${ofDisk}/nodes/node2/gitlab.rb`).gitlabVersion).toBe('18.1');
    expect(index.ofNode(ofDisk, 'node2')).toHaveLength(2);
    // Published as the editor writes it, also where it has named the folder only.
    expect(index.addressOf(uri, 'nodes/node2/gitlab.rb')).toBe(`${ofEditor}/nodes/node2/gitlab.rb`);
  });

  test('a cluster below the workspace folder has its own files', async () => {
    disk.texts.set(`${W}/lab/cluster.yaml`, 'gitlab_version: "16.0"\n');
    disk.texts.set(`${W}/lab/nodes/a/gitlab.rb`, '');
    await index.setFolders([W]);
    const file = index.file(`${W}/lab/nodes/a/gitlab.rb`);
    expect([file?.root, file?.path, file?.node]).toEqual([`${W}/lab`, 'nodes/a/gitlab.rb', 'a']);
    expect(index.target(`${W}/lab/nodes/a/gitlab.rb`).gitlabVersion).toBe('16.0');
  });
});
