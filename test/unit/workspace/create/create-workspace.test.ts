import { describe, expect, test } from 'vitest';
import { createLinters } from '../../../../src/cli/lint/linter';
import { LABEL } from '../../../../src/lab/docker/labels';
import { makePlan } from '../../../../src/lab/plan/make-plan';
import { renderGateway, renderNode, renderOutside } from '../../../../src/lab/render';
import { namedKind } from '../../../../src/languages/file-types';
import { labCluster } from '../../../../src/services/lab-layers';
import { servicesOutside } from '../../../../src/services/placement';
import { createWorkspace } from '../../../../src/workspace/create/create-workspace';
import { answersFrom, completed, type TypedAnswers } from '../../../../src/workspace/create/questions';
import { readWorkspace } from '../../../../src/workspace/workspace';
import { loadParser } from '../../../../tools/fuzz/parser';
import { SECRETS } from '../../lab/plan/sample-workspace';
import { brief } from '../workspace-sample';

const linterOf = createLinters(loadParser);

function filesOf(given: TypedAnswers): ReadonlyMap<string, string> {
  const answers = answersFrom(completed(given, 'own'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  const { files, findings } = createWorkspace(answers);
  expect(findings).toEqual([]);
  return files;
}

/** Everything `lint`, the editor and a deployment say of the files, remarks about the lab left out. */
async function findingsIn(
  files: ReadonlyMap<string, string>,
  gitlabVersion = '19.3',
): Promise<readonly string[]> {
  const { findings } = await readWorkspace(files, loadParser);
  const own = [...files].map(async ([path, text]) => {
    const kind = namedKind(path);
    if (kind === undefined) throw new Error(`no language for ${path}`);
    return (await linterOf({ path, kind }, { gitlabVersion, haproxyVersion: '3.0' }))(text);
  });
  const all = [...findings, ...(await Promise.all(own)).flat()];
  return all.filter(({ severity }) => severity === 'error' || severity === 'warning').map(brief);
}

const names = (count: number, name: string): string =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`).join(' ');

const CASES: readonly (readonly [string, TypedAnswers])[] = [
  ['as offered', {}],
  ['three nodes in 10.20.0.0/24', { name: 'prod', nodes: 'gl1 gl2 gl3', subnet: '10.20.0.0/24' }],
  ['a home network', { nodes: 'alpha beta gamma', subnet: '192.168.178.0/24', vip: '192.168.178.250' }],
  ['carrier-grade addresses', { subnet: '100.64.0.0/10', addresses: '100.64.9.1 100.70.0.2 100.127.0.3' }],
  ['a small network', { subnet: '10.0.0.16/28' }],
  ['nodes named like programs', { nodes: 'redis haproxy server', subnet: '10.9.0.0/16' }],
  ['a node with the first address', { subnet: '10.9.8.0/24', addresses: '10.9.8.1 10.9.8.2 10.9.8.3' }],
  ['another domain and version', { domain: 'git.corp.example', version: '18.4' }],
  ['four nodes', { nodes: names(4, 'gl'), subnet: '10.20.0.0/24' }],
  ['five nodes', { nodes: names(5, 'gl'), subnet: '10.20.0.0/24' }],
  ['six nodes', { nodes: names(6, 'gl') }],
  ['two data nodes and a voter', { nodes: 'gl1 gl2 vote', layers: 'voter' }],
  ['three data nodes and a voter', { nodes: 'gl1 gl2 gl3 vote', layers: 'voter' }],
  ['one role per machine', { nodes: names(9, 'm'), layers: 'roles' }],
  ['one role per machine, eleven of them', { nodes: names(11, 'm'), layers: 'roles' }],
  ['who leads kept in etcd', { dcs: 'etcd' }],
  ['without the application', { layers: 'small' }],
  ['a database on two nodes', { layers: 'database=node1,node3' }],
];

describe.each(CASES)('a workspace for %s', (_, given) => {
  test('has no error and no warning', async () => {
    expect(await findingsIn(filesOf(given), given.version)).toEqual([]);
  });

  test('is planned, every node with the address of its name', async () => {
    const files = filesOf(given);
    const { spec } = await readWorkspace(files, loadParser);
    if (spec === undefined) throw new Error('nothing to deploy');
    const plan = makePlan({
      workspace: spec,
      subnet: '172.30.7.0/24',
      secrets: SECRETS,
      image: 'node:0',
      createdAt: 0,
      renderers: { renderNode, renderGateway, renderOutside },
      labels: LABEL,
    });
    const outside = servicesOutside(labCluster(spec.cluster)).map(({ id }) => id);
    const expected = [...spec.cluster.nodes.map(({ name }) => name), ...outside, 'gateway'];
    expect(plan.containers.map(({ node }) => node)).toEqual(expected);
    expect(new Set(plan.containers.map(({ address }) => address)).size).toBe(expected.length);
  });
});

const SITE = 'gitaly_role application_role';

describe('what runs where', () => {
  const rolesIn = (files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
    [...files].flatMap(([path, text]) => {
      const roles = /^roles %w\[(.*?)\]/m.exec(text)?.[1];
      return roles === undefined ? [] : [[path.split('/')[1] ?? '', roles] as const];
    });

  test('a voter has Consul and Sentinel, and neither database nor Redis nor entrance', () => {
    const files = filesOf({ nodes: 'gl1 gl2 vote', layers: 'voter' });
    expect(rolesIn(files)).toEqual([
      ['gl1', `consul_role patroni_role pgbouncer_role redis_master_role redis_sentinel_role ${SITE}`],
      ['gl2', `consul_role patroni_role pgbouncer_role redis_replica_role redis_sentinel_role ${SITE}`],
      ['vote', 'consul_role redis_sentinel_role'],
    ]);
    expect(files.has('nodes/vote/keepalived.conf')).toBe(false);
    expect(files.get('haproxy/haproxy.cfg')).not.toContain('server vote ');
  });

  test('the fourth node has an agent without a vote', () => {
    const files = filesOf({ nodes: 'gl1 gl2 gl3 gl4', subnet: '10.20.0.0/24' });
    const consul = (node: string): string | undefined =>
      /consul\['configuration'\] = \{\n(.*?),\n/
        .exec(files.get(`nodes/${node}/gitlab.rb`) ?? '')?.[1]
        ?.trim();
    expect(['gl1', 'gl3', 'gl4'].map(consul)).toEqual(['server: true', 'server: true', 'server: false']);
    expect(files.get('nodes/gl1/gitlab.rb')).toContain('bootstrap_expect: 3,');
  });

  test('a machine that is only an entrance has no gitlab.rb', () => {
    const files = filesOf({ nodes: names(9, 'm'), layers: 'roles' });
    expect(files.has('nodes/m9/gitlab.rb')).toBe(false);
    expect(files.has('nodes/m9/keepalived.conf')).toBe(true);
    expect(rolesIn(files).map(([node, roles]) => `${node}: ${roles}`)).toEqual([
      'm1: consul_role redis_sentinel_role',
      'm2: consul_role redis_sentinel_role',
      'm3: consul_role redis_sentinel_role',
      'm4: consul_role patroni_role pgbouncer_role',
      'm5: consul_role patroni_role pgbouncer_role',
      'm6: redis_master_role redis_sentinel_role',
      'm7: redis_replica_role redis_sentinel_role',
    ]);
  });

  test('no address of the sample is left in an own cluster', () => {
    const files = filesOf({ name: 'prod', nodes: 'gl1 gl2 gl3', subnet: '10.20.0.0/24' });
    expect([...files].filter(([, text]) => /172\.30\.|\bnode[123]\b|sample/.test(text))).toEqual([]);
  });
});

describe('the check that a node hears another one', () => {
  test.each<[string, TypedAnswers, string, readonly string[]]>([
    [
      'asks both others',
      { nodes: 'gl1 gl2 gl3', subnet: '10.20.0.0/24', addresses: '10.20.0.11 10.20.0.12 10.20.0.13' },
      'gl2',
      ['0.4 10.20.0.11', '0.4 10.20.0.13'],
    ],
    [
      'asks a voter, too, so that of two the one that is left goes on',
      {
        nodes: 'gl1 gl2 vote',
        layers: 'voter',
        subnet: '10.20.0.0/24',
        addresses: '10.20.0.11 10.20.0.12 10.20.0.13',
      },
      'gl1',
      ['0.4 10.20.0.12', '0.4 10.20.0.13'],
    ],
  ])('%s', (_, given, node, asked) => {
    const text = filesOf(given).get(`nodes/${node}/keepalived.conf`) ?? '';
    expect([...text.matchAll(/ping -qn -c 1 -W (\S+ [\d.]+)/g)].map(([, each]) => each)).toEqual(asked);
    expect(text).toMatch(/track_script \{\n {8}haproxy_answers\n {8}hears_a_node\n/);
  });

  test.each(CASES)('in a workspace for %s: all are asked within the second', (_, given) => {
    for (const [path, text] of filesOf(given)) {
      if (!path.endsWith('keepalived.conf')) continue;
      const waits = [...text.matchAll(/ping -qn -c 1 -W (\S+)/g)].map(([, seconds]) => Number(seconds));
      expect(waits.every((seconds) => seconds > 0)).toBe(true);
      expect(waits.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThanOrEqual(1.05);
    }
  });
});

test('a workspace for as many nodes as there may be has no error', async () => {
  expect(await findingsIn(filesOf({ nodes: names(15, 'gl') }))).toEqual([]);
});
