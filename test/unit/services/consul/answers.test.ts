import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAutopilot, parseChecks, parseRaftLeader } from '../../../../src/services/consul/answers';

/** Answers of a real cluster: Consul 1.8.7. */
const sample = (name: string): string => readFileSync(join(import.meta.dirname, 'samples', name), 'utf8');

describe('Consul', () => {
  it('Raft leader', () => {
    expect(parseRaftLeader('"172.30.0.13:8300"')).toBe('172.30.0.13');
    expect(parseRaftLeader('""')).toBeUndefined();
    expect(parseRaftLeader('No cluster leader')).toBeUndefined();
  });

  it('servers', () => {
    expect(parseAutopilot(sample('autopilot-health.json'))).toEqual({
      failureTolerance: 1,
      servers: [
        ['node3', '172.30.0.13', true],
        ['node2', '172.30.0.12', false],
        ['node1', '172.30.0.11', false],
      ].map(([name, address, leader]) => ({
        name,
        address,
        serf: 'alive',
        voter: true,
        leader,
        healthy: true,
        version: '1.8.7',
      })),
    });
  });

  it('checks', () => {
    expect(parseChecks(sample('health-state.json')).slice(0, 2)).toEqual([
      { node: 'node1', id: 'serfHealth', status: 'passing', service: '' },
      { node: 'node1', id: 'service:postgresql-ha/node1', status: 'passing', service: 'postgresql-ha' },
    ]);
  });
});

describe('any text', () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        parseRaftLeader(text);
        parseAutopilot(text);
        parseChecks(text);
      }),
      { numRuns: 500 },
    );
  });
});
