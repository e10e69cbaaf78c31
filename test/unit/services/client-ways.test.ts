import { describe, expect, it } from 'vitest';
import {
  CLIENT_WAYS,
  USUAL_WAY,
  clientWay,
  clientWayTitle,
  clientWaysOf,
  isClientWay,
} from '../../../src/services/client-ways';
import type { Cluster } from '../../../src/cluster/cluster';
import type { LayerId } from '../../../src/cluster/layer';
import { FAULT_AIMS } from '../../../src/services/faults';
import { portOf } from '../../../src/services/ports';
import { defaultSettings, sectionOf } from '../../../src/services/settings';
import { SECRETS, sampleCluster } from '../lab/render/sample-context';
import { secretOf } from '../../../src/services/secrets';
import { wholeState } from '../drills/faults/state';

const cluster = sampleCluster();
const settings = defaultSettings(cluster, cluster.nodes[0]!);

describe('the ways a client writes', () => {
  it.each([
    ['postgres', 'PostgreSQL', 'write', 6432, 5432, 'node1'],
    ['redis', 'Redis', 'redis', 6379, 6379, 'node2'],
    ['web', 'GitLab page', 'web', 80, undefined, undefined],
    ['commit', 'Git repository', 'commit', 80, undefined, undefined],
    ['job', 'jobs', 'job', 80, undefined, undefined],
    ['git-ssh', 'Git over SSH', 'git-ssh', 2222, undefined, undefined],
    ['object', 'object storage', 'object', 9000, undefined, undefined],
  ] as const)(
    '%s: %s by `probe %s`, at port %d; kept at port %d of %s',
    (id, title, command, at, kept, who) => {
      const way = clientWay(id);
      expect([way.title, way.command, way.port((section) => sectionOf(settings, section))]).toEqual([
        title,
        command,
        at,
      ]);
      const { keptAt, leader } = way;
      expect([keptAt && portOf(keptAt.service, keptAt.port), leader?.(wholeState())]).toEqual([kept, who]);
    },
  );

  it('are those of the layers that a cluster runs', () => {
    const ids = (...layers: readonly LayerId[]): readonly string[] => {
      const on = (layer: LayerId) => ({ enabled: layers.includes(layer), nodes: [] });
      const entries = Object.keys(cluster.layers).map((layer) => [layer, on(layer as LayerId)]);
      return clientWaysOf({ layers: Object.fromEntries(entries) as Cluster['layers'] }).map(({ id }) => id);
    };
    expect(ids('database', 'cache', 'access')).toEqual(['postgres', 'redis']);
    expect(ids('application', 'access')).toEqual(['web', 'commit', 'job', 'git-ssh']);
    // Nobody has the virtual address.
    expect(ids('database', 'cache', 'application')).toEqual([]);
    expect(ids('objects')).toEqual(['object']);
  });

  it('of commits lead to the node whose Gitaly has the primary of the repository that the probe makes', () => {
    const path = '@hashed/af/73/af730b51b2d138342228fac2dbd063a7b08df054f122e54e7f7897e0cadd40e3.git';
    const repositories = (primary: string) => ({
      ...{ repositories: 1, behind: 0, unavailable: 0, primaries: { [primary]: 1 } },
      listed: [{ path, primary, available: true, replicas: {} }],
    });
    const git = (primary: string) => ({
      repositories: repositories(primary),
      homes: { 'gitaly-1': 'node1', 'gitaly-2': 'node2' },
    });
    const led = (state: object): string | undefined => clientWay('commit').leader?.(wholeState(state));
    expect(led({ git: git('gitaly-2') })).toBe('node2');
    expect(led({ git: git('gitaly-9') })).toBeUndefined();
    expect(led({ git: { repositories: undefined } })).toBeUndefined();
    expect(led({})).toBeUndefined();
  });

  it('come in with the account of the application, of Redis, of the first user, or of the object store', () => {
    const logins = CLIENT_WAYS.map((way) =>
      way.login(
        (section) => sectionOf(settings, section),
        (token) => secretOf(SECRETS, token),
        cluster,
      ),
    );
    expect(logins).toEqual([
      { database: 'gitlabhq_production', user: 'gitlab', password: 'secret-application' },
      { password: 'secret-redis' },
      ...Array.from({ length: 3 }, () => ({ token: `glpat-${'73'.repeat(20)}`, domain: cluster.domain })),
      {},
      { key: `lab:u${'73'.repeat(8)}`, secret: '73'.repeat(24), region: 'us-east-1' },
    ]);
  });

  it('are told from other words', () => {
    expect([isClientWay(USUAL_WAY), isClientWay('http'), isClientWay(7)]).toEqual([true, false, false]);
    expect([clientWayTitle('redis'), clientWayTitle('ssh')]).toEqual(['Redis', 'ssh']);
    expect(() => clientWay('ssh' as 'redis')).toThrow(new RangeError('no such way for clients: ssh'));
  });

  it('feel every fault', () => {
    expect(FAULT_AIMS.map(({ id, feltBy }) => [id, feltBy])).toEqual([
      ['database-leader', 'postgres'],
      ['redis-master', 'redis'],
      ['vip-holder', 'postgres'],
      ['etcd-leader', 'postgres'],
      ['primary-gitaly', 'commit'],
      ['praefect-node', 'commit'],
      ['application-node', 'web'],
      ['object-store', 'object'],
    ]);
  });
});
