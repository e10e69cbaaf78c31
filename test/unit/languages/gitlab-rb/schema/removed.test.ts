import { describe, expect, it } from 'vitest';
import { GITLAB_SCHEMA as schema } from '../../../../../src/languages/gitlab-rb/schema';
import rows from '../../../../../src/languages/gitlab-rb/schema/data/removed.json';

describe('removed keys of gitlab.rb', () => {
  it('knows every row of the table', () => {
    expect(rows.length).toBeGreaterThan(550);
    for (const row of rows) {
      const [id = ''] = row.split('\t');
      const [root = '', ...path] = id.split('/');
      expect(schema.removed(root, path), id).toBeDefined();
    }
  });

  it.each([
    ['praefect', ['auth_token'], 'ignored', "praefect['configuration']['auth']['token']"],
    ['nginx', ['listen_port'], 'copied', "gitlab_rails['nginx']['listen_port']"],
    ['registry_nginx', ['listen_port'], 'copied', "registry['nginx']['listen_port']"],
    ['pages_nginx', ['ssl_certificate'], 'copied', "gitlab_pages['nginx']['ssl_certificate']"],
    [
      'consul',
      ['configuration', 'ca_file'],
      'moved',
      "consul['configuration']['tls']['defaults']['ca_file']",
    ],
    ['git_data_dirs', [], 'aborts', "gitaly['configuration']['storage']"],
    ['spamcheck', ['enable'], 'aborts', undefined],
    ['grafana', ['enable'], 'unknown-root', undefined],
    ['gitlab_monitor', ['enable'], 'unknown-root', "gitlab_exporter['enable']"],
    ['unicorn', ['worker_processes'], 'ignored', "puma['worker_processes']"],
    ['redis_slave_role', [], 'invalid-role', 'redis_replica_role'],
    ['gitlab_rails', ['db_pool'], 'ignored', undefined],
  ])('%s %j: %s', (root, path, behaviour, replacement) => {
    const found = schema.removed(root, path);
    expect(found?.behaviour).toBe(behaviour);
    expect(found?.replacement).toBe(replacement);
  });

  it('offers a replacement only where there is such a setting', () => {
    expect(schema.removed('unicorn', ['backlog_socket'])).toMatchObject({ behaviour: 'ignored' });
    expect(schema.removed('unicorn', ['backlog_socket'])?.replacement).toBeUndefined();
    expect(schema.removed('mattermost', ['anything'])).toMatchObject({
      behaviour: 'ignored',
      removedIn: '19.0',
    });
  });

  it('says what to do about each key that has no plain replacement', () => {
    const silent = rows.flatMap((row) => {
      const [id = ''] = row.split('\t');
      const [root = '', ...path] = id.split('/');
      const found = schema.removed(root, path);
      return found?.note === undefined && found?.replacement === undefined ? [id] : [];
    });
    expect(silent).toEqual([]);
  });

  it('finds what stands below a removed key', () => {
    expect(schema.removed('praefect', ['virtual_storages', 'default', 'nodes'])?.path).toEqual([
      'virtual_storages',
    ]);
  });

  it('says nothing of keys that are there', () => {
    expect(schema.removed('praefect', ['configuration', 'listen_addr'])).toBeUndefined();
    expect(schema.removed('patroni', ['ttl'])).toBeUndefined();
    expect(schema.removed('no_such_root', ['x'])).toBeUndefined();
  });
});
