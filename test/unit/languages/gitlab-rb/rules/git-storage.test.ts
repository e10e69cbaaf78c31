import { describe, expect, it } from 'vitest';
import { findingsOf } from '../marked-findings';

const NODES = `node: [
      { storage: 'gitaly-1', address: 'tcp://10.0.0.11:8075', token: 'inner' },
      { storage: 'gitaly-2', address: 'tcp://10.0.0.12:8075', token: 'inner' },
      { storage: 'gitaly-3', address: 'tcp://10.0.0.13:8075', token: 'inner' },
    ]`;

/** A machine for Praefect alone, with further lines inside its configuration. */
const praefect = (inside: string, after = ''): string =>
  `gitaly['enable'] = false
puma['enable'] = false
praefect['enable'] = true
praefect['configuration'] = {
  ${inside}
}
${after}`;

const STORAGE = `virtual_storage: [{ name: 'default', ${NODES} }],`;

describe('Praefect and its virtual storages (GLR133)', () => {
  it.each([
    [
      'a hash, the form of GitLab 15',
      "virtual_storage: { 'default' => {} }",
      "{ 'default' => {} }",
      'virtual_storage is a hash, not a list',
    ],
    ['an empty list', 'virtual_storage: []', '[]', 'the list of virtual storages is empty'],
    [
      'a text in the list',
      "virtual_storage: ['default']",
      "'default'",
      'a virtual storage is a string, not a hash',
    ],
    [
      'the old word "nodes"',
      "virtual_storage: [{ name: 'a', nodes: [] }]",
      'nodes:',
      'virtual storage "a" has "nodes" instead of "node"',
    ],
    [
      'nodes by name',
      "virtual_storage: [{ name: 'a', node: { x: 1 } }]",
      '{ x: 1 }',
      'the nodes of virtual storage "a" are a hash, not a list',
    ],
    ['no node', "virtual_storage: [{ name: 'a', node: [] }]", '[]', 'virtual storage "a" has no nodes'],
    ['an empty name', `virtual_storage: [{ name: '', ${NODES} }]`, "''", 'a virtual storage has no name'],
    [
      'more copies than nodes',
      `virtual_storage: [{ name: 'a', default_replication_factor: 4, ${NODES} }]`,
      '4',
      'default_replication_factor is 4, but virtual storage "a" has 3 nodes',
    ],
  ])('%s', (_, inside, marked, what) => {
    expect(findingsOf('GLR133', praefect(inside))).toEqual([
      { marked, message: `Praefect does not start: ${what}.`, severity: 'error', fixed: undefined },
    ]);
  });

  it('misses them where Praefect is switched on without any', () => {
    const [finding] = findingsOf('GLR133', "praefect['enable'] = true\n");
    expect(finding?.marked).toBe("praefect['enable']");
    expect(finding?.message).toBe('Praefect does not start: no virtual storage is configured.');
  });

  it.each([
    [
      'as many copies as nodes',
      praefect(`virtual_storage: [{ name: 'a', default_replication_factor: 3, ${NODES} }]`),
    ],
    ['storages from elsewhere', praefect('virtual_storage: STORAGES')],
    ['nodes from elsewhere', praefect("virtual_storage: [{ name: 'a', node: NODES }]")],
    [
      'an address from the environment',
      praefect("virtual_storage: [{ name: 'a', node: [{ storage: 'x', address: ENV['A'] }] }]"),
    ],
    [
      'Praefect switched off',
      "praefect['enable'] = false\npraefect['configuration'] = { virtual_storage: {} }\n",
    ],
    [
      'the flat key, which another rule reports',
      "praefect['enable'] = true\npraefect['virtual_storages'] = {}\n",
    ],
    ['a file that includes another', "praefect['enable'] = true\nfrom_file '/etc/gitlab/praefect.rb'\n"],
  ])('is silent about %s', (_, text) => {
    expect(findingsOf('GLR133', text)).toEqual([]);
  });
});

