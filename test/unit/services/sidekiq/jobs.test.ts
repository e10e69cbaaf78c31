import { describe, expect, test } from 'vitest';
import { initial, reduce } from '../../../../src/observe/reducer';
import { wholeness } from '../../../../src/observe/wholeness';
import { seenOn } from '../../../../src/services/core/live/fact';
import { jobContents } from '../../../../src/services/sidekiq/contents';
import { SIDEKIQ_ANSWER } from '../../../../src/services/sidekiq/facts';
import { isStuck } from '../../../../src/services/sidekiq/jobs';
import { parseQueues } from '../../../../src/services/sidekiq/queues';
import type { Queues } from '../../../../src/services/sidekiq/queues';
import { jobsSummary } from '../../../../src/services/sidekiq/summary';
import { CLUSTER } from '../../observe/healthy';

const CALM = { enqueued: 0, busy: 0, retries: 0, dead: 0, processes: 3 };

const page = (change: object = {}): string => JSON.stringify({ ...CALM, overdue: 0, asOf: 5, ...change });

function queues(change: object = {}): Queues {
  const found = parseQueues(page(change));
  if (!found) throw new Error('no page');
  return found;
}

const MIXED = {
  ...{ enqueued: 3, busy: 1, retries: 1, dead: 1 },
  queues: [
    ['default', 2, 4],
    ['mailers', 1, 0],
  ],
  nodes: [['node1', 1, 5]],
  jobs: [
    ['dead', 'default', 'Worker', '4', null, 30],
    ['run', 'default', 'Worker', '9', 'node1', 5],
    ['retry', 'default', 'Worker', '3', null, 2],
    ['wait', 'mailers', 'Mailer', '', null, 0],
  ],
};

describe('the page of the queues', () => {
  test('names queues, processes and some of the jobs', () => {
    expect(queues(MIXED)).toEqual({
      ...{ enqueued: 3, busy: 1, retries: 1, dead: 1, processes: 3, overdue: 0, asOf: 5 },
      queues: [
        { name: 'default', waiting: 2, longest: 4 },
        { name: 'mailers', waiting: 1, longest: 0 },
      ],
      workers: [{ node: 'node1', busy: 1, threads: 5 }],
      jobs: [
        { stage: 'dead', queue: 'default', name: 'Worker 4', seconds: 30 },
        { stage: 'run', queue: 'default', name: 'Worker 9', node: 'node1', seconds: 5 },
        { stage: 'retry', queue: 'default', name: 'Worker 3', seconds: 2 },
        { stage: 'wait', queue: 'mailers', name: 'Mailer', seconds: 0 },
      ],
    });
  });

  test.each([
    ['no page', 'not found'],
    ['a page that was cut off', page().slice(0, -2)],
    ['a page without a count', page({ dead: 'many' })],
  ])('%s says nothing', (_what, body) => {
    expect(parseQueues(body)).toBeUndefined();
  });

  test('rows it does not know are left out', () => {
    const odd = {
      queues: [['a', 1, 2], 'b', [7]],
      nodes: 3,
      jobs: [
        ['lost', 'a', 'Worker'],
        ['wait', 'a'],
      ],
    };
    expect(queues(odd)).toMatchObject({
      queues: [{ name: 'a', waiting: 1, longest: 2 }],
      workers: [],
      jobs: [],
    });
  });
});

describe('jobs are stuck when nobody takes them', () => {
  test.each<[string, object, boolean]>([
    ['an empty queue', {}, false],
    ['a queue whose first job waits for half a minute', { queues: [['default', 1, 30]] }, false],
    ['one whose first job waits for longer', { queues: [['default', 1, 31]] }, true],
    ['an empty queue with an old time', { queues: [['default', 0, 99]] }, false],
    ['a job that is to be tried again later', { retries: 1, overdue: 0 }, false],
    ['one that should have been long ago', { retries: 1, overdue: 31 }, true],
  ])('%s: %o', (_what, change, stuck) => {
    expect(isStuck(queues(change))).toBe(stuck);
  });
});

const nodes = ['node1', 'node2', 'node3'];
const cluster = {
  ...CLUSTER,
  layers: { ...CLUSTER.layers, application: { enabled: true, nodes } },
};

