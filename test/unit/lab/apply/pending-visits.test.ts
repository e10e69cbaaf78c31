import { describe, expect, it } from 'vitest';
import { pendingVisits } from '../../../../src/lab/apply/pending-visits';

const PENDING = ['node1', 'node2', 'node3'].map((node) => ({
  node,
  program: 'postgresql',
  because: 'max_connections is 400 until its next start, then 300',
}));

const text = (round: number, leading: readonly (readonly [string, readonly string[]])[]): string[] =>
  pendingVisits(PENDING, new Map(leading), round).map(
    ({ node, steps }) => `${node}: ${steps.map(({ verb, target }) => `${verb} ${target}`).join(', ')}`,
  );

describe('programs that wait for their next start', () => {
  it('of followers go first, the leader hands over before', () => {
    const steps = 'hand-over patroni, restart postgresql';
    expect(text(0, [['node2', ['patroni']]])).toEqual([
      `node1: ${steps}`,
      `node3: ${steps}`,
      `node2: ${steps}`,
    ]);
  });

  it('begin with the leader, in place, when that was no use: its followers keep its old limits', () => {
    expect(text(1, [['node2', ['patroni']]])).toEqual([
      'node2: restart postgresql',
      'node1: restart postgresql',
      'node3: restart postgresql',
    ]);
  });

  it('go by the role that a start costs, not by another one', () => {
    const leading = [
      ['node1', ['patroni']],
      ['node3', ['redis']],
    ] as const;
    const order = (round: number) => text(round, leading).map((line) => line.split(':')[0]);
    expect(order(0)).toEqual(['node2', 'node3', 'node1']);
    expect(order(1)[0]).toBe('node1');
  });
});