describe("Praefect's database", () => {
  const database = (members: string): string => praefect(`${STORAGE} database: { ${members} },`);

  it.each([
    ['through the pool only', "host: '10.0.0.9', port: 6432", '', ['6432']],
    ['with a direct way', "port: 6432, session_pooled: { host: '10.0.0.9', port: 5432 }", '', []],
    ['through a pool that keeps sessions', 'port: 6432', "pgbouncer['pool_mode'] = 'session'", []],
    ['through a pool at another port', 'port: 7432', "pgbouncer['listen_port'] = 7432", ['7432']],
    ["at PostgreSQL's port", 'port: 5432', '', []],
    ['at a port nobody knows', "port: ENV['PORT']", '', []],
  ])('GLR130: %s', (_, members, after, marked) => {
    expect(findingsOf('GLR130', `${database(members)}${after}\n`).map((one) => one.marked)).toEqual(marked);
  });

  it.each([
    ["GitLab's default name", "dbname: 'gitlabhq_production'", '', ["'gitlabhq_production'"]],
    ["GitLab's own name", "dbname: 'gitlab'", "gitlab_rails['db_database'] = 'gitlab'", ["'gitlab'"]],
    [
      "GitLab's default name, which it does not use",
      "dbname: 'gitlabhq_production'",
      "gitlab_rails['db_database'] = 'gitlab'",
      [],
    ],
    ['a name of its own', "dbname: 'praefect_production'", '', []],
  ])('GLR132: %s', (_, members, after, marked) => {
    expect(findingsOf('GLR132', `${database(members)}${after}\n`).map((one) => one.marked)).toEqual(marked);
  });

  it.each([
    ['a socket', "host: '/var/opt/gitlab/postgresql'", ["'/var/opt/gitlab/postgresql'"]],
    ["the machine's address", "host: '10.0.0.11', port: 5432", ["'10.0.0.11'"]],
    ['PgBouncer on this machine', "host: '10.0.0.11', port: 6432", []],
    ['another machine', "host: '10.0.0.100', port: 5432", []],
  ])('GLR131: %s', (_, members, marked) => {
    const patroni = "patroni['enable'] = true\npatroni['connect_address'] = '10.0.0.11'\n";
    expect(findingsOf('GLR131', database(members) + patroni).map((one) => one.marked)).toEqual(marked);
    expect(findingsOf('GLR131', database(members))).toEqual([]);
  });
});

describe('who reaches Praefect (GLR138)', () => {
  it('adds the address below the configuration', () => {
    expect(findingsOf('GLR138', praefect(STORAGE))[0]?.fixed).toBe(
      praefect(STORAGE).replace(/\}\n$/, "}\npraefect['configuration'][:listen_addr] = '0.0.0.0:2305'\n"),
    );
  });

  it('puts the address in the place of localhost', () => {
    const text = praefect(`listen_addr: 'localhost:2305', ${STORAGE}`);
    expect(findingsOf('GLR138', text)).toEqual([
      {
        marked: "'localhost:2305'",
        severity: 'warning',
        message:
          'Praefect listens on localhost:2305: the load balancer and the other machines do not reach it.',
        fixed: text.replace('localhost:2305', '0.0.0.0:2305'),
      },
    ]);
  });

  it.each([
    ['it listens with TLS', praefect(`tls_listen_addr: '0.0.0.0:3305', ${STORAGE}`)],
    ['its address comes from a template', praefect(`listen_addr: '{{ ip }}:2305', ${STORAGE}`)],
    [
      'it has one Gitaly',
      praefect(
        "virtual_storage: [{ name: 'default', node: [{ storage: 'a', address: 'tcp://10.0.0.11:8075' }] }]",
      ),
    ],
    [
      'GitLab beside it asks it',
      `gitaly['enable'] = false
praefect['enable'] = true
praefect['configuration'] = { ${STORAGE} }
gitlab_rails['repositories_storages'] = { 'default' => { 'gitaly_address' => 'tcp://localhost:2305' } }
`,
    ],
  ])('is silent when %s', (_, text) => {
    expect(findingsOf('GLR138', text)).toEqual([]);
  });
});

