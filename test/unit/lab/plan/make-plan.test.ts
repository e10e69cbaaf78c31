import { describe, expect, it } from 'vitest';
import { LABEL } from '../../../../src/lab/docker/labels';
import { isDescription } from '../../../../src/lab/plan/names';
import { makePlan } from '../../../../src/lab/plan/make-plan';
import type { PlanInput } from '../../../../src/lab/plan/make-plan';
import type { Plan } from '../../../../src/lab/plan/plan';
import { renderGateway, renderNode, renderOutside } from '../../../../src/lab/render';
import { SECRETS, clusterOf, workspaceOf } from './sample-workspace';

const CLUSTER = clusterOf('10.6.0.0/24', ['10.6.0.11', '10.6.0.12', '10.6.0.13'], '10.6.0.100');

const EXPORTER = { 'redis-exporter': { metrics: '127.0.0.1' } };

function plan(change: Partial<PlanInput> = {}): Plan {
  return makePlan({
    workspace: workspaceOf(CLUSTER),
    subnet: '172.30.7.0/24',
    secrets: SECRETS,
    image: 'gitlab-ha-lab/node:0123456789ab',
    createdAt: 1_700_000_000_000,
    renderers: { renderNode, renderGateway, renderOutside },
    labels: LABEL,
    ...change,
  });
}

function file(made: Plan, container: string, path: string): string {
  const found = made.containers
    .find((candidate) => candidate.name === container)
    ?.files.find((candidate) => candidate.path === path);
  return Buffer.from(found?.content ?? '').toString('utf8');
}

const shapes = (made: Plan): string[] => made.containers.map((one) => one.labels[LABEL.hash] ?? '');
const contents = (made: Plan): string[] => made.containers.map((one) => one.filesHash);

describe('the plan of a lab', () => {
  it('has a container per node and a gateway, each with its address', () => {
    expect(plan().containers.map((one) => [one.name, one.role, one.node, one.address])).toEqual([
      ['sample-node1', 'node', 'node1', '172.30.7.11'],
      ['sample-node2', 'node', 'node2', '172.30.7.12'],
      ['sample-node3', 'node', 'node3', '172.30.7.13'],
      ['sample-gateway', 'gateway', 'gateway', '172.30.7.250'],
    ]);
  });

  it('publishes the gateway only, on the loopback address', () => {
    expect(plan().containers.map((one) => one.publish)).toEqual([
      [],
      [],
      [],
      [{ containerPort: 80, hostAddress: '127.0.0.1', hostPort: 0 }],
    ]);
  });

  it('lets nodes bind an address they do not hold, and give up a peer that vanished', () => {
    const node = { 'net.ipv4.ip_nonlocal_bind': '1', 'net.ipv4.tcp_retries2': '3' };
    expect(plan().containers.map((one) => one.sysctls)).toEqual([node, node, node, {}]);
  });

  it('gives nodes NET_ADMIN and nothing more', () => {
    expect(plan().containers.map((one) => one.capabilities)).toEqual([
      ['NET_ADMIN'],
      ['NET_ADMIN'],
      ['NET_ADMIN'],
      [],
    ]);
  });

  it('says which ports haproxy.cfg and gitlab.rb changed', () => {
    const workspace = workspaceOf(CLUSTER);
    const haproxyCfg = { text: 'listen stats\n  mode http\n  bind :9000\n  stats enable\n' };
    const nodes = workspace.nodes.map((node) => ({ ...node, haproxyCfg }));
    const [first] = plan({ workspace: { ...workspace, nodes } }).containers;
    const { ports } = JSON.parse(first?.labels[LABEL.sources] ?? '') as { ports: unknown };
    const changed = { haproxy: { stats: 9000 } };
    expect(ports).toEqual({ node1: changed, node2: changed, node3: changed });
  });

  it.each<[string, string, unknown]>([
    ['the usual socket', 'global\n  stats socket /run/haproxy/admin.sock mode 600\n', undefined],
    ['another one', 'global\n  stats socket /var/lib/haproxy/stats level admin\n', '/var/lib/haproxy/stats'],
    [
      'another one, as HAProxy writes it',
      'global\n  stats socket "unix@/run/my hap.sock"\n',
      '/run/my hap.sock',
    ],
    [
      'the usual one among others',
      'global\n  stats socket /a\n  stats socket /run/haproxy/admin.sock\n',
      undefined,
    ],
    ['a port only', 'global\n  stats socket ipv4@127.0.0.1:9999\n', undefined],
    ['none', 'defaults\n  mode tcp\n', undefined],
  ])('says where the observer finds what services declare: %s', (_, text, haproxySocket) => {
    const workspace = workspaceOf(CLUSTER);
    const nodes = workspace.nodes.map((node) => ({ ...node, haproxyCfg: { text } }));
    const [first] = plan({ workspace: { ...workspace, nodes } }).containers;
    const { ports, ...declared } = JSON.parse(first?.labels[LABEL.sources] ?? '') as Record<string, unknown>;
    expect(ports).toBeTypeOf('object');
    expect(declared).toEqual({
      patroniScope: 'postgresql-ha',
      redisMasterName: 'gitlab-redis',
      places: { node1: EXPORTER, node2: EXPORTER, node3: EXPORTER },
      ...(haproxySocket === undefined ? {} : { haproxySocket }),
    });
  });

  it('makes a network of its own', () => {
    expect(plan().network).toMatchObject({
      name: 'gitlab-ha-lab-sample',
      subnet: '172.30.7.0/24',
      gateway: '172.30.7.1',
      labels: { 'gitlab-ha-lab.lab': 'sample' },
    });
  });

  it('has no address of the production network in any file', () => {
    const made = plan();
    for (const container of made.containers) {
      for (const { path, content } of container.files) {
        expect(Buffer.from(content).toString('utf8'), `${container.name}:${path}`).not.toMatch(
          /\b10\.6\.0\.\d/,
        );
      }
      expect(JSON.parse(container.labels[LABEL.cluster] ?? '')).toMatchObject({ vip: '172.30.7.100' });
      expect(JSON.parse(container.labels[LABEL.addresses] ?? '')).toMatchObject({
        '10.6.0.11': '172.30.7.11',
      });
    }
  });

  it('names the lab’s interface to Keepalived', () => {
    const keepalived = plan().containers[1]?.files.find((one) => one.path.endsWith('keepalived.conf'));
    const text = Buffer.from(keepalived?.content ?? '').toString('utf8');
    expect(text).toContain('interface eth0');
    expect(text).toContain('unicast_src_ip 172.30.7.12');
  });

  it('shows no secret outside the files, and keeps files with secrets from other users', () => {
    const made = plan();
    const visible = JSON.stringify(
      made.containers.map(({ files, ...rest }) => [rest, files.map((one) => one.path)]),
    );
    for (const secret of Object.values(SECRETS)) expect(visible).not.toContain(secret);
    for (const container of made.containers) {
      for (const { path, content, mode } of container.files) {
        const text = Buffer.from(content).toString('utf8');
        const secret = Object.values(SECRETS).some((value: string) => text.includes(value));
        if (secret) expect(mode & 0o007, `${container.name}:${path}`).toBe(0);
      }
    }
  });

  it('writes the secrets where a redeploy reads them back', () => {
    expect(JSON.parse(file(plan(), 'sample-node3', '/etc/gitlab/gitlab-secrets.json'))).toEqual({
      lab: SECRETS,
    });
  });
});

