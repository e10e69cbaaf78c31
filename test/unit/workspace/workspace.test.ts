import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocksDeployment } from '../../../src/finding/finding';
import { readWorkspace } from '../../../src/workspace/workspace';
import { loadParser } from '../../../tools/fuzz/parser';
import { place } from '../languages/places';
import { brief, read, readWith, rolesOf, workspace } from './workspace-sample';

describe('a good workspace', () => {
  test('gives a node spec for each node of cluster.yaml, without a finding', async () => {
    const { spec, findings } = await read();
    expect(findings).toEqual([]);
    expect(spec?.nodes.map((one) => [one.node.name, one.gitlabRb?.path])).toEqual([
      ['node1', 'nodes/node1/gitlab.rb'],
      ['node2', 'nodes/node2/gitlab.rb'],
      ['node3', 'nodes/node3/gitlab.rb'],
    ]);
    expect(spec?.nodes.map((one) => one.settings.redis.initialMaster)).toEqual([true, false, false]);
  });

  test("a node's own proxy files win over the shared ones", async () => {
    const own = 'frontend own\n  bind 172.30.0.100:80\n';
    const { spec } = await read({ 'nodes/node2/haproxy.cfg': own });
    expect(spec?.nodes.map((one) => one.haproxyCfg.path)).toEqual([
      'haproxy/haproxy.cfg',
      'nodes/node2/haproxy.cfg',
      'haproxy/haproxy.cfg',
    ]);
    expect(spec?.nodes[1]?.haproxyCfg.text).toBe(own);
  });

  test('without any gitlab.rb the parser is not even loaded', async () => {
    const none = [1, 2, 3].map((n) => [`nodes/node${n}/gitlab.rb`, undefined]);
    const files = workspace(Object.fromEntries(none) as Record<string, undefined>);
    const { spec, findings } = await readWorkspace(files, () => Promise.reject(new Error('not needed')));
    expect(spec?.nodes).toHaveLength(3);
    expect(findings.map(brief)).toEqual(
      [1, 2, 3].map(
        (n) =>
          `warning WSP002 nodes/node${n}/gitlab.rb:1 node${n} has no gitlab.rb: the lab uses its defaults.`,
      ),
    );
  });

  test('the sample workspace has neither errors nor warnings', async () => {
    const root = 'lab/sample';
    const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = entries.map((entry) => join(entry.parentPath, entry.name));
    const files = new Map(paths.map((path) => [relative(root, path), readFileSync(path, 'utf8')]));
    const { spec, findings } = await readWorkspace(files, loadParser);
    expect(findings.filter((finding) => finding.severity !== 'information').map(brief)).toEqual([]);
    expect(spec?.nodes.map((one) => one.settings.redis.initialMaster)).toEqual([true, false, false]);
    expect(spec?.nodes.every((one) => one.gitlabRb !== undefined)).toBe(true);
  });
});

describe('bad input gives a finding with line and remedy, and nothing to deploy', () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    [
      'no cluster.yaml',
      { 'cluster.yaml': undefined },
      'error WSP001 cluster.yaml:1 The workspace has no cluster.yaml.',
    ],
    [
      'broken YAML',
      { 'cluster.yaml': 'name: "sample\n' },
      'error CLU001 cluster.yaml:2 YAML: Missing closing "quote.',
    ],
    [
      'a syntax error in gitlab.rb',
      { 'nodes/node2/gitlab.rb': `${rolesOf(1)}patroni['allowlist'] = = %w(a)\n` },
      'error GLR011 nodes/node2/gitlab.rb:2 Ruby syntax: expected an expression after `=`.',
    ],
    [
      'an expression that cannot be evaluated',
      { 'nodes/node2/gitlab.rb': `${rolesOf(1)}\npatroni['scope'] = ENV['SCOPE']\n` },
      "error LAB001 nodes/node2/gitlab.rb:3 patroni['scope'] cannot be evaluated: it reads the environment (ENV).",
    ],
    [
      'no haproxy.cfg',
      { 'haproxy/haproxy.cfg': undefined, 'nodes/node1/haproxy.cfg': 'x', 'nodes/node2/haproxy.cfg': 'x' },
      'error WSP003 nodes/node3/haproxy.cfg:1 node3 has no haproxy.cfg.',
    ],
    [
      'an empty keepalived.conf',
      { 'keepalived/keepalived.conf': '# nothing\n! yet\n' },
      'error WSP003 keepalived/keepalived.conf:1 keepalived/keepalived.conf is empty.',
    ],
  ])('%s', async (_, changes, expected) => {
    const { spec, findings } = await read(changes);
    expect(findings.map(brief)).toContain(expected);
    expect(blocksDeployment(findings)).toBe(true);
    expect(findings.every((finding) => finding.remedy.length > 10)).toBe(true);
    expect(spec).toBeUndefined();
  });

  test('an expression that cannot be evaluated for a key the lab does not use is only an information', async () => {
    const { spec, findings } = await readWith("gitlab_rails['smtp_password'] = ENV['SMTP']\n");
    expect(spec).toBeDefined();
    expect(findings.map(brief)).toEqual([
      "information LAB010 nodes/node1/gitlab.rb:2 gitlab_rails['smtp_password'] is not used by the lab.",
    ]);
  });
});

