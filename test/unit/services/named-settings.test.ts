import { describe, expect, test } from 'vitest';
import { namedSettings } from '../../../src/services/named-settings';
import { SECTIONS, defaultSettings, draftOf, sectionOf } from '../../../src/services/settings';
import type { NodeSettings } from '../../../src/services/settings';
import { cluster } from '../cli/fixtures';

const lab = cluster();
const [node] = lab.nodes;
if (node === undefined) throw new Error('the fixture has no node');
const DEFAULTS = defaultSettings(lab, node);

/** The value under the keys of a path; undefined where there is none. */
const at = (tree: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((below, key) => (below as Record<string, unknown> | undefined)?.[key], tree);

describe('settings by the names of gitlab.rb', () => {
  const named = namedSettings(DEFAULTS);

  test.each<[string[], unknown]>([
    [['patroni', 'ttl'], 20],
    [['patroni', 'postgresql', 'max_connections'], 400],
    [['patroni', 'postgresql', 'wal_keep_size'], '160MB'],
    [['postgresql', 'max_connections'], undefined],
    [['postgresql', 'shared_buffers'], '64MB'],
    [['postgresql', 'md5_auth_cidr_addresses'], ['172.30.7.0/24']],
    [['gitlab_rails', 'db_username'], 'gitlab'],
    [['postgresql', 'sql_user'], undefined],
    [['consul', 'configuration', 'bootstrap_expect'], 3],
    [['consul', 'configuration', 'gossip_lan', 'probe_interval'], '500ms'],
    [['redis', 'master'], true],
    [['sentinel', 'down_after_milliseconds'], 1500],
    [['pgbouncer', 'pool_mode'], 'transaction'],
    [['redis_exporter', 'listen_address'], 'localhost:9121'],
    [['lab', 'patroni', 'synchronousMode'], true],
    [['lab', 'redis', 'minReplicasToWrite'], 1],
    [['lab', 'patroni', 'ttl'], undefined],
    [['lab', 'postgresql'], { walRetrieveRetryIntervalMs: 100 }],
  ])('%j is %j', (path, expected) => {
    expect(at(named, ...path)).toEqual(expected);
  });

  test('parameters stand under the key that wins', () => {
    const parameters = { work_mem: '8MB', hot_standby_feedback: 'on' };
    const tree = namedSettings({ ...DEFAULTS, postgresql: { ...DEFAULTS.postgresql, parameters } });
    expect(at(tree, 'patroni', 'postgresql', 'work_mem')).toBe('8MB');
    expect(at(tree, 'postgresql', 'work_mem')).toBeUndefined();
    expect(at(tree, 'postgresql', 'hot_standby_feedback')).toBe('on');
  });

  test('no name of ours is used where gitlab.rb has one', () => {
    const rest = Object.entries(named).filter(([root]) => root !== 'lab');
    expect(JSON.stringify(rest)).not.toMatch(/"[a-z]+[A-Z]\w*":/);
  });
});

/** Another value of the same type. */
function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return value.length > 0 ? [] : ['other'];
  return `${String(value)}x`;
}

describe('another value shows, under whatever name', () => {
  const settings = SECTIONS.flatMap((section) =>
    Object.keys(sectionOf(DEFAULTS, section)).map((name) => ({ section, name, of: section.name })),
  );
  test.each(settings.filter(({ name }) => !['parameters', 'flags'].includes(name)))(
    '$of.$name',
    ({ section, name }) => {
      const other: NodeSettings = draftOf(DEFAULTS);
      const own = sectionOf(other, section) as Record<string, unknown>;
      own[name] = changed(own[name]);
      expect(namedSettings(other)).not.toEqual(namedSettings(DEFAULTS));
    },
  );
});