describe('hashes', () => {
  it('are the same for the same input, whatever the time', () => {
    expect(plan({ createdAt: 1 }).hash).toBe(plan({ createdAt: 2 }).hash);
  });

  it('tell a change of one node’s files from the others', () => {
    const workspace = workspaceOf(CLUSTER);
    const nodes = workspace.nodes.map((node, index) =>
      index === 1 ? { ...node, gitlabRb: { text: '# another' } } : node,
    );
    const changed = plan({ workspace: { ...workspace, nodes } });
    expect(shapes(changed)).toEqual(shapes(plan()));
    expect(contents(changed).map((hash, index) => hash === contents(plan())[index])).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(changed.hash).not.toBe(plan().hash);
  });

  it('of shapes change with the image and the limits', () => {
    expect(shapes(plan({ image: 'gitlab-ha-lab/node:another' }))).not.toEqual(shapes(plan()));
    const larger = { ...CLUSTER, lab: { ...CLUSTER.lab, memoryMb: 2048 } };
    expect(shapes(plan({ workspace: workspaceOf(larger) }))[0]).not.toBe(shapes(plan())[0]);
  });

  it('of files depend on all secrets, so that a guess at one cannot be tested', () => {
    const other = plan({ secrets: { ...SECRETS, consulGossip: 'another' } });
    expect(contents(other).filter((hash, index) => hash === contents(plan())[index])).toEqual([]);
  });

  it('make nothing anew when just the description changes: it has a volume of its own', () => {
    const other = plan({ workspace: workspaceOf({ ...CLUSTER, gitlabVersion: '19.4' }) });
    expect(shapes(other)).toEqual(shapes(plan()));
    expect(other.description.name).not.toBe(plan().description.name);
    expect(isDescription(other.description.name)).toBe(true);
    expect(JSON.parse(other.description.labels[LABEL.cluster] ?? '')).toMatchObject({
      gitlabVersion: '19.4',
    });
  });

  it('of the description are the same whatever the time', () => {
    expect(plan({ createdAt: 1 }).description.name).toBe(plan({ createdAt: 2 }).description.name);
  });
});
