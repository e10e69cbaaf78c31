import { describe, expect, test } from 'vitest';
import { initial, reduce } from '../../../../src/observe/reducer';
import { seenOn } from '../../../../src/services/core/live/fact';
import { parseCounts } from '../../../../src/services/praefect/counts';
import { repositoryContents } from '../../../../src/services/praefect/contents';
import { REPOSITORY_COUNTS } from '../../../../src/services/praefect/facts';
import type { Repository, RepositoryCounts } from '../../../../src/services/praefect/facts';
import { conditionOf, shortName } from '../../../../src/services/praefect/condition';
import { repositoriesSummary } from '../../../../src/services/praefect/summary';
import { CLUSTER } from '../../observe/healthy';

const ONE = '@hashed/6b/86/6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b.git';
const TWO = '@hashed/d4/73/d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35.git';

function repository(change: Partial<Repository> = {}): Repository {
  return {
    path: ONE,
    primary: 'gitaly-1',
    available: true,
    replicas: { 'gitaly-1': 0, 'gitaly-2': 0, 'gitaly-3': 0 },
    ...change,
  };
}

function counts(...listed: readonly Repository[]): RepositoryCounts {
  const of = (condition: string): number => listed.filter((one) => conditionOf(one) === condition).length;
  return {
    repositories: listed.length,
    behind: of('behind'),
    unavailable: of('unavailable'),
    primaries: listed.length === 0 ? {} : { 'gitaly-1': listed.length },
    listed,
  };
}

const BEHIND = repository({ replicas: { 'gitaly-1': 0, 'gitaly-2': 3, 'gitaly-3': 'missing' } });
const LOST = repository({ available: false });

describe('a line of Praefect’s database', () => {
  test('names the repositories, where their primaries are and by how much replicas are behind', () => {
    const line =
      'R {"asOf": 1795920000123, "behind": 1, "listed": [{"path": "a/b.git", "primary": null, "replicas": {"gitaly-2": null, "gitaly-1": 4}, "available": true}, {"path": 7}], "primaries": {}, "repositories": 1, "unavailable": 0}';
    expect(parseCounts(line)).toEqual({
      asOf: 1_795_920_000_123,
      repositories: 1,
      behind: 1,
      unavailable: 0,
      primaries: {},
      listed: [{ path: 'a/b.git', available: true, replicas: { 'gitaly-1': 4, 'gitaly-2': 'missing' } }],
    });
  });

  test.each([
    [`{"${ONE}": "root/demo", "other.git": "root/other"}`, 'root/demo'],
    ['{}', undefined],
    ['', undefined],
    ['{broken', undefined],
    [`{"${ONE}": 7}`, undefined],
  ])('and after it, as far as they are known, the projects’ names: %s', (names, project) => {
    const line = `R {"repositories": 1, "behind": 0, "unavailable": 0, "primaries": {}, "listed": [{"path": "${ONE}", "available": true}]}\t${names}`;
    expect(parseCounts(line)?.listed?.map((one) => [one.path, one.project])).toEqual([[ONE, project]]);
  });
});

test.each([
  [repository(), 'current'],
  [BEHIND, 'behind'],
  [LOST, 'unavailable'],
  [repository({ replicas: {} }), 'current'],
])('a repository %j is %s', (one, condition) => {
  expect(conditionOf(one)).toBe(condition);
});

test.each([
  [{ path: ONE }, '6b86b273ff34'],
  [{ path: ONE, project: 'root/demo' }, 'root/demo'],
  [{ path: 'group/project.git' }, 'group/project'],
  [{ path: '@hashed/short.git' }, '@hashed/short'],
])('%j is called %s', (repository, name) => {
  expect(shortName(repository)).toBe(name);
});

