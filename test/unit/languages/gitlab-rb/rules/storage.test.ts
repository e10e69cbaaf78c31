import { describe, expect, it } from 'vitest';
import { findingsOf } from '../marked-findings';

const CONNECTION = "{ 'provider' => 'AWS', 'region' => 'eu-central-1', 'use_iam_profile' => true }";
const KINDS = ['artifacts', 'lfs', 'uploads', 'packages', 'dependency_proxy', 'terraform_state'];
const bucket = (kind: string, name = `acme-${kind}`): string =>
  `gitlab_rails['object_store']['objects']['${kind}']['bucket'] = '${name}'\n`;
const STORE = `gitlab_rails['object_store']['enabled'] = true
gitlab_rails['object_store']['connection'] = ${CONNECTION}
${KINDS.map((kind) => bucket(kind)).join('')}`;
const marked = (id: string, text: string, version?: string): string[] =>
  findingsOf(id, text, version).map((one) => one.marked);

describe('buckets (GLR182)', () => {
  it.each([
    ['all', STORE, undefined],
    ['two missing', STORE.replace(bucket('lfs'), '').replace(bucket('packages'), ''), 'lfs, packages'],
    ['one empty', STORE.replace(bucket('lfs'), bucket('lfs', '')), 'lfs'],
    [
      'one missing, kept on disk',
      `${STORE.replace(bucket('lfs'), '')}gitlab_rails['object_store']['objects']['lfs']['enabled'] = false\n`,
      undefined,
    ],
    [
      'one missing, feature off',
      `${STORE.replace(bucket('lfs'), '')}gitlab_rails['lfs_enabled'] = false\n`,
      undefined,
    ],
    ['none for diffs, which are in the database', STORE, undefined],
    [
      'none for diffs outside the database',
      `${STORE}gitlab_rails['external_diffs_enabled'] = true\n`,
      'external_diffs',
    ],
    [
      'buckets from elsewhere',
      STORE.replace(
        /(gitlab_rails\['object_store'\]\['objects'\].*\n)+/,
        "gitlab_rails['object_store']['objects'] = BUCKETS\n",
      ),
      undefined,
    ],
    [
      'a connection from elsewhere',
      STORE.replace(bucket('lfs'), '').replace(CONNECTION, 'CONNECTION'),
      undefined,
    ],
    ['switched off', STORE.replace('= true', '= false').replace(bucket('lfs'), ''), undefined],
  ])('%s', (_, text, missing) => {
    expect(findingsOf('GLR182', text).map((one) => one.message)).toEqual(
      missing === undefined ? [] : [`GitLab does not start: object_store has no bucket for ${missing}.`],
    );
  });
});

