import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GITLAB_SCHEMA as schema } from '../../../../../src/languages/gitlab-rb/schema';
import keys from '../../../../../src/languages/gitlab-rb/schema/data/keys.json';

const KEYS: readonly { readonly root: string; readonly path: readonly string[] }[] = Object.entries(
  keys.roots,
).flatMap(([root, rows]) =>
  rows.map((row) => {
    const [path = ''] = row.split('\t');
    return { root, path: path === '' ? [] : path.split('/') };
  }),
);

describe('the schema of gitlab.rb', () => {
  it('knows every key of the table', () => {
    expect(KEYS).toHaveLength(2464);
    for (const { root, path } of KEYS)
      expect(schema.key(root, path), [root, ...path].join('/')).toBeDefined();
  });

  it('lists each key among the children of the one above it', () => {
    for (const { root, path } of KEYS) {
      const name = path.at(-1);
      if (name === undefined || name === '[]') continue;
      expect(schema.children(root, path.slice(0, -1)).get(name)).toBe(schema.key(root, path));
    }
  });

  it('answers for any path without throwing, and only with keys that lie on it', () => {
    const name = fc.oneof(fc.constantFrom(...KEYS.flatMap(({ path }) => path)), fc.string());
    fc.assert(
      fc.property(fc.constantFrom(...KEYS), fc.array(name, { maxLength: 4 }), ({ root, path }, more) => {
        const whole = [...path, ...more];
        const found = schema.key(root, whole);
        if (found !== undefined) {
          expect(found.root).toBe(root);
          expect(found.path).toHaveLength(whole.length);
          found.path.forEach((part, index) => expect(['*', whole[index]]).toContain(part));
        }
        schema.isOpen(root, whole);
        schema.removed(root, whole);
        for (const [child, info] of schema.children(root, whole)) expect(info.path.at(-1)).toBe(child);
      }),
    );
  });

  it.each([
    ['gitlab_rails', ['db_hots']],
    ['patroni', ['enabled']],
    ['redis', ['bind_address']],
    ['gitlab_rails', ['object_store', 'objects', 'artefacts']],
    ['nginx', ['status', 'prot']],
    ['no_such_root', []],
  ])('does not know %s %j, and says it is no place for other keys', (root, path) => {
    expect(schema.key(root, path)).toBeUndefined();
    expect(schema.isOpen(root, path)).toBe(false);
  });

  it.each([
    ['gitlab_rails', ['env', 'GITLAB_LOG_LEVEL']],
    ['gitaly', ['configuration', 'something_new']],
    ['consul', ['configuration', 'acl', 'some_option']],
    ['patroni', ['postgresql', 'autovacuum_naptime']],
    ['pgbouncer', ['databases', 'gitlabhq_production']],
    ['prometheus', ['flags', 'web.enable-lifecycle']],
    ['gitlab_rails', ['object_store', 'connection', 'openstack_region']],
  ])('lets any key stand at %s %j', (root, path) => {
    expect(schema.isOpen(root, path)).toBe(true);
  });

  it.each([
    ['patroni', ['scope'], "'postgresql-ha'", "'gitlab-postgresql-ha'"],
    ['redis', ['port'], '0', '6379'],
    ['redis', ['bind'], "'127.0.0.1'", "'0.0.0.0'"],
    ['sidekiq', ['shutdown_timeout'], '25', '4'],
    ['nginx', ['status', 'port'], '8060', '9999'],
    ['praefect', ['configuration', 'listen_addr'], "'localhost:2305'", undefined],
    ['praefect', ['configuration', 'database', 'port'], undefined, '6432'],
    ['gitaly', ['configuration', 'listen_addr'], undefined, "'localhost:8075'"],
    ['consul', ['configuration', 'datacenter'], "'gitlab_consul'", undefined],
    ['external_url', [], undefined, undefined],
  ])('tells the default of %s %j from what the sample file shows', (root, path, held, sample) => {
    const { default: value, sample: shown } = schema.key(root, path) ?? {};
    expect([value, shown]).toEqual([held, sample]);
  });

  it.each([
    ['redis', ['port'], ['integer']],
    ['pgbouncer', ['max_client_conn'], ['integer', 'string']],
    ['praefect', ['configuration', 'database', 'port'], ['integer']],
    ['gitlab_rails', ['monitoring_whitelist'], ['array']],
    ['gitlab_rails', ['registry_port'], ['string', 'integer']],
    ['gitlab_rails', ['db_host'], ['string']],
    ['sidekiq', ['interval'], []],
  ])('takes for %s %j the types %j', (root, path, types) => {
    expect(schema.key(root, path)?.types).toEqual(types);
  });

  it('matches names the user chooses and items of arrays', () => {
    expect(schema.key('pgbouncer', ['databases', 'mine', 'host'])?.path).toEqual(['databases', '*', 'host']);
    expect(schema.key('gitlab_rails', ['redis_sentinels', '[]', 'port'])?.types).toEqual(['integer']);
    expect([
      ...schema.children('praefect', ['configuration', 'virtual_storage', '[]', 'node', '[]']).keys(),
    ]).toEqual(expect.arrayContaining(['storage', 'address', 'token']));
  });

  it('knows since when a key exists', () => {
    expect(schema.key('gitaly', ['configuration'])?.since).toBe('15.10');
    expect(schema.key('gitlab_rails', ['nginx', 'listen_port'])?.since).toBe('19.2');
    expect(schema.key('gitlab_rails', ['db_host'])?.since).toBeUndefined();
  });

  it('lets each service override the settings of its logs', () => {
    expect(schema.key('nginx', ['logrotate_size'])).toBeDefined();
    expect(schema.key('puma', ['svlogd_prefix'])).toBeDefined();
  });
});
