import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { world } from '../cli';
import type { FakeWorld } from '../fake-context';
import { sampleFolder } from './sample-folder';
import type { SampleFolder } from './sample-folder';

let sample: SampleFolder;
let root: string;

beforeEach(() => {
  sample = sampleFolder();
  root = sample.root;
});
afterEach(() => sample.remove());

const run = (fake: FakeWorld, ...argv: readonly string[]): Promise<number> =>
  sample.run(fake, 'rename', ...argv);
const text = (path: string): string => sample.text(path);

test('a node gets another name in all files, and its folder', async () => {
  const { world: fake } = world();
  expect(await run(fake, 'node2', 'db2')).toBe(0);
  expect(fake.out).toContain('haproxy/haproxy.cfg: places changed: 5\n');
  expect(fake.out).toMatch(
    /nodes\/node2 → nodes\/db2\n\nNext:\n {2}gitlab-ha lint .*\n {2}gitlab-ha plan .*\n {2}gitlab-ha up .*\n$/,
  );
  expect(text('nodes/db2/keepalived.conf')).toContain('router_id db2');
  expect(text('haproxy/haproxy.cfg')).toContain('server db2 172.30.0.12:6432');
  expect(existsSync(join(root, 'nodes', 'node2'))).toBe(false);
});

test('the subnet takes all addresses in it along', async () => {
  const { world: fake } = world();
  expect(await run(fake, '172.30.0.0/24', '10.20.0.0/24', '.')).toBe(0);
  expect(text('cluster.yaml')).toContain('  subnet: 10.20.0.0/24\n  vip: 10.20.0.100\n');
  expect(text('nodes/node1/gitlab.rb')).toContain('%w[10.20.0.0/24 127.0.0.1/32]');
  expect(text('haproxy/haproxy.cfg')).not.toContain('172.30.');
});

test.each([
  [['nod2', 'db2'], 'cluster.yaml names no node, address or subnet "nod2".', 'Did you mean "node2"?'],
  [['node2', 'node1'], 'There is a node "node1" already.', 'Nothing was changed.'],
  [['172.30.0.12', '10.0.0.1'], 'outside the subnet 172.30.0.0/24', 'Nothing was changed.'],
  [['node2', 'db2', 'haproxy'], 'has no cluster.yaml that can be read', 'Name a workspace folder'],
])('%j is refused, and nothing is changed', async (argv, message, remedy) => {
  const { world: fake } = world();
  const before = text('cluster.yaml');
  expect(await run(fake, ...argv)).toBe(2);
  expect(fake.err).toContain(message);
  expect(fake.err).toContain(remedy);
  expect(text('cluster.yaml')).toBe(before);
});

describe('when a file cannot be written, none is', () => {
  const everything = (): readonly string[] =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((path) => (/\.(?:rb|conf|cfg|yaml)$/.test(path) ? `${path}\n${text(path)}` : path));

  test('a file of another encoding stays as it is, byte for byte', async () => {
    const { world: fake } = world();
    appendFileSync(join(root, 'nodes/node3/gitlab.rb'), Buffer.from('# M\xfcnchen\n', 'latin1'));
    const before = readFileSync(join(root, 'nodes/node3/gitlab.rb'));
    const all = everything();
    expect(await run(fake, 'node2', 'db2')).toBe(0);
    expect(await run(fake, 'db2', 'node2')).toBe(0);
    expect(everything()).toEqual(all);
    expect(await run(fake, 'node3', 'db3')).toBe(1);
    expect(fake.err).toContain(
      'gitlab.rb cannot be written: it is not UTF-8, or was changed a moment ago.\n',
    );
    expect(fake.err).toContain('Nothing was changed.');
    expect(readFileSync(join(root, 'nodes/node3/gitlab.rb')).equals(before)).toBe(true);
    expect(everything()).toEqual(all);
  });
});