describe('the common form and the forms of the single kinds', () => {
  const own = (connection: string): string =>
    `gitlab_rails['lfs_object_store_enabled'] = true\ngitlab_rails['lfs_object_store_connection'] = ${connection}\n`;

  it.each([
    ['no connection', "gitlab_rails['object_store']['enabled'] = true\n", 1],
    ['an empty connection', "gitlab_rails['object_store'] = { 'enabled' => true, 'connection' => {} }\n", 1],
    ['another connection for one kind', STORE + own("{ 'provider' => 'AWS', 'region' => 'us-east-1' }"), 1],
    ['the same connection for one kind', STORE + own(CONNECTION), 0],
    [
      'the same connection, in another order',
      STORE + own("{ provider: 'AWS', use_iam_profile: true, region: 'eu-central-1' }"),
      0,
    ],
    ['a connection from elsewhere for one kind', STORE + own('CONNECTION'), 0],
    [
      'a kind that may have its own',
      `${STORE}gitlab_rails['ci_secure_files_object_store_enabled'] = true\ngitlab_rails['ci_secure_files_object_store_connection'] = { 'provider' => 'AWS' }\n`,
      0,
    ],
    ['a kind that is off', STORE + own("{ 'provider' => 'AWS' }").replace('= true', '= false'), 0],
  ])('GLR181: %s', (_, text, count) => {
    expect(marked('GLR181', text)).toEqual(
      count === 0
        ? []
        : [
            text.startsWith("gitlab_rails['object_store'] =")
              ? "'enabled'"
              : "gitlab_rails['object_store']['enabled']",
          ],
    );
  });

  it.each([
    [
      'a bucket of old',
      `${STORE}gitlab_rails['lfs_object_store_remote_directory'] = 'old'\n`,
      ["gitlab_rails['lfs_object_store_remote_directory']"],
    ],
    ['the same connection', STORE + own(CONNECTION), ["gitlab_rails['lfs_object_store_enabled']"]],
    ['a kind that is off', `${STORE}gitlab_rails['lfs_object_store_enabled'] = false\n`, []],
    ['no common form', own(CONNECTION), []],
  ])('GLR196: %s', (_, text, expected) => {
    expect(marked('GLR196', text)).toEqual(expected);
    expect(marked('GLR196', text, '17.0')).toEqual([]);
  });

  it('GLR197: names the kinds that share a bucket, once', () => {
    const text = STORE.replaceAll(/acme-(lfs|uploads|packages)/g, 'acme-artifacts');
    expect(findingsOf('GLR197', text).map((one) => [one.marked, one.message.split(':')[0]])).toEqual([
      ["'acme-artifacts'", 'Bucket "acme-artifacts" is shared by artifacts, lfs, uploads, packages'],
    ]);
    expect(findingsOf('GLR197', STORE.replaceAll('acme-', 'acme/'))).toEqual([]);
    expect(findingsOf('GLR197', STORE.replaceAll(/acme-\w+/g, '{{ bucket }}'))).toEqual([]);
  });
});

describe('connections', () => {
  const to = (endpoint: string, more = ''): string =>
    `gitlab_rails['backup_upload_connection'] = { 'provider' => 'AWS', 'endpoint' => '${endpoint}'${more} }\n`;

  it.each([
    ['https://10.0.0.50:9000', true],
    ['http://minio:9000', true],
    ['http://[fd00::50]:9000', true],
    ['https://s3.acme.test', false],
    ['https://{{ s3 }}', false],
  ])('GLR183: %s', (endpoint, wrong) => {
    const found = findingsOf('GLR183', to(endpoint));
    expect(found.map((one) => one.fixed)).toEqual(wrong ? [to(endpoint, ", 'path_style' => true")] : []);
  });

  it.each([
    [", 'path_style' => true", undefined],
    [", 'path_style' => false", ", 'path_style' => true"],
    [", 'path_style' => STYLE", undefined],
  ])('GLR183: with %s', (more, better) => {
    const found = findingsOf('GLR183', to('http://minio:9000', more));
    expect(found.map((one) => one.fixed)).toEqual(
      better === undefined ? [] : [to('http://minio:9000', better)],
    );
  });

  it('GLR183: other providers have no such addresses', () => {
    expect(findingsOf('GLR183', to('http://minio:9000').replace('AWS', 'Google'))).toEqual([]);
  });

  it.each([
    [", 'use_iam_profile' => true, 'aws_access_key_id' => 'x'", ["'use_iam_profile'"]],
    [", 'use_iam_profile' => false, 'aws_access_key_id' => 'x'", []],
    [", 'use_iam_profile' => true", []],
    [", 'use_iam_profile' => true, 'aws_access_key_id' => ''", []],
  ])('GLR185: %s', (more, expected) => {
    expect(marked('GLR185', to('https://s3.acme.test', more))).toEqual(expected);
  });
});

describe('downloads from an http storage (GLR194)', () => {
  const store = (url: string, more = ''): string =>
    `external_url '${url}'\n${STORE.replace("'use_iam_profile' => true", "'endpoint' => 'http://s3.acme.test'")}${more}`;

  it('lets GitLab pass them on', () => {
    const [finding] = findingsOf('GLR194', store('https://gitlab.acme.test'));
    expect(finding?.marked).toBe("'http://s3.acme.test'");
    expect(finding?.fixed).toContain(
      "'endpoint' => 'http://s3.acme.test' }\ngitlab_rails['object_store']['proxy_download'] = true\n",
    );
  });

  it.each([
    ['a GitLab without TLS', store('http://gitlab.acme.test')],
    [
      'downloads that are passed on',
      store('https://gitlab.acme.test', "gitlab_rails['object_store']['proxy_download'] = true\n"),
    ],
    ['a storage with TLS', store('https://gitlab.acme.test').replace('http://s3', 'https://s3')],
  ])('is silent about %s', (_, text) => {
    expect(findingsOf('GLR194', text)).toEqual([]);
  });
});

