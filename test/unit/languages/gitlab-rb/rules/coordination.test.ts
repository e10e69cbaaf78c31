import { describe, expect, it } from 'vitest';
import { findingsOf } from '../marked-findings';

const SERVER = 'roles %w[consul_role]\n';
const AGENT = 'roles %w[patroni_role]\n';
const MONITORED = `${AGENT}consul['monitoring_service_discovery'] = true\n`;
const THREE = 'retry_join: %w[10.0.0.11 10.0.0.12 10.0.0.13]';
const configuration = (content: string): string => `consul['configuration'] = { ${content} }\n`;

describe('GLR110: alone', () => {
  it.each([
    ['nothing', AGENT, 'patroni_role'],
    ['a server without others', SERVER + configuration('server: true'), "consul['configuration']"],
    ['an empty list', AGENT + configuration('retry_join: []'), "consul['configuration']"],
  ])('is %s', (_, text, marked) => {
    expect(findingsOf('GLR110', text)).toMatchObject([{ marked }]);
  });

  it.each([
    ['no key', configuration(THREE), 'consul_role'],
    ['false', configuration(`server: false, ${THREE}`), 'server:'],
  ])('is a voting machine without a vote: %s', (_, line, marked) => {
    const [found] = findingsOf('GLR110', SERVER + line);
    expect(found?.marked).toBe(marked);
    expect(found?.message).toContain('it has no vote');
  });

  it.each([
    ['a list', AGENT + configuration(THREE)],
    ['a list that is not known', AGENT + configuration('retry_join: servers')],
    ['an unknown configuration', `${AGENT}consul['configuration'] = configuration`],
    ['more files', `${AGENT}consul['custom_config_dir'] = '/etc/gitlab/consul'`],
    ['one server by itself', SERVER + configuration('server: true, bootstrap_expect: 1')],
    ['Consul that does not run', configuration('log_level: "info"')],
    ['an agent beside other services', `roles %w[consul_role application_role]\n${configuration(THREE)}`],
  ])('accepts %s', (_, text) => {
    expect(findingsOf('GLR110', text)).toEqual([]);
  });
});

describe('GLR111: several clusters', () => {
  const expecting = (expect: string, join: string): string =>
    SERVER + configuration(`server: true, bootstrap_expect: ${expect}, ${join}`);

  it('offers the number of servers', () => {
    expect(findingsOf('GLR111', expecting('1', THREE))).toMatchObject([
      {
        marked: '1',
        message:
          'With bootstrap_expect 1 each of the 3 servers elects itself: 3 clusters, each with its own leader of the database.',
        fixed: expecting('3', THREE),
      },
    ]);
  });

  it.each([
    ['2', 'retry_join: %w[a1 a2 a3 a4 a5]', 1],
    ['3', 'retry_join: %w[a1 a2 a3 a4 a5]', 0],
    ['3', THREE, 0],
    ['5', THREE, 0],
    ['1', "retry_join: ['10.0.0.11']", 0],
    ['1', "retry_join: ['10.0.0.11', '10.0.0.11:8301']", 0],
    ['1', "retry_join: ['provider=aws tag_key=consul', 'a2']", 0],
    ['1', 'retry_join: %w[${A} ${B} ${C}]', 0],
    ['1', 'retry_join: servers', 0],
    ['count', THREE, 0],
  ])('bootstrap_expect %s with %s', (expected, join, count) => {
    expect(findingsOf('GLR111', expecting(expected, join))).toHaveLength(count);
  });
});

describe('GLR112: what Consul refuses', () => {
  it.each([
    ['bootstrap_expect of an agent', AGENT + configuration(`bootstrap_expect: 3, ${THREE}`), '3'],
    ['bootstrap of an agent', AGENT + configuration(`bootstrap: true, ${THREE}`), 'true'],
    [
      'bootstrap of a server, which has bootstrap_expect 3',
      SERVER + configuration('server: true, bootstrap: true'),
      'true',
    ],
    ['both', SERVER + configuration('server: true, bootstrap_expect: 1, bootstrap: true'), 'true'],
  ])('%s', (_, text, marked) => {
    expect(findingsOf('GLR112', text)).toMatchObject([{ marked, severity: 'error' }]);
  });

  it.each([
    ['a server that expects others', SERVER + configuration('server: true, bootstrap_expect: 3')],
    ['bootstrap alone', SERVER + configuration('server: true, bootstrap: true, bootstrap_expect: 0')],
    ['a server that is not known', SERVER + configuration('server: server, bootstrap_expect: 3')],
    ['expecting nobody', AGENT + configuration('bootstrap_expect: 0')],
  ])('not %s', (_, text) => {
    expect(findingsOf('GLR112', text)).toEqual([]);
  });
});

