import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { declaredIdleBackends } from '../../../../src/lab/plan/idle-backends';
import { labCluster } from '../../../../src/services/lab-layers';
import type { LayerId } from '../../../../src/cluster/layer';
import { sampleCluster } from '../render/sample-context';

const lab = (layers: readonly LayerId[]) => {
  const cluster = sampleCluster();
  return labCluster({ ...cluster, lab: { ...cluster.lab, layers } });
};
const idle = (haproxyCfg: string, layers: readonly LayerId[], ports = {}): unknown =>
  declaredIdleBackends({ haproxyCfg, cluster: lab(layers), ports });

describe('backends of haproxy.cfg behind which the lab runs nothing', () => {
  const sample = async (): Promise<string> =>
    (await readFile('lab/sample/haproxy/haproxy.cfg', 'utf8')).replaceAll('172.30.0.', '172.30.5.');

  it.each<[string, readonly LayerId[], object]>([
    ['all layers that run unasked', ['coordination', 'database', 'cache', 'access'], {}],
    ['no cache', ['database', 'access'], { haproxyIdleBackends: 'redis_master' }],
    ['no database', ['cache', 'access'], { haproxyIdleBackends: 'pgbouncer' }],
    ['access alone', ['access'], { haproxyIdleBackends: 'pgbouncer redis_master' }],
  ])('of the sample, with %s', async (_case, layers, declared) => {
    expect(idle(await sample(), layers)).toEqual(declared);
  });

  it.each([
    ['one of several servers runs', 'server a 172.30.5.11:6379\n    server b 172.30.5.12:6432', {}],
    ['one is nobody of the cluster', 'server a 172.30.5.11:6379\n    server b 10.0.0.1:6379', {}],
    ['it has no server', 'mode tcp', {}],
    ['the port is another one', 'server a 172.30.5.11:6380', {}],
    ['nodes are named', 'server a node1:6379', { haproxyIdleBackends: 'b' }],
  ])('without a cache: %s', (_case, line, declared) => {
    expect(idle(`backend b\n    ${line}\n`, ['database', 'access'])).toEqual(declared);
  });

  it('follows the ports that gitlab.rb gives', () => {
    const ports = { node1: { redis: { redis: 6380 } } };
    const text = 'backend b\n    server a 172.30.5.11:6380\n';
    expect(idle(text, ['access'], ports)).toEqual({ haproxyIdleBackends: 'b' });
  });
});
