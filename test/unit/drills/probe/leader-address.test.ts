import { describe, expect, it } from 'vitest';
import { leaderAddress } from '../../../../src/drills/probe/leader-address';
import { cluster, wholeState } from '../faults/state';

const whole = wholeState();
const ports = { node1: { patroni: { postgresql: 5433 } }, node2: { redis: { redis: 6380 } } };

describe('the server whose rows count', () => {
  it.each([
    ['postgres', undefined, '172.30.0.11', 5432],
    ['redis', undefined, '172.30.0.12', 6379],
    ['postgres', ports, '172.30.0.11', 5433],
    ['redis', ports, '172.30.0.12', 6380],
  ] as const)('of %s, with the ports %j, is %s:%d', (path, changed, host, port) => {
    const lab = { cluster: cluster(), ...(changed ? { sources: { ports: changed } } : {}) };
    expect(leaderAddress(lab, whole, path)).toEqual({ host, port });
  });

  it('is nowhere while nobody leads', () => {
    const nobody = wholeState({ database: { ...whole.database, leader: undefined } });
    expect(() => leaderAddress({ cluster: cluster() }, nobody, 'postgres')).toThrow('Nobody leads postgres');
  });
});