test('what a gitlab.rb reads with from_file counts, from files it is read with', async () => {
  const { spec, findings } = await read({
    'nodes/node1/gitlab.rb': "from_file '/etc/gitlab/roles.rb'\n",
    'nodes/node1/roles.rb': `from_file 'more/wal.rb'\n${rolesOf(0)}`,
    'nodes/node1/more/wal.rb': "pgbouncer['default_pool_size'] = 17\n",
  });
  expect(findings.map(brief)).toEqual([]);
  expect(spec?.nodes.map(({ settings }) => settings.pgbouncer.defaultPoolSize)).toEqual([17, 20, 20]);
});

describe('doubtful input is a warning', () => {
  test.each<[string, Record<string, string>, string, string]>([
    [
      'a folder of no node',
      { 'nodes/nod3/gitlab.rb': '' },
      'warning WSP006 nodes/nod3/gitlab.rb:1 The folder nodes/nod3 belongs to no node of cluster.yaml.',
      'Rename it to nodes/node3, or add the node to cluster.yaml.',
    ],
    [
      'keepalived.conf with another VIP',
      { 'keepalived/keepalived.conf': 'vrrp_instance x {\n  virtual_ipaddress { 172.31.0.9 }\n}\n' },
      'warning WSP005 keepalived/keepalived.conf:1 keepalived/keepalived.conf does not mention the VIP 172.30.0.100 of cluster.yaml: nobody would hold it.',
      'Add virtual_ipaddress { 172.30.0.100 } to the vrrp_instance.',
    ],
    [
      'haproxy.cfg with an address nobody has',
      { 'haproxy/haproxy.cfg': '# 172.30.0.99 was here\nbackend x\n  server a 172.30.0.21:80 check\n' },
      'warning WSP004 haproxy/haproxy.cfg:3 172.30.0.21 is neither a node of cluster.yaml nor its VIP.',
      'Use one of: 172.30.0.100, 172.30.0.11, 172.30.0.12, 172.30.0.13.',
    ],
    [
      'roles that leave a service off',
      { 'nodes/node1/gitlab.rb': "roles ['patroni_role', 'redis_master_role']\nsentinel['enable'] = true\n" },
      'warning LAB031 nodes/node1/gitlab.rb:1 These roles leave PgBouncer off on node1; the lab runs what cluster.yaml places there.',
      'Add pgbouncer_role, or take node1 out of these layers in cluster.yaml.',
    ],
    [
      'a variable instead of a setting',
      { 'nodes/node1/gitlab.rb': `${rolesOf(0)}patroni = {}\npatroni['ttl'] = 30\n` },
      'warning LAB015 nodes/node1/gitlab.rb:2 "patroni = …" sets a Ruby variable; GitLab ignores it, and every later line that uses patroni.',
      'Write patroni[\'key\'] = …, or patroni … without "=".',
    ],
    [
      'a further file',
      { 'nodes/node1/gitlab.rb': `${rolesOf(0)}from_file '/etc/gitlab/more.rb'\n` },
      'warning LAB014 nodes/node1/gitlab.rb:2 The lab does not read "/etc/gitlab/more.rb": what it sets is missing.',
      'Copy the settings the lab needs into this file.',
    ],
    [
      'a root GitLab does not know',
      { 'nodes/node1/gitlab.rb': `${rolesOf(0)}grafana['enable'] = false\n` },
      'warning LAB013 nodes/node1/gitlab.rb:2 GitLab knows no setting "grafana": on a real node the whole file would be refused.',
      'Correct the name or remove the line.',
    ],
    [
      'a key that is compared instead of set',
      { 'nodes/node1/gitlab.rb': `${rolesOf(0)}patroni['ttl'] == 30\n` },
      "warning LAB002 nodes/node1/gitlab.rb:2 patroni['ttl'] is only read here, never set, and GitLab then makes it an empty hash.",
      'Use one "=" to set it: a number from 1 to 3600.',
    ],
  ])('%s', async (_, changes, expected, remedy) => {
    const { spec, findings } = await read(changes);
    expect(
      findings.filter((one) => one.severity !== 'information').map((one) => [brief(one), one.remedy]),
    ).toEqual([[expected, remedy]]);
    expect(spec).toBeDefined();
  });
});

