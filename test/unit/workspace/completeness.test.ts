import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/finding/finding';
import { createWorkspace } from '../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../src/workspace/create/questions';
import { readWorkspace } from '../../../src/workspace/workspace';
import { loadParser } from '../../../tools/fuzz/parser';

type Change = (text: string) => string;

/** Findings of an own cluster after changes of its files; a file that is named and has no change is the same. */
async function findingsWith(
  changes: Readonly<Record<string, Change>>,
  layers = 'same',
  nodes = 'gl1 gl2 gl3 gl4',
): Promise<readonly string[]> {
  const answers = answersFrom(completed({ nodes, subnet: '10.20.0.0/24', layers }, 'own'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  const files = new Map(createWorkspace(answers).files);
  for (const [path, change] of Object.entries(changes)) files.set(path, change(files.get(path) ?? ''));
  const { findings } = await readWorkspace(files, loadParser);
  // The line by its text: where it stands is the new workspace's matter.
  const line = ({ file, range }: Finding): string =>
    (files.get(file) ?? '').split('\n')[range.start.line]?.trim() ?? '';
  return findings
    .filter(({ severity }) => severity !== 'information')
    .map(
      (finding) =>
        `${finding.severity} ${finding.code} ${finding.file}: ${line(finding)} — ${finding.message}`,
    );
}

const without =
  (line: RegExp): Change =>
  (text) =>
    text.replace(line, '');
const lineOf = (address: string): RegExp => new RegExp(`^ *${address.replaceAll('.', '\\.')}\n`, 'm');
const server = (node: string, port: number): RegExp => new RegExp(`^ *server ${node} \\S+:${port} .*\n`, 'm');
const keepalived = (node: string): string => `nodes/${node}/keepalived.conf`;
const HAPROXY = 'haproxy/haproxy.cfg';

describe('a node that may hold the VIP and is no peer of another one', () => {
  test('is told where it is missing', async () => {
    expect(await findingsWith({ [keepalived('gl1')]: without(lineOf('10.20.0.14')) })).toEqual([
      'error WSP011 nodes/gl1/keepalived.conf: unicast_peer { — gl4 also may hold 10.20.0.100, but unicast_peer of gl1 does not name 10.20.0.14: they do not hear each other, and both hold it.',
    ]);
  });

  test.each<[string, Change]>([
    ['it is named behind a word', (text) => text.replace('10.20.0.14\n', '10.20.0.14 min_ttl 1\n')],
    [
      'the list is one line',
      (text) => text.replace(/unicast_peer \{[^}]*\}/, 'unicast_peer { 10.20.0.12 10.20.0.13 10.20.0.14 }'),
    ],
    ['adverts go by multicast', without(/ *unicast_src_ip.*\n *unicast_peer \{[^}]*\}\n/)],
    [
      'another file may name it',
      (text) => `include /etc/keepalived/peers.conf\n${text.replace(lineOf('10.20.0.14'), '')}`,
    ],
    ['a definition may name it', (text) => text.replace('10.20.0.14\n', '$LAST\n')],
  ])('is not told where %s', async (_, change) => {
    const found = await findingsWith({ [keepalived('gl1')]: change });
    expect(found.filter((text) => text.includes('WSP011'))).toEqual([]);
  });

  test('is not told of machines that do not hold the VIP', async () => {
    expect(await findingsWith({}, 'voter')).toEqual([]);
    const nine = Array.from({ length: 9 }, (_, at) => `gl${at + 1}`).join(' ');
    expect(await findingsWith({}, 'roles', nine)).toEqual([]);
  });
});

describe('a pool of servers that leaves out a node with the service', () => {
  test('is told once for a file all nodes share', async () => {
    expect(await findingsWith({ [HAPROXY]: without(server('gl4', 6379)) })).toEqual([
      'warning WSP012 haproxy/haproxy.cfg: backend redis_master — "redis_master" leaves out gl4, where Redis runs as well: while that one serves, nobody gets there.',
    ]);
    expect(await findingsWith({ [HAPROXY]: without(server('gl3', 6432)) })).toEqual([
      'warning WSP012 haproxy/haproxy.cfg: backend pgbouncer — "pgbouncer" leaves out gl3, where PgBouncer runs as well: while that one serves, nobody gets there.',
    ]);
  });

  test.each<[string, Change]>([
    ['leads to one machine', (text) => text.replace(/^ *server gl[234] \S+:6379 .*\n/gm, '')],
    [
      'leads elsewhere as well',
      (text) => text.replace(server('gl4', 6379), '    server far 10.99.0.1:6379 check\n'),
    ],
    ['has a server by its name', (text) => text.replace('gl4 10.20.0.14:6379', 'gl4 gl4.example.com:6379')],
    [
      'is at a port nothing of ours has',
      (text) =>
        `${text}\nbackend shell\n    server gl1 10.20.0.11:2200 check\n    server gl2 10.20.0.12:2200 check\n`,
    ],
  ])('is not told where it %s', async (_, change) => {
    const found = await findingsWith({ [HAPROXY]: change });
    expect(found.filter((text) => text.includes('WSP012'))).toEqual([]);
  });
});