describe('tokens (GLR137)', () => {
  const node = (gitaly: string, more = ''): string => `gitaly['enable'] = true
gitaly['configuration'] = { listen_addr: '10.0.0.11:8075', ${gitaly} storage: [{ name: 'gitaly-1', path: '/srv/git' }] }
praefect['enable'] = true
praefect['configuration'] = { listen_addr: '0.0.0.0:2305', auth: { token: 'outer' }, ${STORAGE} }
${more}`;
  const marked = (text: string): string[] => findingsOf('GLR137', text).map((one) => one.marked);

  it("compares the node's token with this machine's Gitaly", () => {
    expect(marked(node("auth: { token: 'inner' },"))).toEqual([]);
    expect(marked(node("auth: { token: 'other' },"))).toEqual(["'inner'"]);
    expect(findingsOf('GLR137', node("auth: { token: 'other' },"))[0]?.message).toBe(
      'Praefect\'s token for "gitaly-1" is not the one of this Gitaly: every request is refused.',
    );
  });

  it("knows that Gitaly takes GitLab's token when it has none", () => {
    expect(marked(node('', "gitlab_rails['gitaly_token'] = 'inner'\n"))).toEqual([]);
    expect(marked(node('', "gitlab_rails['gitaly_token'] = 'x'\n"))).toEqual(["'inner'"]);
  });

  it('is silent while a token is changed over, and about tokens nobody knows', () => {
    expect(marked(node("auth: { token: 'other', transitioning: true },"))).toEqual([]);
    expect(marked(node("auth: { token: ENV['TOKEN'] },"))).toEqual([]);
    expect(marked(node("auth: { token: '{{ token }}' },"))).toEqual([]);
  });

  it("compares GitLab's token with Praefect's", () => {
    const rails = (entry: string, more = ''): string =>
      node(
        "auth: { token: 'inner' },",
        `gitlab_rails['repositories_storages'] = { 'default' => { 'gitaly_address' => 'tcp://10.0.0.100:2305'${entry} } }\n${more}`,
      );
    expect(marked(rails(", 'gitaly_token' => 'outer'"))).toEqual([]);
    expect(marked(rails(", 'gitaly_token' => 'inner'"))).toEqual(["'inner'"]);
    expect(marked(rails('', "gitlab_rails['gitaly_token'] = 'outer'\n"))).toEqual([]);
    expect(marked(rails('', "gitlab_rails['gitaly_token'] = 'wrong'\n"))).toEqual(["'wrong'"]);
  });
});

describe('addresses (GLR142)', () => {
  const storage = (address: string): string =>
    `gitlab_rails['repositories_storages'] = { 'default' => { 'gitaly_address' => '${address}' } }\n`;

  it.each([
    ['tcp://10.0.0.100:2305', null, null],
    ['tls://praefect.acme.test:3305', null, null],
    ['tcp://10.0.0.100:12305', null, null],
    ['unix:/var/opt/gitlab/gitaly/gitaly.socket', null, null],
    ['dns:///praefect.acme.test:2305', null, null],
    ['dns:praefect.acme.test:2305', null, null],
    ['tcp://{{ vip }}:3305', null, null],
    ['10.0.0.100:2305', 'error', 'tcp://10.0.0.100:2305'],
    ['praefect.acme.test:3305', 'error', 'tls://praefect.acme.test:3305'],
    ['praefect:1234', 'error', null],
    ['http://10.0.0.100:2305', 'error', null],
    ['tls://10.0.0.100:2305', 'warning', null],
    ['tcp://10.0.0.100:9999', 'warning', null],
  ])('%s', (address, severity, better) => {
    const found = findingsOf('GLR142', storage(address));
    expect(found.map((one) => one.severity)).toEqual(severity === null ? [] : [severity]);
    expect(found[0]?.fixed).toBe(better === null ? undefined : storage(better));
  });

  it.each([
    ["listen_addr: '0.0.0.0:8075'", []],
    ["listen_addr: ':8075'", []],
    ["listen_addr: '[::]:8075'", []],
    ["listen_addr: ''", []],
    ["listen_addr: 'tcp://0.0.0.0:8075'", ["'tcp://0.0.0.0:8075'"]],
    ["tls_listen_addr: '0.0.0.0'", ["'0.0.0.0'"]],
  ])('where Gitaly listens: %s', (line, marked) => {
    const text = `gitaly['configuration'] = { ${line} }\n`;
    expect(findingsOf('GLR142', text).map((one) => one.marked)).toEqual(marked);
  });

  it.each([
    ["listen_addr: '0.0.0.0:2305',", []],
    ["listen_addr: 'tcp://0.0.0.0:2305',", []],
    ["listen_addr: '',", []],
    ["listen_addr: '0.0.0.0',", ["'0.0.0.0'"]],
    ["tls_listen_addr: '10.0.0.11',", ["'10.0.0.11'"]],
  ])('where Praefect listens: %s', (line, marked) => {
    const text = praefect(`${line}\n  ${STORAGE}`);
    expect(findingsOf('GLR142', text).map((one) => one.marked)).toEqual(marked);
  });
});

