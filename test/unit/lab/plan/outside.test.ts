import { describe, expect, it } from 'vitest';
import { LABEL } from '../../../../src/lab/docker/labels';
import { makePlan } from '../../../../src/lab/plan/make-plan';
import type { Plan } from '../../../../src/lab/plan/plan';
import { reconcile } from '../../../../src/lab/plan/reconcile';
import { PATHS, renderGateway, renderNode, renderOutside } from '../../../../src/lab/render';
import { whereIs } from '../../../../src/services/where-is';
import type { WrittenPlaces } from '../../../../src/services/where-is';
import { NOTHING, snapshotOf } from './sample-snapshot';
import { SECRETS, clusterOf, workspaceOf } from './sample-workspace';

const IMAGE = 'gitlab-ha-lab/object-storage:abc';

/** A lab that is asked for the object store. @param endpoint what its files say where the store is */
function plan(endpoint = '', layers: readonly ('objects' | 'cache')[] = ['objects']): Plan {
  const cluster = clusterOf('10.6.0.0/24', ['10.6.0.11', '10.6.0.12', '10.6.0.13'], '10.6.0.100');
  const workspace = workspaceOf({ ...cluster, lab: { ...cluster.lab, layers } });
  const nodes = workspace.nodes.map((node) => ({
    ...node,
    settings: { ...node.settings, objectStorage: { ...node.settings.objectStorage, endpoint } },
  }));
  return makePlan({
    workspace: { ...workspace, nodes },
    subnet: '172.30.7.0/24',
    secrets: SECRETS,
    image: 'image',
    serviceImages: { 'object-storage': IMAGE },
    createdAt: Date.UTC(2026, 10, 29),
    renderers: { renderNode, renderGateway, renderOutside },
    labels: LABEL,
  });
}

const storeOf = (made: Plan): Plan['containers'][number] | undefined =>
  made.containers.find(({ role }) => role === 'service');

const nodeFile = (made: Plan, path: string): string | undefined =>
  made.containers[0]?.files.find((file) => file.path === path)?.content.toString();

describe('a machine outside the nodes', () => {
  it('has an image, a volume and an address of its own, and publishes nothing', () => {
    expect(storeOf(plan())).toMatchObject({
      name: 'sample-object-storage',
      node: 'object-storage',
      role: 'service',
      image: IMAGE,
      address: '172.30.7.240',
      capabilities: [],
      publish: [],
      environment: {},
      command: [],
      mounts: [{ volume: 'gitlab-ha-lab-sample.object-storage', path: '/var/opt/gitlab/object-storage' }],
    });
    expect(plan().images.map(({ reference }) => reference)).toEqual(['image', IMAGE]);
    expect(plan().volumes.map(({ name, labels }) => [name, labels[LABEL.lab]])).toEqual([
      ['gitlab-ha-lab-sample.object-storage', 'sample'],
    ]);
  });

  it('is there only where it is asked for', () => {
    const without = plan('', ['cache']);
    expect(storeOf(without)).toBeUndefined();
    expect(without.volumes).toEqual([]);
    expect(without.images.map(({ reference }) => reference)).toEqual(['image']);
  });

  it.each([
    ['no endpoint', '', '172.30.7.240', []],
    ['an address of the cluster’s network', 'https://10.6.0.50:9000', '172.30.7.50', []],
    ['a name', 'https://s3.example.com:9000', '172.30.7.240', ['s3.example.com']],
    ['an address elsewhere', 'https://203.0.113.9', '172.30.7.240', []],
    ['the address of a node', 'https://10.6.0.11:9000', '172.30.7.240', []],
  ])('is where its files say: %s', (_what, endpoint, address, names) => {
    const made = plan(endpoint);
    expect(storeOf(made)?.address).toBe(address);
    const known = nodeFile(made, PATHS.hosts)?.split('\n') ?? [];
    expect(known.filter((line) => line.startsWith(`${address}\t`))).toEqual(
      ['object-storage', ...names].map((name) => `${address}\t${name}`),
    );
  });

  it.each([
    ['', 9000],
    ['https://s3.example.com:9443', 9443],
    ['https://10.6.0.50:9001/', 9001],
    ['https://s3.example.com', 9000],
  ])('is named with the port it has: %s', (endpoint, port) => {
    const labels = plan(endpoint).description.labels;
    const sources = JSON.parse(labels[LABEL.sources] ?? '') as WrittenPlaces;
    const machine = { name: 'object-storage', address: '172.30.7.240' };
    expect(whereIs('object-storage', machine, sources, (address) => address)).toBe(`172.30.7.240:${port}`);
    // Nothing is written of a machine whose port is the usual one.
    expect(Object.keys(sources.ports ?? {}).includes('object-storage')).toBe(port !== 9000);
  });

  it('is trusted by the nodes through the authority of the lab', () => {
    const own = storeOf(plan())?.files.find(({ path }) => path.endsWith('/ca.crt'))?.content;
    expect(nodeFile(plan(), PATHS.authority)).toBe(own);
  });

  it('has nothing secret in labels, environment and command', () => {
    const { labels, environment, command } = storeOf(plan()) ?? {};
    const told = JSON.stringify([labels, environment, command]);
    for (const secret of Object.values(SECRETS)) expect(told).not.toContain(secret);
  });

  it('is planned the same twice', () => {
    expect(plan().hash).toBe(plan().hash);
  });
});

describe('what is to be done for it', () => {
  const told = (made: Plan, snapshot: typeof NOTHING): readonly string[] =>
    reconcile(made, snapshot)
      .operations.map(({ id }) => id)
      .filter((id) => id.includes('object-storage'));

  it('its image is built beside the nodes’, its volume made before its container', () => {
    const { operations } = reconcile(plan(), { ...NOTHING, images: [] });
    expect(operations.filter(({ step }) => step === 'image').map(({ id, needs }) => [id, needs])).toEqual([
      ['build-image image', []],
      [`build-image ${IMAGE}`, []],
    ]);
    const create = operations.find(({ id }) => id === 'create-container sample-object-storage');
    expect(create?.needs).toContain('create-volume gitlab-ha-lab-sample.object-storage');
  });

  it('a container that was lost is made anew on the volume that is there, and nothing is lost', () => {
    const made = plan();
    const volumes = ['gitlab-ha-lab-sample.object-storage'];
    const snapshot = snapshotOf({ 'object-storage': 'missing' }, { volumes, images: ['image', IMAGE] }, made);
    expect(told(made, snapshot)).toEqual([
      'create-container sample-object-storage',
      'fill-container sample-object-storage',
      'start-container sample-object-storage',
    ]);
    expect(reconcile(made, snapshot).losses).toEqual([]);
  });

  it('without the layer its data would be lost, which is asked before', () => {
    const before = plan();
    const volumes = ['gitlab-ha-lab-sample.object-storage'];
    const snapshot = snapshotOf({}, { volumes }, before);
    expect(
      reconcile(plan('', ['cache']), snapshot).losses.map(({ target, part }) => [target, part]),
    ).toContainEqual(['gitlab-ha-lab-sample.object-storage', true]);
  });
});