describe('contradictions between nodes', () => {
  test('another Patroni scope is shown in both files, at the values', async () => {
    const one = `${rolesOf(0)}patroni['scope'] = 'ha'\n`;
    const two = `${rolesOf(1)}\npatroni['scope'] = 'haa'\n`;
    const three = `${rolesOf(2)}patroni['scope'] = 'ha'\n`;
    const { spec, findings } = await read({
      'nodes/node1/gitlab.rb': one,
      'nodes/node2/gitlab.rb': two,
      'nodes/node3/gitlab.rb': three,
    });
    expect(spec).toBeUndefined();
    expect(findings).toEqual([
      {
        code: 'LAB020',
        severity: 'error',
        file: 'nodes/node1/gitlab.rb',
        range: place(one, "'ha'"),
        message:
          "patroni['scope'] is 'ha' on node1 but 'haa' on node2; Patroni members find each other by it.",
        remedy: "Use one patroni['scope'] on all nodes.",
      },
      {
        code: 'LAB020',
        severity: 'error',
        file: 'nodes/node2/gitlab.rb',
        range: place(two, "'haa'"),
        message:
          "patroni['scope'] is 'haa' on node2 but 'ha' on node1, 'ha' on node3; Patroni members find each other by it.",
        remedy: "Use one patroni['scope'] on all nodes.",
      },
    ]);
  });

  const consul = (text: string): string => `consul['configuration'] = { ${text} }\n`;
  test.each<[string, string, readonly string[]]>([
    [
      'two Redis masters',
      '',
      [
        'error LAB023 nodes/node1/gitlab.rb:1 node1 and node2 would both start as Redis master.',
        'error LAB023 nodes/node2/gitlab.rb:1 node1 and node2 would both start as Redis master.',
      ],
    ],
    [
      'no Redis master',
      "redis['master'] = false\n",
      ['error LAB023 nodes/node1/gitlab.rb:2 No node starts as Redis master: all are replicas.'],
    ],
    [
      "another Redis master's address",
      "redis['master_ip'] = '172.30.0.13'\n",
      [
        "error LAB024 nodes/node1/gitlab.rb:2 redis['master_ip'] is 172.30.0.13, but node1 (172.30.0.11) starts as Redis master.",
      ],
    ],
    [
      'another Redis master name',
      "redis['master_name'] = 'other'\n",
      [
        "error LAB022 nodes/node1/gitlab.rb:2 redis['master_name'] is 'other' on node1 but 'gitlab-redis' on node2, 'gitlab-redis' on node3; the Sentinels must watch the same master.",
        "error LAB022 nodes/node2/gitlab.rb:1 redis['master_name'] is 'gitlab-redis' on node2 but 'other' on node1; the Sentinels must watch the same master.",
        "error LAB022 nodes/node3/gitlab.rb:1 redis['master_name'] is 'gitlab-redis' on node3 but 'other' on node1; the Sentinels must watch the same master.",
      ],
    ],
    [
      'an even number of Consul servers',
      consul('server: false'),
      ['error LAB025 nodes/node1/gitlab.rb:2 2 of 3 nodes are Consul servers; three (or five) are needed.'],
    ],
    [
      'bootstrap_expect of one',
      consul('server: true, bootstrap_expect: 1'),
      [
        'error LAB026 nodes/node1/gitlab.rb:2 bootstrap_expect is 1, but there are 3 Consul servers: they would found separate clusters.',
      ],
    ],
    [
      'a quorum nobody reaches',
      "sentinel['quorum'] = 4\n",
      [
        "error LAB027 nodes/node1/gitlab.rb:2 sentinel['quorum'] is 4, but there are 3 Sentinels: they never fail over.",
      ],
    ],
    [
      'a stranger to join',
      consul('retry_join: %w(172.30.0.12 172.30.0.31)'),
      [
        'warning LAB028 nodes/node1/gitlab.rb:2 retry_join names 172.30.0.31, which is no node of cluster.yaml.',
      ],
    ],
  ])('%s', async (what, lines, expected) => {
    const two = what === 'two Redis masters' ? { 'nodes/node2/gitlab.rb': rolesOf(0) } : {};
    const { findings } = await read({ ...two, 'nodes/node1/gitlab.rb': rolesOf(0) + lines });
    expect(findings.map(brief)).toEqual(expected);
  });
});