describe('GLR113: even numbers', () => {
  it.each([
    [1, undefined],
    [2, '2 servers survive the loss of none, as 1 would.'],
    [3, undefined],
    [4, '4 servers survive the loss of 1, as 3 would.'],
    [5, undefined],
  ])('%i', (count, message) => {
    const [found] = findingsOf('GLR113', SERVER + configuration(`server: true, bootstrap_expect: ${count}`));
    expect(found?.message).toBe(message);
  });
});

describe('GLR115 and GLR116: open to others', () => {
  it.each(["'0.0.0.0'", "'127.0.0.1 0.0.0.0'", "'::'"])('client_addr %s', (address) => {
    expect(findingsOf('GLR115', SERVER + configuration(`client_addr: ${address}`))).toMatchObject([
      { marked: address, severity: 'information' },
    ]);
  });

  it.each([
    "client_addr: '10.0.0.11'",
    "client_addr: '0.0.0.0', acl: { enabled: true }",
    'client_addr: address',
  ])('not %s', (content) => {
    expect(findingsOf('GLR115', SERVER + configuration(content))).toEqual([]);
  });

  it('turns script checks off', () => {
    expect(findingsOf('GLR116', SERVER + configuration('enable_script_checks: true'))).toMatchObject([
      { marked: 'true', fixed: SERVER + configuration('enable_script_checks: false') },
    ]);
    expect(findingsOf('GLR116', SERVER + configuration('enable_local_script_checks: true'))).toEqual([]);
  });
});

describe('GLR117: the key of the gossip', () => {
  const key = (text: string): string => `${SERVER}consul['encryption_key'] = '${text}'`;
  const bytes = (count: number): string => Buffer.alloc(count, 7).toString('base64');

  it.each([16, 24, 32])('has %i bytes', (count) => {
    expect(findingsOf('GLR117', key(bytes(count)))).toEqual([]);
  });

  it.each([
    [bytes(15), 'holds 15 bytes'],
    [bytes(33), 'holds 33 bytes'],
    ['lab-key', 'is not base64'],
    [bytes(16).replace('==', ''), 'is not base64'],
  ])('%s does not', (text, what) => {
    const [found] = findingsOf('GLR117', key(text));
    expect(found).toMatchObject({ marked: `'${text}'`, severity: 'error' });
    expect(found?.message).toContain(what);
  });

  it('may stand in the configuration', () => {
    expect(findingsOf('GLR117', SERVER + configuration("encrypt: 'lab-key'"))).toHaveLength(1);
  });

  it.each(['{{ consul_key }}', 'CONSUL_GOSSIP_KEY', 'xxxxxxxx'])('%s is only a placeholder', (text) => {
    expect(findingsOf('GLR117', key(text))).toEqual([]);
  });

  it('counts in both directions', () => {
    const text = `${key(bytes(32))}\nconsul['encryption_verify_incoming'] = false\nconsul['encryption_verify_outgoing'] = true`;
    expect(findingsOf('GLR117', text)).toMatchObject([{ marked: 'false', severity: 'warning' }]);
  });
});

describe("GLR118: Patroni's address of Consul", () => {
  it.each([
    ['another port', "consul['http_port'] = 18500", "consul['http_port']"],
    ['no port', "consul['http_port'] = -1", "consul['http_port']"],
    ['the port of the configuration', configuration('ports: { http: 18500 }'), 'http:'],
    ["Patroni's own", "patroni['consul']['url'] = 'http://localhost:8501'", "'http://localhost:8501'"],
  ])('%s', (_, line, marked) => {
    expect(findingsOf('GLR118', AGENT + line)).toMatchObject([{ marked, severity: 'error' }]);
  });

  it.each([
    ['both defaults', ''],
    ['the same port', "consul['http_port'] = 18500\npatroni['consul']['url'] = 'http://127.0.0.1:18500'"],
    ['another machine', "patroni['consul']['url'] = 'http://10.0.0.11:8501'"],
    ['HTTPS', "consul['http_port'] = -1\npatroni['consul']['url'] = 'https://127.0.0.1:8501'"],
    ['an unknown port', "consul['http_port'] = port"],
    ['an unknown address', "consul['http_port'] = 18500\npatroni['consul']['url'] = url"],
  ])('not %s', (_, lines) => {
    expect(findingsOf('GLR118', AGENT + lines)).toEqual([]);
  });
});