describe('events', () => {
  const cluster = {
    ...CLUSTER,
    layers: { ...CLUSTER.layers, git: { enabled: true, nodes: ['node1', 'node2', 'node3'] } },
  };

  /** What is told when the nodes' Praefects say one after the other what their database has. */
  function told(...said: readonly RepositoryCounts[]): readonly string[] {
    let at = 1_000_000;
    let reduced = initial('sample', cluster);
    const texts: string[] = [];
    // Twice: what is told has held for a moment.
    for (const each of said.flatMap((one) => [one, one])) {
      at += 1_000;
      const next = reduce(reduced, seenOn(REPOSITORY_COUNTS, 'node1', at, { ...each, asOf: at }));
      reduced = next;
      const own = next.events.filter(({ kind }) => kind.startsWith('repository-'));
      texts.push(...own.map(({ kind, from, to, text }) => `${kind} ${from} ${to}: ${text.toString()}`));
    }
    return texts;
  }

  test.each<[string, readonly RepositoryCounts[], readonly string[]]>([
    ['nothing of a repository that is made or removed', [counts(), counts(repository()), counts()], []],
    [
      'a primary that moved',
      [counts(repository()), counts(repository({ primary: 'gitaly-3' }))],
      [
        'repository-primary-moved gitaly-1 gitaly-3: The primary of repository 6b86b273ff34 moved from gitaly-1 to gitaly-3',
      ],
    ],
    [
      'many that moved together, once for each place',
      [
        counts(repository(), repository({ path: TWO }), repository({ path: 'c.git' })),
        counts(
          repository({ primary: 'gitaly-2' }),
          repository({ path: TWO, primary: 'gitaly-2' }),
          repository({ path: 'c.git', primary: 'gitaly-3' }),
        ),
      ],
      [
        'repository-primary-moved gitaly-1 gitaly-2: The primaries of 2 repositories moved from gitaly-1 to gitaly-2',
        'repository-primary-moved gitaly-1 gitaly-3: The primary of repository c moved from gitaly-1 to gitaly-3',
      ],
    ],
    [
      'nobody has a primary for a moment: where it was counts',
      [counts(repository()), counts(repository({ primary: undefined })), counts(repository())],
      [],
    ],
    [
      'a replica that is behind, one that is lost, and their repair',
      [counts(repository()), counts(BEHIND), counts(LOST), counts(repository())],
      [
        'repository-condition-changed current behind: Repository 6b86b273ff34: replicas are behind',
        'repository-condition-changed behind unavailable: Repository 6b86b273ff34 is unavailable: no storage that is well has everything',
        'repository-condition-changed unavailable current: Repository 6b86b273ff34: all replicas are current',
      ],
    ],
    [
      'a repository by the name of its project',
      [counts(repository({ project: 'root/demo' })), counts({ ...BEHIND, project: 'root/demo' })],
      ['repository-condition-changed current behind: Repository root/demo: replicas are behind'],
    ],
    [
      'many that are repaired together',
      [counts(BEHIND, { ...BEHIND, path: TWO }), counts(repository(), repository({ path: TWO }))],
      ['repository-condition-changed behind current: 2 repositories: all replicas are current'],
    ],
  ])('tell %s', (_what, said, events) => {
    expect(told(...said)).toEqual(events);
  });

  test('of three Praefects the one that asked last is believed', () => {
    let reduced = initial('sample', cluster);
    for (const [node, one, asOf] of [
      ['node2', LOST, 20],
      ['node1', repository(), 10],
      ['node3', repository(), 15],
    ] as const)
      reduced = reduce(reduced, seenOn(REPOSITORY_COUNTS, node, 1_000, { ...counts(one), asOf }));
    expect(reduced.state.git?.repositories?.unavailable).toBe(1);
  });
});

describe('for people', () => {
  test.each([
    [counts(), '0 repositories'],
    [counts(repository()), '1 repository; primaries: 1 on gitaly-1'],
    [
      counts(BEHIND, LOST),
      '2 repositories; primaries: 2 on gitaly-1; 1 unavailable; 1 with replicas that are behind',
    ],
  ])('a status says %#', (repositories, line) => {
    expect(repositoriesSummary.line({ git: { repositories } }, {})?.toString()).toBe(line);
  });

  test('a status says nothing of Git storage that is not there, and that it is not known', () => {
    expect(repositoriesSummary.line({}, {})).toBeUndefined();
    expect(repositoriesSummary.line({ git: { repositories: undefined } }, {})?.toString()).toBe('not known');
  });

  test('each repository is shown with its replicas', () => {
    const contents = repositoryContents.of({
      git: { repositories: counts(repository({ project: 'root/demo' }), { ...BEHIND, path: TWO }) },
    });
    expect(contents?.things.map(({ id }) => id)).toEqual([ONE, TWO]);
    const shown = contents?.things.map(({ name, health, detail, parts }) => [
      `${name} ${health}: ${detail.toString()}`,
      ...parts.map((part) => `${part.name} ${part.health}: ${part.detail?.toString() ?? ''}`),
    ]);
    expect(contents?.summary.toString()).toBe('1 of 2 with replicas that are behind');
    expect(shown).toEqual([
      ['root/demo ok: primary gitaly-1', 'gitaly-1 ok: primary', 'gitaly-2 ok: ', 'gitaly-3 ok: '],
      [
        'd4735e3a265e degraded: primary gitaly-1, replicas behind',
        'gitaly-1 ok: primary',
        'gitaly-2 degraded: behind by 3 changes',
        'gitaly-3 degraded: no replica yet',
      ],
    ]);
    expect(repositoryContents.of({})).toBeUndefined();
  });
});
