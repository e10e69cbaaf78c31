import { describe, expect, it } from 'vitest';
import { keyRows, type KeyTable } from '../../../../tools/schema/gitlab-rb-keys';
import { removedRows, type RemovedTable } from '../../../../tools/schema/gitlab-rb-removed';

type TableKey = KeyTable['keys'][number];

const key = (root: string, path: string, type: string, held: string | null, sample?: string): TableKey => ({
  root,
  path: path.split('/'),
  type,
  default: held,
  ...(sample === undefined ? {} : { templateSample: sample }),
});

const rowsOf = (...keys: TableKey[]): string[] =>
  Object.values(keyRows({ version: '19.3', keys }, new Map([['a/late', '17.2']]))).flat();

describe('making the rows of the schema', () => {
  it.each([
    ['a default', key('a', 'x', 'integer', '4'), 'x\ti\t4'],
    ['a default and another sample', key('a', 'x', 'boolean', 'false', 'true'), 'x\tb\tfalse\ttrue'],
    ['nothing at all', key('a', 'x', 'nil', 'nil'), 'x'],
    ['types of default and sample together', key('a', 'x', 'integer', '1', "'4'"), "x\tis\t1\t'4'"],
    ["PgBouncer's numbers, also as texts", key('pgbouncer', 'x', 'integer', '15'), 'x\tis\t15'],
    ['ports as texts, also as numbers', key('a', 'x', 'string', "'9168'"), "x\tsi\t'9168'"],
    [
      "the package's directory in plain words",
      key('a', 'x', 'string', `"#{node['package']['install-dir']}/embedded/x"`),
      "x\ts\t'/opt/gitlab/embedded/x'",
    ],
    ['no default where it is computed', key('a', 'x', 'expression', "node['memory']['total'] / 4"), 'x\ts'],
    ['no sample that is no value', key('a', 'x', 'string', 'nil', "'[REDACTED]'"), 'x\ts'],
    ['the first version', key('a', 'late', 'integer', '4'), 'late\ti\t4\t\t17.2'],
  ])('keeps %s', (_, table, row) => {
    expect(rowsOf(table)).toEqual([row]);
  });

  it('takes a key inside a hash of the sample file as a default only where the hash has it', () => {
    const rows = rowsOf(
      key('a', 'hash', 'hash', "{'in' => 1}", "{'in' => 1, 'out' => 2}"),
      key('a', 'hash/in', 'integer', '1', '1'),
      key('a', 'hash/out', 'integer', '2', '2'),
    );
    expect(rows.slice(1)).toEqual(['hash/in\ti\t1', 'hash/out\ti\t\t2']);
  });

  const removed = (table: Partial<RemovedTable>): string[] =>
    removedRows({ removedOrDeprecated: [], vanishedFromTemplate: [], ...table });
  const entry = (name: string, replacement: string, loader193 = 'silently ignored') => ({
    key: name,
    deprecatedSince: '15.9',
    removedIn: '16.0',
    replacement,
    loader193,
  });

  it.each([
    ["a['b']['c']", "a['d']", "a/b/c\t15.9\t16.0\tignored\ta['d']"],
    ["a['b'][]['c']", "a['b'][]['d']", "a/b/[]/c\t15.9\t16.0\tignored\ta['b'][]['d']"],
    ['a[*]', 'b[*]', 'a/*\t15.9\t16.0\tignored\tb[*]'],
    ["a['enable'] = true", 'run it yourself', 'a/enable\t15.9\t16.0\tignored'],
    ["a['b']", "Use c['d'] instead.", "a/b\t15.9\t16.0\tignored\tc['d']"],
    ["a['b']", "c['d'] (array of {x})", "a/b\t15.9\t16.0\tignored\tc['d']"],
  ])('reads %s, replaced by "%s"', (name, replacement, row) => {
    expect(removed({ removedOrDeprecated: [entry(name, replacement)] })).toEqual([row]);
  });

  it('dates what vanished to the version after the last that had it', () => {
    const gone = (lastTemplate: string) => [
      { key: "a['b']", firstTemplate: '10.0', lastTemplate, loader193: 'silently ignored' },
    ];
    expect(removed({ vanishedFromTemplate: gone('15.2') })).toEqual(['a/b\t\t15.3\tignored']);
    expect(removed({ vanishedFromTemplate: gone('13.12') })).toEqual(['a/b\t\t14.0\tignored']);
  });

  it('refuses a behaviour it does not know', () => {
    expect(() => removed({ removedOrDeprecated: [entry('a', 'b', 'explodes')] })).toThrow('explodes');
  });
});