describe('a machine that is one of several', () => {
  const NODE = "roles ['application_role', 'redis_replica_role']\n";
  const registry = (lines: string): string =>
    `${NODE}registry_external_url 'http://registry.acme.test'\n${lines}`;

  it.each([
    ['without object storage', NODE, ["'application_role'"]],
    [
      'with object storage off',
      `${NODE}gitlab_rails['object_store']['enabled'] = false\n`,
      ["gitlab_rails['object_store']['enabled']"],
    ],
    ['with object storage', NODE + STORE, []],
    ['with object storage for one kind', `${NODE}gitlab_rails['lfs_object_store_enabled'] = true\n`, []],
    ['with another disk', `${NODE}gitlab_rails['shared_path'] = '/mnt/nfs/shared'\n`, []],
    ['that waits for a mount', `${NODE}high_availability['mountpoint'] = '/mnt/nfs'\n`, []],
    ['of the application alone', "roles ['application_role']\n", []],
    ['that is the only one', "external_url 'http://gitlab.acme.test'\n", []],
  ])('GLR180: %s', (_, text, expected) => {
    expect(marked('GLR180', text)).toEqual(expected);
  });

  it.each([
    ['nothing', registry(''), ['registry_external_url']],
    [
      'a filesystem',
      registry("registry['storage'] = { 'filesystem' => { 'rootdirectory' => '/srv' } }\n"),
      ["registry['storage']"],
    ],
    ['an object storage', registry("registry['storage'] = { 's3_v2' => { 'bucket' => 'x' } }\n"), []],
    ['a storage from elsewhere', registry("registry['storage'] = STORAGE\n"), []],
    ['a registry that is off', registry("registry['enable'] = false\n"), []],
  ])('GLR186: %s', (_, text, expected) => {
    expect(marked('GLR186', text)).toEqual(expected);
  });
});

describe('backups', () => {
  const backup = (name: string, connection = CONNECTION): string =>
    `gitlab_rails['backup_upload_connection'] = ${connection}\ngitlab_rails['backup_upload_remote_directory'] = '${name}'\n`;

  it.each([
    ['the bucket of LFS', STORE + backup('acme-lfs'), ["'acme-lfs'"]],
    ['a bucket of its own', STORE + backup('acme-backups'), []],
    [
      'the same name in another region',
      STORE + backup('acme-lfs', CONNECTION.replace('central', 'west')),
      [],
    ],
    ['the same name at another provider', STORE + backup('acme-lfs', "{ 'provider' => 'Google' }"), []],
  ])('GLR192: %s', (_, text, expected) => {
    expect(marked('GLR192', text)).toEqual(expected);
  });

  it.each([
    ["gitlab_rails['backup_keep_time'] = 604_800\n", backup('acme-backups'), 1],
    ["gitlab_rails['backup_keep_time'] = 604_800\n", '', 0],
    ["gitlab_rails['backup_keep_time'] = 0\n", backup('acme-backups'), 0],
  ])('GLR189: %s%s', (keep, upload, count) => {
    expect(findingsOf('GLR189', keep + upload)).toHaveLength(count);
  });

  const pooled = "roles ['application_role', 'backup_role']\ngitlab_rails['db_port'] = 6432\n";
  it.each([
    ['through the pool', pooled, ["'backup_role'"]],
    ['past the pool', `${pooled}gitlab_rails['env'] = { 'GITLAB_BACKUP_PGPORT' => '5432' }\n`, []],
    ['on a machine without the role', pooled.replace(", 'backup_role'", ''), []],
    ['directly', pooled.replace('6432', '5432'), []],
  ])('GLR190: %s', (_, text, expected) => {
    expect(marked('GLR190', text)).toEqual(expected);
  });
});
