import { verbatim } from '../../../../src/words/message';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../src/observe/event';
import { outcomeText } from '../../../../src/presentation/events/outcome-text';
import type { FeltOnWay } from '../../../../src/presentation/events/outcome-text';
import { english } from '../support/lab';

const cameBack: FeltOnWay = { title: 'PostgreSQL', fate: 'came-back', outageMs: 6_480, lost: 0 };
const wentOn: FeltOnWay = { title: 'Redis', fate: 'went-on', outageMs: 40, lost: 0 };
const moved: Event = {
  at: 1,
  kind: 'leader-changed',
  node: 'node2',
  from: 'node1',
  to: 'node2',
  text: verbatim('Database leader moved from node1 to node2'),
};
const others: readonly Event[] = [
  {
    at: 1,
    kind: 'health-changed',
    node: 'node2',
    from: 'ok',
    to: 'failed',
    text: verbatim('Redis on node2 is failed'),
  },
  {
    at: 1,
    kind: 'leader-changed',
    node: 'node2',
    from: 'node2',
    to: 'node2',
    text: verbatim('node2 is leader again'),
  },
  {
    at: 1,
    kind: 'node-down',
    node: 'node1',
    from: 'running',
    to: 'stopped',
    text: verbatim('node1 is stopped'),
  },
];

describe('what is told after something was done', () => {
  it.each<[string, readonly FeltOnWay[], readonly Event[], string]>([
    [
      'an outage and who took over',
      [cameBack, wentOn],
      [...others, moved],
      'Kill node1. PostgreSQL: no write for 6.5 s. Redis: writes went on. Database leader moved from node1 to node2.',
    ],
    ['nothing was felt', [wentOn], [], 'Kill node1. Redis: writes went on.'],
    [
      'nobody is served again',
      [{ ...cameBack, fate: 'missing', outageMs: undefined }],
      [],
      'Kill node1. PostgreSQL: writes are not acknowledged any more.',
    ],
    [
      'writes are lost',
      [{ ...wentOn, lost: 3 }],
      [],
      'Kill node1. Redis: writes went on. Redis: 3 acknowledged writes are lost.',
    ],
    ['nothing was measured', [], others, 'Kill node1: done.'],
  ])('%s', (_case, felt, events, expected) => {
    expect(outcomeText('Kill node1', felt, events, english)).toBe(expected);
  });
});