describe('GLR119: the service that is watched', () => {
  const WATCH = `${AGENT}consul['watchers'] = %w[postgresql] # follow the leader\n`;

  it('adds the line below the watcher', () => {
    expect(findingsOf('GLR119', WATCH)).toMatchObject([
      { marked: 'postgresql', fixed: `${WATCH}consul['services'] = %w[postgresql]\n` },
    ]);
  });

  it('marks an empty list', () => {
    expect(findingsOf('GLR119', `${WATCH}consul['services'] = []`)).toMatchObject([
      { marked: '[]', fixed: undefined },
    ]);
  });

  it.each([
    ['it is announced', `${WATCH}consul['services'] = %w[postgresql]`],
    ['it may be', `${WATCH}consul['services'] = services`],
    ['no database runs here', "roles %w[pgbouncer_role]\nconsul['watchers'] = %w[postgresql]"],
  ])('says nothing when %s', (_, text) => {
    expect(findingsOf('GLR119', text)).toEqual([]);
  });
});

describe('GLR124: services the package does not know', () => {
  it.each(['services', 'watchers'])('%s', (key) => {
    expect(findingsOf('GLR124', `${SERVER}consul['${key}'] = %w[postgresql redis]`)).toMatchObject([
      { marked: 'redis', severity: 'error' },
    ]);
  });

  it("leaves watchers of one's own alone", () => {
    const text = `${SERVER}consul['watchers'] = %w[mine]\nconsul['watcher_config'] = { mine: { handler: 'x' } }`;
    expect(findingsOf('GLR124', text)).toEqual([]);
  });
});

describe('GLR120: jobs of Prometheus', () => {
  const jobs = (...names: string[]): string =>
    `prometheus['scrape_configs'] = [${names.map((name) => `{ job_name: '${name}' }`).join(', ')}]\n`;

  it.each([
    ['GitLab has it', `roles %w[monitoring_role]\n${jobs('prometheus')}`, "'prometheus'"],
    ['Kubernetes is on', `roles %w[monitoring_role]\n${jobs('kubernetes-pods')}`, "'kubernetes-pods'"],
    [
      'discovery adds it',
      `roles %w[monitoring_role consul_role]\nconsul['monitoring_service_discovery'] = true\n${jobs('nginx')}`,
      "'nginx'",
    ],
    ['an entry has it', `roles %w[monitoring_role]\n${jobs('mine', 'mine')}`, "'mine'"],
  ])('%s', (_, text, marked) => {
    expect(findingsOf('GLR120', text)).toMatchObject([{ marked, severity: 'error' }]);
  });

  it.each([
    ['a name of its own', `roles %w[monitoring_role]\n${jobs('mine')}`],
    [
      'exporters, for which GitLab steps back',
      `roles %w[monitoring_role]\n${jobs('node', 'postgres', 'redis')}`,
    ],
    [
      'Kubernetes turned off',
      `roles %w[monitoring_role]\nprometheus['monitor_kubernetes'] = false\n${jobs('kubernetes-pods')}`,
    ],
    ['Prometheus that does not run', AGENT + jobs('prometheus')],
  ])('not %s', (_, text) => {
    expect(findingsOf('GLR120', text)).toEqual([]);
  });
});

describe('GLR121: metrics others cannot reach', () => {
  it.each([
    ["'localhost:9187'", 'Prometheus on another machine asks itself'],
    ["'127.0.0.1:9187'", 'Prometheus on another machine asks itself'],
    ["'[::]:9187'", 'at its first colon'],
  ])('postgres_exporter on %s', (address, message) => {
    const [found] = findingsOf('GLR121', `${MONITORED}postgres_exporter['listen_address'] = ${address}`);
    expect(found?.marked).toBe(address);
    expect(found?.message).toContain(message);
  });

  it('names what is left to its default', () => {
    expect(findingsOf('GLR121', MONITORED)).toMatchObject([
      {
        marked: 'true',
        message:
          "postgres_exporter['listen_address'] is localhost by default: Prometheus on another machine asks itself instead of this one.",
      },
    ]);
  });

  it.each([
    ['all are reachable', `${MONITORED}postgres_exporter['listen_address'] = '0.0.0.0:9187'`],
    ['an address is not known', `${MONITORED}postgres_exporter['listen_address'] = address`],
    ['the exporter is off', `${MONITORED}postgres_exporter['enable'] = false`],
    [
      'Prometheus runs here',
      `roles %w[patroni_role monitoring_role]\nconsul['monitoring_service_discovery'] = true`,
    ],
    ['nothing is announced', AGENT],
  ])('says nothing when %s', (_, text) => {
    expect(findingsOf('GLR121', text)).toEqual([]);
  });
});