describe('storages of Gitaly (GLR140)', () => {
  it.each([
    [
      'the same path',
      '/srv/git',
      '/srv/git/',
      'Two storages share the directory /srv/git/: gitlab-ctl reconfigure stops.',
    ],
    [
      'one inside the other',
      '/srv/git/a',
      '/srv/git',
      'Gitaly does not start: of /srv/git and /srv/git/a one lies inside the other.',
    ],
    ['neighbours', '/srv/git', '/srv/git2', undefined],
    ['a path nobody knows', '/srv/git', '#{root}', undefined],
  ])('%s', (_, first, second, message) => {
    const text = `gitaly['configuration'] = { storage: [{ name: 'a', path: '${first}' }, { name: 'b', path: "${second}" }] }\n`;
    expect(findingsOf('GLR140', text).map((one) => one.message)).toEqual(
      message === undefined ? [] : [message],
    );
  });

  it('wants names of their own', () => {
    const text =
      "gitaly['configuration'] = { storage: [{ name: 'a', path: '/x' }, { name: 'a', path: '/y' }] }\n";
    expect(findingsOf('GLR140', text)).toEqual([
      {
        marked: "'a'",
        severity: 'error',
        fixed: undefined,
        message: 'Gitaly does not start: storage "a" is defined twice.',
      },
    ]);
    expect(findingsOf('GLR140', `gitaly['enable'] = false\n${text}`)).toEqual([]);
  });
});

describe('a Gitaly that must be reached (GLR152)', () => {
  const alone = (inside: string): string =>
    `roles ['gitaly_role']\ngitlab_rails['internal_api_url'] = 'https://gitlab.acme.test'\ngitaly['configuration'] = { ${inside} }\n`;

  it.each([
    ['its socket only', "storage: [{ name: 'a', path: '/srv/git' }]", 1],
    ['localhost', "listen_addr: 'localhost:8075'", 1],
    ['all addresses', "listen_addr: '0.0.0.0:8075'", 0],
    ['TLS', "tls_listen_addr: '0.0.0.0:9999'", 0],
    ['what nobody knows', "listen_addr: ENV['LISTEN']", 0],
  ])('alone on its machine, on %s', (_, inside, count) => {
    expect(findingsOf('GLR152', alone(inside))).toHaveLength(count);
  });

  it('keeps the port when it opens the address', () => {
    const [finding] = findingsOf('GLR152', alone("listen_addr: '127.0.0.1:8999'"));
    expect(finding?.fixed).toBe(alone("listen_addr: '0.0.0.0:8999'"));
  });

  it('may keep to its socket beside GitLab', () => {
    expect(
      findingsOf('GLR152', "gitaly['configuration'] = { storage: [{ name: 'default', path: '/srv' }] }\n"),
    ).toEqual([]);
  });
});
