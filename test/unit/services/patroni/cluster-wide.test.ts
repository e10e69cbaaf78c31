import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../../../src/cluster/cluster';
import { readClusterYaml } from '../../../../src/cluster/cluster-yaml';
import { TIMING_PROFILES } from '../../../../src/cluster/timing';
import type { ServiceContext } from '../../../../src/services/core/context';
import { settingsOfCluster } from '../../../../src/services/patroni/cluster-wide';
import { POSTGRESQL_SETTINGS } from '../../../../src/services/patroni/postgresql/postgresql-settings';
import { PATRONI_SETTINGS } from '../../../../src/services/patroni/settings';
import { createWorkspace } from '../../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../../src/workspace/create/questions';
import { modelOf } from '../../../../src/workspace/workspace';
import { loadParser } from '../../../../tools/fuzz/parser';

/** Errors of a new workspace with lines added to the gitlab.rb of some nodes. */
async function errors(added: Readonly<Record<string, string>>, layers = 'same'): Promise<readonly string[]> {
  const answers = answersFrom(completed({ name: 'prod', nodes: 'gl1 gl2 gl3', layers }, 'x'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  const files = new Map(createWorkspace(answers).files);
  for (const [node, line] of Object.entries(added)) {
    const path = `nodes/${node}/gitlab.rb`;
    files.set(path, `${files.get(path) ?? ''}\n${line}\n`);
  }
  const { findings } = (await modelOf(files, loadParser)).evaluate();
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, file, message }) => `${code} ${file} ${message}`);
}

function clusterOf(nodes: string): Cluster {
  const answers = answersFrom(completed({ name: 'prod', nodes }, 'x'));
  const files = 'problem' in answers ? new Map<string, string>() : createWorkspace(answers).files;
  const { cluster } = readClusterYaml(files.get('cluster.yaml') ?? '');
  if (cluster === undefined) throw new Error('no cluster');
  return cluster;
}

const KEEPS = 'Patroni keeps one value for all of them.';

describe('what Patroni keeps once for all members', () => {
  test.each([
    [
      'max_connections',
      (value: string) => `patroni['postgresql']['max_connections'] = ${value}`,
      '333',
      '444',
    ],
    [
      'wal_keep_size',
      (value: string) => `patroni['postgresql']['wal_keep_size'] = '${value}'`,
      '320MB',
      '640MB',
    ],
    [
      'max_worker_processes',
      (value: string) => `patroni['postgresql']['max_worker_processes'] = ${value}`,
      '12',
      '16',
    ],
    [
      'track_commit_timestamp',
      (value: string) => `postgresql['track_commit_timestamp'] = '${value}'`,
      'on',
      'off',
    ],
    ['ttl', (value: string) => `patroni['ttl'] = ${value}`, '33', '44'],
  ])('%s in two files with two values is a contradiction', async (key, line, one, other) => {
    const added = { gl1: line(one), gl2: line(other), gl3: line(one) };
    expect(await errors(added)).toEqual([
      `LAB034 nodes/gl1/gitlab.rb ${key} is ${one} on gl1 but ${other} on gl2; ${KEEPS}`,
      `LAB034 nodes/gl2/gitlab.rb ${key} is ${other} on gl2 but ${one} on gl1, ${one} on gl3; ${KEEPS}`,
    ]);
  });

  test('a value of one file contradicts none that say nothing, and holds for all of them', async () => {
    expect(await errors({ gl2: "patroni['ttl'] = 33\npostgresql['max_prepared_transactions'] = 9" })).toEqual(
      [],
    );
    const cluster = clusterOf('gl1 gl2 gl3');
    const [node] = cluster.nodes;
    if (node === undefined) throw new Error('no node');
    const input = { cluster, node, timings: TIMING_PROFILES.fast.timings };
    const defaults = { ...PATRONI_SETTINGS.defaults(input), ...POSTGRESQL_SETTINGS.defaults(input) };
    const on = (name: string): object =>
      name === 'gl2'
        ? { ...defaults, ttl: 33, maxConnections: 77, parameters: { max_prepared_transactions: '9' } }
        : defaults;
    const settings = ((_: unknown, name: string) => on(name)) as unknown as ServiceContext['settings'];
    const { patroni, postgresql } = settingsOfCluster({ cluster, node, settings });
    expect([patroni.ttl, patroni.loopWait, postgresql.maxConnections, postgresql.maxWalSenders]).toEqual([
      33,
      1,
      77,
      POSTGRESQL_SETTINGS.defaults(input).maxWalSenders,
    ]);
    expect(postgresql.parameters['max_prepared_transactions']).toBe('9');
  });

  test.each([
    ['the same on all nodes', "patroni['postgresql']['max_connections'] = 333"],
    ['written where it does not win', "postgresql['max_connections'] = 333"],
  ])('%s is no contradiction', async (what, line) => {
    const nodes = what.startsWith('the same') ? ['gl1', 'gl2', 'gl3'] : ['gl2'];
    expect(await errors(Object.fromEntries(nodes.map((node) => [node, line])))).toEqual([]);
  });

  test('a parameter of the node itself may differ', async () => {
    expect(await errors({ gl2: "postgresql['work_mem'] = '8MB'" })).toEqual([]);
  });

  test('a node without a database may say what it likes', async () => {
    expect(await errors({ gl3: "patroni['ttl'] = 33" }, 'voter')).toEqual([]);
  });
});
