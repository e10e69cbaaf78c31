import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { entrancesOf } from '../../../../src/lab/plan/entrances';
import type { NodeSettings } from '../../../../src/services/settings';
import { defaultSettings } from '../../../../src/services/settings';
import { clusterOf } from './sample-workspace';

const VIP = '10.6.0.100';
const CLUSTER = clusterOf('10.6.0.0/24', ['10.6.0.11', '10.6.0.12', '10.6.0.13'], VIP);

function entrances(haproxyCfg: string, change = (settings: NodeSettings) => settings) {
  const all = CLUSTER.nodes.map((node) => [node.name, change(defaultSettings(CLUSTER, node))] as const);
  return entrancesOf({ haproxyCfg, cluster: CLUSTER, allSettings: Object.fromEntries(all) });
}

const backend = (name: string, ...servers: string[]): string =>
  [`backend ${name}`, ...servers.map((server, index) => `    server s${index} ${server}`)].join('\n');
const frontend = (name: string, bind: string, to: string): string =>
  `frontend ${name}\n    bind ${bind}\n    default_backend ${to}`;
const NONE = {
  http: undefined,
  https: undefined,
  ssh: undefined,
  postgres: undefined,
  redis: undefined,
  stats: undefined,
};

describe('where clients come in', () => {
  it('is read from the sample', async () => {
    const text = await readFile('lab/sample/haproxy/haproxy.cfg', 'utf8');
    const own = text.replaceAll('172.30.0.', '10.6.0.');
    expect(entrances(own)).toEqual({
      'git-ssh': 22,
      http: 80,
      https: 443,
      ssh: 22,
      postgres: 6432,
      redis: 6379,
      stats: 8404,
    });
  });

  it.each<[string, string, string, number | undefined]>([
    ['its own port at the virtual address', `${VIP}:5433`, '10.6.0.11:6432', 5433],
    ['all addresses', ':5433', '10.6.0.11:6432', 5433],
    ['all addresses by star', '*:5433', '10.6.0.11:6432', 5433],
    ['several places in one line', `127.0.0.1:9,${VIP}:5433`, '10.6.0.11:6432', 5433],
    ['a server by name', `${VIP}:5433`, 'node2:6432', 5433],
    ['a server without a port, which gets that of the client', `${VIP}:6432`, '10.6.0.12', 6432],
    ['a server without a port, and another port', `${VIP}:5433`, '10.6.0.12', undefined],
    ['another address', '10.6.0.12:5433', '10.6.0.11:6432', undefined],
    ['TLS', `${VIP}:5433 ssl crt /etc/x.pem`, '10.6.0.11:6432', undefined],
    ['the PROXY protocol', `${VIP}:5433 accept-proxy`, '10.6.0.11:6432', undefined],
    ['a server that is nobody', `${VIP}:5433`, '10.6.0.99:6432', undefined],
    ['another service', `${VIP}:5433`, '10.6.0.11:5432', undefined],
  ])('to PgBouncer, by %s', (_case, bind, server, port) => {
    expect(entrances(`${frontend('db', bind, 'pool')}\n${backend('pool', server)}\n`).postgres).toBe(port);
  });

  it('follows the ports that gitlab.rb gives the services', () => {
    const text = [
      frontend('db', `${VIP}:6432`, 'pool'),
      backend('pool', '10.6.0.11:6433'),
      frontend('cache', `${VIP}:6379`, 'redis'),
      backend('redis', '10.6.0.11:6380'),
    ].join('\n');
    expect(entrances(text)).toEqual(NONE);
    const changed = entrances(text, (settings) => ({
      ...settings,
      pgbouncer: { ...settings.pgbouncer, port: 6433 },
      redis: { ...settings.redis, port: 6380 },
    }));
    expect(changed).toEqual({ ...NONE, postgres: 6432, redis: 6379 });
  });

  it.each<[string, string, number | undefined]>([
    ['port 80 before others', 'frontend a\n mode http\n bind :8080\nfrontend b\n mode http\n bind :80\n', 80],
    ['port 80 passed on as it is', 'frontend a\n mode tcp\n bind :80\n', 80],
    ['the first that speaks it', `frontend a\n mode http\n bind ${VIP}:8080\n`, 8080],
    ['not where the statistics are', 'listen s\n mode http\n bind :8404\n stats enable\n', undefined],
    ['not with TLS', 'frontend a\n mode http\n bind :443 ssl crt /x.pem\n', undefined],
  ])('to HTTP: %s', (_case, text, port) => {
    expect(entrances(text).http).toBe(port);
  });

  it.each<[string, string, number | undefined]>([
    [
      'port 443 before others',
      `frontend a\n mode http\n bind :8443 ssl crt /x\n bind :443 ssl crt /x\n`,
      443,
    ],
    ['port 443 passed on as it is', 'frontend a\n mode tcp\n bind :443\n', 443],
    ['the first that ends TLS', `frontend a\n mode http\n bind ${VIP}:8443 ssl crt /x.pem\n`, 8443],
    [
      'not with the PROXY protocol',
      'frontend a\n mode http\n bind :443 ssl crt /x accept-proxy\n',
      undefined,
    ],
    ['not plain HTTP at its port', 'frontend a\n mode http\n bind :443\n', undefined],
    ['not at another address', 'frontend a\n mode http\n bind 10.6.0.12:443 ssl crt /x\n', undefined],
  ])('to HTTPS: %s', (_case, text, port) => {
    expect(entrances(text).https).toBe(port);
  });

  it.each<[string, string, number | undefined]>([
    ["the port of the node's own server", '10.6.0.11:2222 send-proxy-v2', 22],
    ['not the machine itself', '10.6.0.11:22', undefined],
  ])('to SSH: %s', (_case, server, port) => {
    expect(entrances(`${frontend('ssh', `${VIP}:22`, 'shell')}\n${backend('shell', server)}\n`).ssh).toBe(
      port,
    );
  });

  it('to the statistics at a node of its own address', () => {
    expect(entrances('listen s\n mode http\n bind 10.6.0.12:9000\n stats uri /\n').stats).toBe(9000);
  });

  it.each(['', '\0', 'frontend', 'bind :80\n', '}{'])('is nowhere in %j', (text) => {
    expect(entrances(text)).toEqual(NONE);
  });
});
