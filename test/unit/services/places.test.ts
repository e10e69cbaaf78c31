import { describe, expect, it } from 'vitest';
import { placeOf, reachedFrom } from '../../../src/services/core/ports';
import { gitlabSshd } from '../../../src/services/gitlab-sshd/service';
import { placesOn } from '../../../src/services/places';
import { whereIs } from '../../../src/services/where-is';
import type { NodeSettings } from '../../../src/services/settings';
import { LAYERS } from '../../../src/cluster/layer';
import { sampleContext } from '../lab/render/sample-context';

const ALL = LAYERS.map(({ id }) => id);

type Change = Partial<{ [S in keyof NodeSettings]: Partial<NodeSettings[S]> }>;

/** Where the services of node1 listen with these settings. */
function places(change: Change = {}) {
  const changed = (settings: NodeSettings): NodeSettings => {
    const parts = Object.entries(change).map(([name, part]) => [
      name,
      { ...settings[name as keyof NodeSettings], ...part },
    ]);
    return { ...settings, ...(Object.fromEntries(parts) as Partial<NodeSettings>) };
  };
  return placesOn(sampleContext({ layers: ALL, change: changed }));
}

const SOCKET = '/var/opt/gitlab/gitlab-workhorse/sockets/socket';
const USUAL = {
  'gitlab-sshd': { health: '127.0.0.1', ssh: '172.30.5.11' },
  'gitlab-workhorse': { workhorse: SOCKET },
  nginx: { http: '172.30.5.11', status: '127.0.0.1' },
  puma: { puma: '127.0.0.1' },
  'redis-exporter': { metrics: '127.0.0.1' },
  sidekiq: { health: '127.0.0.1' },
};

describe('where a service listens, from what its settings name', () => {
  it.each([
    ['', undefined],
    [':9122', undefined],
    ['0.0.0.0', undefined],
    ['*', undefined],
    ['[::]:2222', undefined],
    ['localhost', '127.0.0.1'],
    ['localhost:9122', '127.0.0.1'],
    ['127.0.0.5', '127.0.0.1'],
    ['127.0.0.1, ::1', '127.0.0.1'],
    ['[::1]:9122', '127.0.0.1'],
    ['10.1.2.11:8181', '10.1.2.11'],
    ['127.0.0.1 10.1.2.11', '10.1.2.11'],
    ['127.0.0.1 0.0.0.0', undefined],
  ])('"%s" is %s', (listen, place) => {
    expect(placeOf(listen)).toBe(place);
  });

  it.each<[string, Change, object]>([
    ['the usual', {}, USUAL],
    [
      'Workhorse by TCP at all addresses',
      { workhorse: { listenNetwork: 'tcp', listenAddress: '0.0.0.0:8181' } },
      { ...USUAL, 'gitlab-workhorse': undefined },
    ],
    [
      'Workhorse by TCP on the loopback',
      { workhorse: { listenNetwork: 'tcp', listenAddress: 'localhost:8282' } },
      { ...USUAL, 'gitlab-workhorse': { workhorse: '127.0.0.1' } },
    ],
    [
      'another socket of Workhorse',
      { workhorse: { listenAddress: '/run/workhorse.socket' } },
      { ...USUAL, 'gitlab-workhorse': { workhorse: '/run/workhorse.socket' } },
    ],
    [
      "Sidekiq's health page off",
      { sidekiq: { healthChecks: false } },
      { ...USUAL, sidekiq: { health: '' } },
    ],
    [
      "Sidekiq's health page for all, Puma on the node's own address",
      { sidekiq: { healthAddress: '0.0.0.0' }, puma: { listen: '172.30.5.11' } },
      { ...USUAL, sidekiq: undefined, puma: { puma: '172.30.5.11' } },
    ],
    [
      "gitlab-sshd's metrics at the node's address, its door on the loopback",
      { sshd: { metrics: '172.30.5.11:9122', listen: 'localhost:2222' } },
      { ...USUAL, 'gitlab-sshd': { health: '172.30.5.11', ssh: '127.0.0.1' } },
    ],
    [
      "gitlab-sshd's metrics off",
      { sshd: { metrics: '' } },
      { ...USUAL, 'gitlab-sshd': { health: '', ssh: '172.30.5.11' } },
    ],
    ['the exporter for all', { redisExporter: { host: '' } }, { ...USUAL, 'redis-exporter': undefined }],
  ])('%s', (_what, change, expected) => {
    expect(places(change)).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it('says nothing of services that the node does not run', () => {
    expect(placesOn(sampleContext({ layers: ['cache'] }))).toEqual({});
  });
});

describe('where a program of the node reaches a service', () => {
  it.each<[string, Change, string | undefined]>([
    ['the usual', {}, '127.0.0.1:9122'],
    ['all addresses', { sshd: { metrics: ':9122' } }, '127.0.0.1:9122'],
    ["the node's own address only", { sshd: { metrics: '172.30.5.11:9122' } }, '172.30.5.11:9122'],
    ['nowhere', { sshd: { metrics: '' } }, undefined],
  ])('%s', (_what, change, place) => {
    const known = { ports: {}, places: { node1: places(change) } };
    expect(reachedFrom('node1', known, gitlabSshd, 'health')).toBe(place);
  });
});

describe('where people find a service', () => {
  const node = { name: 'node1', address: '172.30.5.11' };
  const shown = (address: string): string => address.replace('172.30.5.', '10.1.2.');
  const written = { ports: { node1: { 'gitlab-workhorse': { workhorse: 8282 } } }, places: { node1: USUAL } };

  it.each([
    ['gitlab-sshd', '10.1.2.11:2222'],
    ['gitlab-workhorse', SOCKET],
    ['puma', '127.0.0.1:8080'],
    ['sidekiq', '127.0.0.1:8092'],
    ['redis-exporter', '127.0.0.1:9121'],
    ['nginx', '10.1.2.11:80'],
    ['patroni', '10.1.2.11:5432'],
    ['keepalived', '10.1.2.11'],
  ] as const)('%s: %s', (id, place) => {
    expect(whereIs(id, node, written, shown)).toBe(place);
  });

  it('is nowhere where its page is off, and a port where it has one', () => {
    const places = { node1: { sidekiq: { health: '' }, 'gitlab-workhorse': { workhorse: '172.30.5.11' } } };
    expect(whereIs('sidekiq', node, { places }, shown)).toBeUndefined();
    expect(whereIs('gitlab-workhorse', node, { ...written, places }, shown)).toBe('10.1.2.11:8282');
  });
});
