import { verbatim } from '../../../../src/words/message';
import { expect, test } from 'vitest';
import { tooltip } from '../../../../src/presentation/topology/tooltip';
import { english, healthy, lab, withService } from '../support/lab';

const snapshot = {
  info: lab(),
  state: healthy('sample', (node) =>
    node.name === 'node2'
      ? withService(node, 'patroni', {
          health: 'degraded',
          detail: verbatim('lag 2 MB'),
          facts: { Timeline: '3', Lag: '2 MB' },
        })
      : node,
  ),
};

test('a service: why it is so, its facts in order, addresses in the lab and in the workspace, timings', () => {
  const target = { kind: 'service', lab: 'sample', node: 'node2', service: 'patroni' } as const;
  expect(tooltip(target, snapshot, english)?.split('\n')).toEqual([
    '**PostgreSQL \\(Patroni\\) on node2**',
    '',
    'lag 2 MB',
    '',
    '| | |',
    '|---|---|',
    '| State | degraded |',
    '| Role | sync standby |',
    '| Timeline | 3 |',
    '| Lag | 2 MB |',
    '| Address | 10.0.0.12 |',
    '| Address \\(lab\\) | 172.30.7.12 |',
    '| Ports | 5432 \\(postgresql\\), 8008 \\(rest\\) |',
    '| Timings | Fast \\(lab\\) |',
  ]);
});

test.each([
  [
    { kind: 'lab', lab: 'sample' },
    ['| Database leader | node1 |', '| Virtual address | 10.0.0.100 |', '| PostgreSQL | 17.6 |'],
  ],
  [
    { kind: 'node', lab: 'sample', node: 'node1' },
    ['| Network | connected |', '| Virtual address | held by this node |'],
  ],
  [
    { kind: 'layer', lab: 'sample', layer: 'cache' },
    ['**Layer 3: Cache \\& queues**', 'Two Sentinels must agree before a replica is promoted.'],
  ],
  [{ kind: 'gateway', lab: 'sample' }, ['| On this machine | http://127.0.0.1:8080 |']],
] as const)('%o', (target, lines) => {
  const text = tooltip(target, snapshot, english)?.split('\n');
  for (const line of lines) expect(text).toContain(line);
});

test('before the first observation a node still shows what Docker knows', () => {
  const text = tooltip(
    { kind: 'node', lab: 'sample', node: 'node1' },
    { info: lab(), state: undefined },
    english,
  );
  expect(text).toContain('| State | not known yet |');
  expect(text).toContain('| Container | running |');
});
