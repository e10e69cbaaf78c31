import { describe, expect, test } from 'vitest';
import { parseCounts } from '../../../../src/services/praefect/counts';
import { missingInRepositories } from '../../../../src/services/praefect/whole';

describe('what Praefect’s database says', () => {
  test.each([
    [
      'R {"repositories" : 3, "behind" : 1, "unavailable" : 0, "primaries" : {"gitaly-1" : 2, "gitaly-3" : 1}}',
      { repositories: 3, behind: 1, unavailable: 0, primaries: { 'gitaly-1': 2, 'gitaly-3': 1 } },
    ],
    [
      'R {"repositories":0,"behind":0,"unavailable":0,"primaries":{}}',
      { repositories: 0, behind: 0, unavailable: 0, primaries: {} },
    ],
    ['R ', undefined],
    ['R {"repositories":1}', undefined],
    ['R {broken', undefined],
    ['', undefined],
  ])('%j', (line, counts) => {
    expect(parseCounts(line)).toEqual(counts);
  });
});

describe('until the repositories are whole there is missing', () => {
  const counts = { repositories: 3, behind: 0, unavailable: 0, primaries: {} };
  test.each([
    ['nothing where all replicas are current', counts, []],
    ['a replica that is behind', { ...counts, behind: 2 }, ['repositories: 2 with replicas that are behind']],
    [
      'a repository nobody can serve',
      { ...counts, behind: 1, unavailable: 1 },
      ['repositories: 1 unavailable', 'repositories: 1 with replicas that are behind'],
    ],
    ['what is not known', undefined, ['repositories: not known']],
  ])('%s', (_what, repositories, missing) => {
    expect(missingInRepositories({ repositories })).toEqual(missing);
  });
});
