import { describe, expect, test } from 'vitest';
import { findingsOf } from '../marked-findings';

const told = (id: string, text: string): readonly string[] =>
  findingsOf(id, `${text}\n`).map(({ severity, marked }) => `${severity} ${marked}`);

describe('numbers below zero (GLR148)', () => {
  test.each<[text: string, expected: readonly string[]]>([
    ["gitaly['configuration'] = { concurrency: [{ rpc: '/x', max_per_repo: -3 }] }", ['warning -3']],
    ["gitaly['configuration'] = { concurrency: [{ rpc: '/x', max_per_repo: 0 }] }", []],
    [
      "praefect['configuration'] = { virtual_storage: [{ name: 'default', default_replication_factor: -1, node: [] }] }",
      ['warning -1'],
    ],
    ["patroni['max_timelines_history'] = -1", []],
  ])('%s', (text, expected) => {
    expect(told('GLR148', text)).toEqual(expected);
  });
});

describe('paths of storages (GLR149)', () => {
  test.each<[path: string, expected: readonly string[]]>([
    ["'git-data'", ["warning 'git-data'"]],
    ["'./git-data'", ["warning './git-data'"]],
    ["'/var/opt/git-data'", []],
    ["'{{ path }}'", []],
    ['node["path"]', []],
  ])('%s', (path, expected) => {
    const text = `gitaly['enable'] = true\ngitaly['configuration'] = { storage: [{ name: 'default', path: ${path} }] }`;
    expect(told('GLR149', text)).toEqual(expected);
  });
});

describe('connections to an object storage (GLR184)', () => {
  const common = (connection: string, on = 'true'): string =>
    `gitlab_rails['object_store']['enabled'] = ${on}\ngitlab_rails['object_store']['connection'] = ${connection}`;
  test.each<[what: string, text: string, expected: readonly string[]]>([
    ['no provider', common("{ 'region' => 'x' }"), ["error { 'region' => 'x' }"]],
    ['no keys', common("{ 'provider' => 'AWS', 'aws_access_key_id' => 'A' }"), ["warning 'AWS'"]],
    ['a profile instead', common("{ 'provider' => 'AWS', 'use_iam_profile' => true }"), []],
    [
      'a profile that is off',
      common("{ 'provider' => 'AWS', 'use_iam_profile' => false }"),
      ["warning 'AWS'"],
    ],
    [
      'keys nobody knows',
      common("{ 'provider' => 'AWS', 'aws_access_key_id' => key, 'aws_secret_access_key' => secret }"),
      [],
    ],
    ['no account', common("{ 'provider' => 'AzureRM' }"), ["warning 'AzureRM'"]],
    ['another provider', common("{ 'provider' => 'Google' }"), []],
    ['one that is off', common("{ 'region' => 'x' }", 'false'), []],
    ['nothing at all, of which GLR181 tells', common('{}'), []],
    [
      'one kind',
      "gitlab_rails['lfs_object_store_enabled'] = true\ngitlab_rails['lfs_object_store_connection'] = { 'region' => 'x' }",
      ["error { 'region' => 'x' }"],
    ],
  ])('%s', (_, text, expected) => {
    expect(told('GLR184', text)).toEqual(expected);
  });
});
