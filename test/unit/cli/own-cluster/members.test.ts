import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { translated } from '../../../../src/presentation/words/localizer';
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

const run = (fake: FakeWorld, ...argv: readonly string[]): Promise<number> => sample.run(fake, ...argv);
const text = (path: string): string => sample.text(path);

test('a node joins all files, with files of its own, and leaves them again', async () => {
  const before = text('haproxy/haproxy.cfg');
  const { world: fake } = world();
  expect(await run(fake, 'add-node', 'node4', '172.30.0.14')).toBe(0);
  expect(fake.out).toBe(
    [
      ...['cluster.yaml', 'haproxy/haproxy.cfg'].map((path) => `${path}: changed`),
      ...[1, 2, 3].flatMap((n) =>
        ['gitlab.rb', 'keepalived.conf'].map((file) => `nodes/node${n}/${file}: changed`),
      ),
      ...['gitlab.rb', 'keepalived.conf'].map((file) => `nodes/node4/${file}: new`),
      ...['', 'Next:', '  gitlab-ha lint .', '  gitlab-ha plan .', '  gitlab-ha up .', ''],
    ].join('\n'),
  );
  expect(fake.err).toBe('');
  expect(text('haproxy/haproxy.cfg')).toContain('server node4 172.30.0.14:6379 check');
  expect(text('nodes/node1/keepalived.conf')).toMatch(/unicast_peer \{[^}]*172\.30\.0\.14/);
  expect(text('nodes/node4/keepalived.conf')).toContain('router_id node4');
  const { world: other } = world();
  expect(await run(other, 'remove-node', 'node4', '.')).toBe(0);
  expect(other.out).toContain('nodes/node4/gitlab.rb: removed\n');
  expect(existsSync(join(root, 'nodes', 'node4'))).toBe(false);
  expect(text('haproxy/haproxy.cfg')).toBe(before);
});

test('other files in the folder of a node that goes stay', async () => {
  const { world: fake } = world();
  await run(fake, 'add-node', 'node4', '172.30.0.14');
  writeFileSync(join(root, 'nodes', 'node4', 'notes.txt'), 'mine');
  expect(await run(fake, 'remove-node', 'node4')).toBe(0);
  expect(text('nodes/node4/notes.txt')).toBe('mine');
  expect(existsSync(join(root, 'nodes', 'node4', 'gitlab.rb'))).toBe(false);
});

test('what cannot be done without a hand is told with its place', async () => {
  const own = text('haproxy/haproxy.cfg').replaceAll(
    /^ *server node3 \S+:6379 check\n/gm,
    '    server-template r 3 redis.example.com:6379\n',
  );
  writeFileSync(join(root, 'haproxy', 'haproxy.cfg'), own);
  const { world: fake } = world();
  expect(await run(fake, 'add-node', 'node4', '172.30.0.14')).toBe(0);
  expect(text('haproxy/haproxy.cfg')).toContain('server node4 172.30.0.14:6432 check');
  expect(text('haproxy/haproxy.cfg')).toContain('server node4 172.30.0.14:6379 check');
});

test.each<[string[], string, string]>([
  [['add-node', 'node3', '172.30.0.14'], 'cluster.yaml has a node node3 already.', 'choose another name'],
  [['add-node', 'node4', 'node4.example.com'], '"node4.example.com" is a host name.', 'Nothing was changed.'],
  [['add-node', 'node4', '10.0.0.1'], 'outside the subnet 172.30.0.0/24', 'Nothing was changed.'],
  [['add-node', 'node4', '172.30.0.12'], '172.30.0.12', 'Nothing was changed.'],
  [['add-node', 'old', '172.30.0.14'], 'nodes/old is there already.', 'choose another name'],
  [
    ['add-node', 'node4', '172.30.0.14', 'haproxy'],
    'has no cluster.yaml that can be read',
    'Name a workspace',
  ],
  [['remove-node', 'nod3'], 'cluster.yaml has no node nod3.', 'Did you mean "node3"?'],
  [['remove-node', 'node3'], 'three', 'Nothing was changed.'],
])('%j is refused, and nothing is changed', async (argv, message, remedy) => {
  mkdirSync(join(root, 'nodes', 'old'));
  const { world: fake } = world();
  const before = text('cluster.yaml');
  expect(await run(fake, ...argv)).toBe(2);
  expect(fake.err).toContain(message);
  expect(fake.err).toContain(remedy);
  expect(text('cluster.yaml')).toBe(before);
  expect(existsSync(join(root, 'nodes', 'node4'))).toBe(false);
});

test('what there is instead of a node that is not there is said in the language of the rest', async () => {
  const l10n = translated({
    '{0} has no node {1}.': '{0} không có node {1}.',
    'Use one of: {0}.': 'Dùng một trong: {0}.',
  });
  const { world: fake } = world();
  const speaking = Object.create(fake, { context: { value: { ...fake.context, l10n } } }) as FakeWorld;
  expect(await run(speaking, 'remove-node', 'hue')).toBe(2);
  expect(fake.err).toContain('cluster.yaml không có node hue.');
  expect(fake.err).toContain('Dùng một trong: node1, node2, node3.');
});
