import { describe, expect, it } from 'vitest';
import { nodeEffects } from '../../../../../src/lab/plan/effects/node-effects';

const DCS = '/var/opt/gitlab/patroni/dcs.json';

/** What a change of PostgreSQL's parameters does to PostgreSQL. */
function postgresql(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>) {
  const textOf = (parameters: object): string => JSON.stringify({ postgresql: { parameters } });
  const { programs } = nodeEffects(
    { container: 'sample-node1', node: 'node1' },
    { versions: [{ [DCS]: textOf(before) }] },
    { [DCS]: textOf(after) },
    (text) => text,
  );
  return programs.find(({ program }) => program === 'postgresql');
}

const BEFORE = { max_connections: 400, max_worker_processes: 8 };

describe('limits that standbys may not have lower than their leader', () => {
  it.each([
    ['raised', { ...BEFORE, max_connections: 500 }, { leaderFirst: false, seconds: 4 }],
    ['lowered', { ...BEFORE, max_connections: 300 }, { leaderFirst: true, seconds: 3 }],
    [
      'one raised, another lowered',
      { max_connections: 300, max_worker_processes: 16 },
      { leaderFirst: true, raises: true, seconds: 7 },
    ],
  ])('%s', (_name, after, expected) => {
    const found = postgresql(BEFORE, after);
    expect(found).toMatchObject(expected);
    expect(found?.raises).toBe('raises' in expected ? true : undefined);
  });
});
