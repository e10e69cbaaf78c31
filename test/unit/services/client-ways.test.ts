import { describe, expect, it } from 'vitest';
import {
  CLIENT_WAYS,
  USUAL_WAY,
  clientWay,
  clientWayTitle,
  isClientWay,
} from '../../../src/services/client-ways';
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
  ] as const)(
    '%s: %s by `probe %s`, at port %d; kept at port %d of %s',
    (id, title, command, at, kept, who) => {
      const way = clientWay(id);
      expect([way.title, way.command, way.port((section) => sectionOf(settings, section))]).toEqual([
        title,
        command,
        at,
      ]);
      expect([portOf(way.keptAt.service, way.keptAt.port), way.leader(wholeState())]).toEqual([kept, who]);
    },
  );

  it('come in with the account of the application, or of Redis', () => {
    const logins = CLIENT_WAYS.map((way) =>
      way.login(
        (section) => sectionOf(settings, section),
        (token) => secretOf(SECRETS, token),
      ),
    );
    expect(logins).toEqual([
      { database: 'gitlabhq_production', user: 'gitlab', password: 'secret-application' },
      { password: 'secret-redis' },
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
    ]);
  });
});
