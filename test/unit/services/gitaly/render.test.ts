import { describe, expect, test } from 'vitest';
import { gitalyEffects } from '../../../../src/services/gitaly/effect';
import { gitalyEnvironment, renderGitaly } from '../../../../src/services/gitaly/render';
import type { PlainTable } from '../../../../src/services/core/notation/plain-table';
import { serviceContext } from '../../../../src/lab/render/service-context';
import { sampleContext } from '../../lab/render/sample-context';

function contextOf(node: string, configuration: PlainTable = {}) {
  const context = sampleContext({
    node,
    layers: ['git'],
    change: (settings) => ({ ...settings, gitaly: { ...settings.gitaly, configuration } }),
  });
  return serviceContext(context);
}

function config(node: string, configuration: PlainTable = {}): string {
  const file = renderGitaly(contextOf(node, configuration)).find(({ path }) => path.endsWith('config.toml'));
  return String(file?.content);
}

test.each([
  [{}, 10],
  [{ graceful_restart_timeout: '1m' }, 60],
  [{ graceful_restart_timeout: 'soon' }, 10],
])('scripts of its node know how long a stop of it may take: %j', (configuration: PlainTable, seconds) => {
  expect(gitalyEnvironment(contextOf('node1', configuration))).toEqual({ LAB_GITALY_STOP_TIME: seconds });
  expect(gitalyEnvironment(serviceContext(sampleContext()))).toEqual({});
});

describe("Gitaly's file", () => {
  test('is whole where gitlab.rb says nothing: a storage by the node’s place, helpers beside the program', () => {
    expect(config('node2')).toBe(`listen_addr = "172.30.5.12:8075"
prometheus_listen_addr = "172.30.5.12:9236"
graceful_restart_timeout = "10s"
bin_dir = "/opt/gitlab/embedded/bin"
runtime_dir = "/var/opt/gitlab/gitaly/run"

[logging]
level = "info"
format = "json"

[gitlab]
url = "http://172.30.5.100"
secret_file = "/var/opt/gitlab/gitaly/shell_secret"

[[storage]]
name = "gitaly-2"
path = "/var/opt/gitlab/git-data/repositories"

[git]
bin_path = "/usr/bin/git"

[auth]
token = "${'73'.repeat(24)}"
`);
  });

  test('has what gitlab.rb says, but for addresses that are not the node’s and folders of its disks', () => {
    const text = config('node1', {
      listen_addr: '0.0.0.0:9999',
      storage: [{ name: 'fast', path: '/mnt/ssd' }],
      logging: { level: 'warn' },
      pack_objects_cache: { enabled: true },
      graceful_restart_timeout: '30s',
    });
    expect(text).toContain('listen_addr = "172.30.5.11:9999"');
    expect(text).toContain('[logging]\nlevel = "warn"\nformat = "json"');
    expect(text).toContain('name = "fast"\npath = "/var/opt/gitlab/git-data/repositories"');
    expect(text).toContain('[pack_objects_cache]\nenabled = true');
    expect(text).toContain('graceful_restart_timeout = "30s"');
  });

  test('is read at the start only', () => {
    const change = { path: '/var/opt/gitlab/gitaly/config.toml', before: 'a', after: 'b' };
    expect(gitalyEffects.needs([change]).map(({ need }) => need)).toEqual(['restart']);
    expect(gitalyEffects.needs([{ ...change, path: '/var/opt/gitlab/other' }])).toEqual([]);
  });
});
