import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { declaredIdleBackends, serversInUse } from '../../../../../src/lab/plan/proxy/backend-servers';
import type { LayerId } from '../../../../../src/cluster/layer';
import { sampleCluster } from '../../render/sample-context';

const lab = (layers: readonly LayerId[]) => sampleCluster({ layers });
const idle = (haproxyCfg: string, layers: readonly LayerId[], ports = {}): unknown =>
  declaredIdleBackends({ haproxyCfg, cluster: lab(layers), ports });

describe('backends of haproxy.cfg behind which the lab runs nothing', () => {
  const sample = async (): Promise<string> =>
    (await readFile('lab/sample/haproxy/haproxy.cfg', 'utf8')).replaceAll('172.30.0.', '172.30.5.');

  it.each<[string, readonly LayerId[], object]>([
    ['all layers', ['database', 'cache', 'git', 'application', 'access'], {}],
    [
      'all layers that run unasked',
      ['coordination', 'database', 'cache', 'access'],
      { haproxyIdleBackends: 'gitlab praefect gitlab_sshd' },
    ],
    ['no cache', ['database', 'git', 'access'], { haproxyIdleBackends: 'gitlab redis_master gitlab_sshd' }],
    ['no database', ['cache', 'access'], { haproxyIdleBackends: 'gitlab pgbouncer praefect gitlab_sshd' }],
    [
      'access alone',
      ['access'],
      { haproxyIdleBackends: 'gitlab pgbouncer redis_master praefect gitlab_sshd' },
    ],
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

describe('servers of haproxy.cfg behind which a service runs', () => {
  const inUse = (haproxyCfg: string, layers: readonly LayerId[], ports = {}): readonly string[] =>
    serversInUse({ haproxyCfg, cluster: lab(layers), ports });

  it.each<[string, string, readonly LayerId[], object, readonly string[]]>([
    ['that runs', 'server a 172.30.5.11:6379\n    server b node2:6379', ['cache'], {}, ['b/a', 'b/b']],
    ['that is left out', 'server a 172.30.5.11:6379', ['database', 'access'], {}, []],
    ['of nobody in the cluster', 'server a 10.0.0.1:6379', ['cache'], {}, []],
    ['at another port', 'server a 172.30.5.11:6380', ['cache'], {}, []],
    [
      'at the port of gitlab.rb',
      'server a 172.30.5.11:6380',
      ['cache'],
      { node1: { redis: { redis: 6380 } } },
      ['b/a'],
    ],
    ['without a port', 'server a 172.30.5.11', ['cache'], {}, []],
  ])('%s', (_case, line, layers, ports, expected) => {
    expect(inUse(`backend b\n    ${line}\n`, layers, ports)).toEqual(expected);
  });

  it('of the sample: three of each backend', async () => {
    const text = (await readFile('lab/sample/haproxy/haproxy.cfg', 'utf8')).replaceAll(
      '172.30.0.',
      '172.30.5.',
    );
    const found = inUse(text, ['database', 'cache', 'git', 'application', 'access']);
    const backends = ['gitlab', 'pgbouncer', 'redis_master', 'praefect', 'gitlab_sshd'];
    expect(found).toEqual(backends.flatMap((name) => [1, 2, 3].map((node) => `${name}/node${node}`)));
  });
});