describe('the cluster', () => {
  /** What is told when one of the Sidekiqs says one page after the other. */
  function told(...pages: readonly object[]): readonly string[] {
    let at = 1_000_000;
    let reduced = initial('sample', cluster);
    const texts: string[] = [];
    // Twice: what is told has held for a moment.
    for (const each of pages.flatMap((one) => [one, one])) {
      at += 1_000;
      const answer = { status: 200, body: page({ ...each, asOf: at }) };
      const next = reduce(reduced, seenOn(SIDEKIQ_ANSWER, 'node2', at, answer));
      reduced = next;
      const own = next.events.filter(({ kind }) => kind.includes('jobs'));
      texts.push(...own.map(({ kind, text }) => `${kind}: ${text.toString()}`));
    }
    return texts;
  }

  test.each<[string, readonly object[], readonly string[]]>([
    ['nothing of jobs that come and go', [{}, MIXED.queues, {}], []],
    [
      'that a job is dead, and that it is none any more',
      [{}, { dead: 1 }, { dead: 3 }, {}],
      [
        'dead-jobs-changed: 1 job is dead: it failed too often and is not tried again',
        'dead-jobs-changed: 3 jobs are dead: they failed too often and are not tried again',
        'dead-jobs-changed: No job is dead any more',
      ],
    ],
    [
      'that nobody takes jobs, and that somebody does again',
      [{}, { queues: [['default', 2, 40]] }, {}],
      [
        'jobs-stuck-changed: Jobs are stuck: they wait, and nobody takes them',
        'jobs-stuck-changed: Jobs are taken again',
      ],
    ],
  ])('tells %s', (_what, pages, events) => {
    expect(told(...pages)).toEqual(events);
  });

  test.each<[object, string | undefined]>([
    [{ enqueued: 1, queues: [['default', 1, 40]] }, 'jobs: 1 is stuck'],
    [{ enqueued: 2, retries: 3, overdue: 40 }, 'jobs: 5 wait, some are stuck'],
    [{ enqueued: 2, queues: [['default', 2, 4]] }, undefined],
  ])('with %j misses: %s', (change, missing) => {
    const answer = { status: 200, body: page(change) };
    const { state } = reduce(initial('sample', cluster), seenOn(SIDEKIQ_ANSWER, 'node1', 1_000, answer));
    const said = wholeness(state, cluster).map(String);
    expect(said.filter((text) => text.startsWith('jobs:'))).toEqual(missing === undefined ? [] : [missing]);
  });

  test('believes the Sidekiq that asked last', () => {
    let reduced = initial('sample', cluster);
    for (const [node, enqueued, asOf] of [
      ['node2', 7, 20],
      ['node1', 1, 10],
      ['node3', 2, 15],
    ] as const)
      reduced = reduce(
        reduced,
        seenOn(SIDEKIQ_ANSWER, node, 1_000, { status: 200, body: page({ enqueued, asOf }) }),
      );
    expect(reduced.state.jobs?.queues?.enqueued).toBe(7);
  });

  test('counts no process of a node that does not run, as long as Redis may still name it', () => {
    const nodes = [
      ['node1', 0, 5],
      ['node2', 1, 5],
      ['node3', 0, 5],
    ];
    const answer = { status: 200, body: page({ nodes }) };
    const seen = reduce(initial('sample', cluster), seenOn(SIDEKIQ_ANSWER, 'node1', 1_000, answer));
    const killed = reduce(seen, { kind: 'container', at: 2_000, node: 'node2', state: 'stopped' });
    const said = [seen, killed].map(({ state }) => jobsSummary.line(state, {})?.toString());
    expect(said).toEqual([
      '0 waiting, 0 running; 3 Sidekiq processes',
      '0 waiting, 0 running; 2 Sidekiq processes',
    ]);
    const node1 = killed.state.nodes.find(({ name }) => name === 'node1');
    expect(node1?.services.find(({ service }) => service === 'sidekiq')?.facts?.['Processes']).toBe('2');
  });

  test('knows nothing of jobs where no Sidekiq runs, or none has said', () => {
    expect(initial('sample', CLUSTER).state.jobs).toBeUndefined();
    expect(initial('sample', cluster).state.jobs).toEqual({ queues: undefined });
  });
});

describe('for people', () => {
  test.each<[object, string]>([
    [{}, '0 waiting, 0 running; 3 Sidekiq processes'],
    [{ processes: 1 }, '0 waiting, 0 running; 1 Sidekiq process'],
    [MIXED, '3 waiting, 1 running; 1 to be tried again; 1 dead; 3 Sidekiq processes'],
    [
      { enqueued: 1, queues: [['default', 1, 40]] },
      '1 waiting, 0 running; some are stuck; 3 Sidekiq processes',
    ],
  ])('a status of %j says %s', (change, line) => {
    expect(jobsSummary.line({ jobs: { queues: queues(change) } }, {})?.toString()).toBe(line);
  });

  test('a status says nothing of jobs where no Sidekiq runs, and that they are not known', () => {
    expect(jobsSummary.line({}, {})).toBeUndefined();
    expect(jobsSummary.line({ jobs: { queues: undefined } }, {})?.toString()).toBe('not known');
  });

  test('each queue is shown with its jobs', () => {
    const contents = jobContents.of({ jobs: { queues: queues(MIXED) } });
    const shown = contents?.things.map(({ name, health, detail, parts }) => [
      `${name} ${health}: ${detail.toString()}`,
      ...parts.map((part) => `${part.name} ${part.health}: ${part.detail?.toString() ?? ''}`),
    ]);
    expect(contents?.summary.toString()).toBe('3 waiting, 1 running, 1 to be tried again, 1 dead');
    expect(shown).toEqual([
      [
        'default degraded: 2 waiting',
        'Worker 4 failed: dead: failed too often',
        'Worker 9 ok: runs on node1 for 5 s',
        'Worker 3 degraded: failed; tried again in 2 s',
      ],
      ['mailers ok: 1 waiting', 'Mailer ok: waits for 0 s'],
    ]);
  });

  test('a queue that nobody takes from is not well', () => {
    const [queue] =
      jobContents.of({ jobs: { queues: queues({ queues: [['default', 2, 40]] }) } })?.things ?? [];
    expect([queue?.health, queue?.detail.toString()]).toEqual([
      'degraded',
      '2 waiting, and nobody takes them',
    ]);
  });

  test('no queues are shown while they are not known', () => {
    expect(jobContents.of({ jobs: { queues: undefined } })).toBeUndefined();
    expect(jobContents.of({})).toBeUndefined();
  });
});
