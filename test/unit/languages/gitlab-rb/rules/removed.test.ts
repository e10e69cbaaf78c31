import { describe, expect, it } from 'vitest';
import removedRows from '../../../../../src/languages/gitlab-rb/schema/data/removed.json';
import { lintText, repaired, told } from '../linted';

const brief = (text: string, version?: string): string[] =>
  lintText(text, version).map(({ code, severity }) => `${code} ${severity}`);

describe('a removed key, version by version', () => {
  it.each([
    ["gitaly['graceful_restart_timeout'] = '1m'", '15.9', []],
    ["gitaly['graceful_restart_timeout'] = '1m'", '15.10', ['GLR033 warning']],
    ["gitaly['graceful_restart_timeout'] = '1m'", '16.0', ['GLR031 error']],
    ["gitaly['graceful_restart_timeout'] = '1m'", '19.3', ['GLR031 error']],
    ["nginx['hsts_max_age'] = 0", '19.1', []],
    ["nginx['hsts_max_age'] = 0", '19.2', ['GLR033 warning']],
    ["gitlab_rails['nginx']['hsts_max_age'] = 0", '19.1', ['GLR034 warning']],
    ["gitlab_rails['nginx']['hsts_max_age'] = 0", '19.2', []],
    ["git_data_dirs({ 'default' => { 'path' => '/srv' } })", '17.7', []],
    ["git_data_dirs({ 'default' => { 'path' => '/srv' } })", '17.8', ['GLR033 warning']],
    ["git_data_dirs({ 'default' => { 'path' => '/srv' } })", '18.0', ['GLR030 error']],
    ["spamcheck['enable'] = false", '18.11', []],
    ["spamcheck['enable'] = false", '19.0', ['GLR030 error']],
    ["mattermost['enable'] = true", '19.0', ['GLR030 error']],
    ["mattermost['enable'] = false", '19.0', ['GLR031 information']],
    ["gitlab_shell['migration'] = {}", '19.3', []],
    ["gitlab_shell['migration'] = { enabled: true }", '19.3', ['GLR030 error']],
    ["unicorn['enable'] = false", '19.3', ['GLR031 information']],
    ["grafana['enable'] = false", '17.0', []],
    ["grafana['enable'] = false", '17.1', ['GLR032 error']],
    ["sidekiq_cluster['enable'] = true", '19.3', ['GLR032 error']],
    ["oak['enable'] = false", '18.10', ['GLR034 error']],
    ["gitlab_rails['git_timeout'] = 10", '19.3', ['GLR031 warning']],
  ])('%s in %s', (text, version, expected) => {
    expect(brief(text, version)).toEqual(expected);
  });
});

describe('a removed key in a file of which nobody names the version', () => {
  it.each([
    // It may be for a version that still reads the line.
    ["gitaly['graceful_restart_timeout'] = '1m'", ['GLR031 warning']],
    ["unicorn['ENV'] = { 'RAILS_RELATIVE_URL_ROOT' => '/git' }", ['GLR031 warning']],
    // It may be for a version that does not know the new name; no end is set for the old one.
    ["nginx['hsts_max_age'] = 0", ['GLR033 information']],
    // The end of this one is set.
    ["mattermost_external_url 'https://chat.example.net'", ['GLR033 warning']],
    // The newest version refuses it.
    ["git_data_dirs({ 'default' => { 'path' => '/srv' } })", ['GLR030 error']],
  ])('%s', (text, expected) => {
    // No version has this name.
    expect(brief(text, 'unknown')).toEqual(expected);
  });
});

describe('every key of the list', () => {
  const rows = removedRows.map((row) => {
    const [id = '', , , behaviour = ''] = row.split('\t');
    const [root = '', ...path] = id.split('/');
    return { root, path: path.map((key) => (key === '*' ? 'anything' : key)), behaviour };
  });
  const keys = rows.filter(({ root, path, behaviour }) => {
    const called = path.length === 0 || path.includes('[]');
    // Its value decides.
    return (
      !called && behaviour !== 'invalid-role' && `${root}/${path.join('/')}` !== 'gitlab_rails/db_adapter'
    );
  });

  it.each(keys.map(({ root, path }) => [`${root}${path.map((key) => `['${key}']`).join('')}`]))(
    '%s has a finding in 19.3',
    (name) => {
      const codes = lintText(`${name} = { 'a' => 1 }`).map(({ code }) => code);
      expect(codes.some((code) => /^GLR03[0-3]$/.test(code))).toBe(true);
    },
  );
});

describe('the quick fix writes the new name', () => {
  it.each([
    [
      'GLR031',
      "gitaly['graceful_restart_timeout'] = '1m'",
      "gitaly['configuration']['graceful_restart_timeout'] = '1m'",
    ],
    ['GLR033', "nginx['hsts_max_age'] = 0", "gitlab_rails['nginx']['hsts_max_age'] = 0"],
    [
      'GLR033',
      "registry_nginx['ssl_certificate'] = '/a.crt'",
      "registry['nginx']['ssl_certificate'] = '/a.crt'",
    ],
    // The new form has another shape, or a later line would erase it.
    ['GLR031', "praefect['virtual_storages'] = { 'default' => {} }", undefined],
    [
      'GLR031',
      "gitaly['graceful_restart_timeout'] = '1m'\ngitaly['configuration'] = { runtime_dir: '/run/a' }",
      undefined,
    ],
  ])('%s: %s', (code, text, expected) => {
    expect(lintText(text).map((finding) => finding.code)).toContain(code);
    expect(repaired(text, code)).toBe(expected);
  });
});

describe('an old and a new name', () => {
  const both = (old: number, now: number): string =>
    `nginx['hsts_max_age'] = ${old}\ngitlab_rails['nginx']['hsts_max_age'] = ${now}`;

  it('with different values: the old one has no effect', () => {
    expect(told(both(0, 10))).toEqual(["1: GLR035 nginx['hsts_max_age']"]);
  });

  it('with the same value: the old one goes away', () => {
    expect(told(both(10, 10))).toEqual(["1: GLR033 nginx['hsts_max_age']"]);
  });
});

describe('roles', () => {
  it.each([
    ["roles ['monitoring_role']", []],
    ["roles ['monitoring-role']", []],
    ["roles ['monitoring']", ["1: GLR036 'monitoring'"]],
    ["roles ['praefect_role']", ["1: GLR036 'praefect_role'"]],
    ["roles 'monitoring_role pages_role'", ["1: GLR036 'monitoring_role pages_role'"]],
    ['roles %w[monitoring_role spamcheck_role]', ['1: GLR038 spamcheck_role']],
    ['roles [:monitoring_role]', ['1: GLR036 :monitoring_role']],
    ['roles :monitoring_role', ['1: GLR036 :monitoring_role']],
    ['roles %i[monitoring_role]', ['1: GLR036 monitoring_role']],
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it('are known from a version on', () => {
    expect(brief("roles ['backup_role']", '18.10')).toEqual(['GLR036 error']);
    expect(brief("roles ['backup_role']", '18.11')).toEqual([]);
  });

  it.each([
    ["roles ['monitoring']", "roles ['monitoring_role']"],
    ['roles %w[monitoring_rol]', 'roles %w[monitoring_role]'],
    ['roles [:monitoring_role]', "roles ['monitoring_role']"],
  ])('%s is repaired', (text, expected) => {
    expect(repaired(text, 'GLR036')).toBe(expected);
  });
});
