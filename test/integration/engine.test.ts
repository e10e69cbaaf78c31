import { readdir, rmdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabError } from '../../src/lab/lab-error';
import type { LabService } from '../../src/lab/lab-service';
import { ROOT, temporaryFolder, testDocker, testImage, uniqueName, until } from './support/engine';
import { changed, failure, fingerprints } from './support/fingerprints';
import { remainsOf } from './support/remains';
import { sampleWorkspace } from './support/sample';

/**
 * What the engine does with containers, networks and files; whether the services in them become healthy is the
 * matter of other tests, so here a lab counts as healthy when its containers run.
 */
let docker: Docker;
let state: Awaited<ReturnType<typeof temporaryFolder>>;
let labs: LabService;
const names: string[] = [];

function newLab(): string {
  const name = uniqueName('engine-test');
  names.push(name);
  return name;
}

beforeAll(async () => {
  docker = await testDocker();
  await testImage(docker);
  state = await temporaryFolder();
  labs = createLabService({ root: ROOT, stateDir: state.path, awaitHealth: async () => undefined });
});

afterEach(async () => {
  for (const name of names.splice(0)) await labs.destroy(name);
});

afterAll(async () => {
  await state.remove();
});

describe('deploying', () => {
  it('makes a lab that is found by its labels, and takes all of it away again', async () => {
    const name = newLab();
    const { lab, unchanged } = await labs.deploy(await sampleWorkspace(name));
    expect(unchanged).toBe(false);
    expect(lab.phase).toBe('running');
    expect(lab.containers.map(({ node, state: container }) => [node, container])).toEqual([
      ['node1', 'running'],
      ['node2', 'running'],
      ['node3', 'running'],
      ['gateway', 'running'],
    ]);
    expect(lab.httpUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(lab.versions['postgresql']).toMatch(/^17\./);
    const elsewhere = createLabService({ root: ROOT, stateDir: `${state.path}/other` });
    expect(await elsewhere.get(name)).toEqual(lab);
    await labs.destroy(name);
    expect(await remainsOf(docker, name, state.path)).toEqual([]);
    expect((await failure(labs.get(name))).code).toBe('no-lab');
    await labs.destroy(name);
  });

  it('shows no secret to whoever may inspect containers, and none in the log', async () => {
    const name = newLab();
    const lines: string[] = [];
    const { lab } = await labs.deploy(await sampleWorkspace(name), { log: (line) => lines.push(line) });
    const node = await labs.transport(name, 'node1');
    const { stdout } = await node.exec(['cat', '/etc/gitlab/gitlab-secrets.json']);
    const secrets = Object.values((JSON.parse(stdout) as { lab: Record<string, string> }).lab);
    expect(secrets).toHaveLength(9);
    const inspected = await Promise.all(lab.containers.map(({ id }) => docker.getContainer(id).inspect()));
    const visible = JSON.stringify([inspected, lab, lines]);
    for (const secret of secrets) expect(visible.includes(secret)).toBe(false);
    const { stdout: mode } = await node.exec(['stat', '-c', '%a %U', '/etc/gitlab/gitlab-secrets.json']);
    expect(mode).toBe('600 root\n');
  });

  it('gives no privilege but NET_ADMIN and keeps limits', async () => {
    const name = newLab();
    const { lab } = await labs.deploy(await sampleWorkspace(name));
    for (const { id, role } of lab.containers) {
      const { HostConfig } = await docker.getContainer(id).inspect();
      expect(HostConfig.Privileged).toBe(false);
      expect(HostConfig.CapAdd ?? []).toEqual(role === 'node' ? ['NET_ADMIN'] : []);
      expect(HostConfig.SecurityOpt).toEqual(['no-new-privileges']);
      expect(HostConfig.Memory).toBeGreaterThan(0);
    }
  });

  it('touches nothing when nothing changed, and keeps within its time', async () => {
    const name = newLab();
    const files = await sampleWorkspace(name);
    await labs.deploy(files);
    const before = await fingerprints(docker, labs, name);
    const started = performance.now();
    const { unchanged } = await labs.deploy(files);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(unchanged).toBe(true);
    expect(changed(before, await fingerprints(docker, labs, name))).toEqual([]);
  });

  it('touches only the node whose files changed, and keeps its data', async () => {
    const name = newLab();
    await labs.deploy(await sampleWorkspace(name));
    const node = await labs.transport(name, 'node2');
    await node.exec(['touch', '/var/opt/gitlab/kept']);
    const before = await fingerprints(docker, labs, name);
    const second = await sampleWorkspace(name, (path, text) =>
      path === 'nodes/node2/gitlab.rb' ? `${text}\npostgresql['max_connections'] = 123\n` : text,
    );
    expect((await labs.deploy(second)).unchanged).toBe(false);
    expect(changed(before, await fingerprints(docker, labs, name))).toEqual(['node2']);
    const { stdout } = await node.exec(['sh', '-c', 'ls /var/opt/gitlab/kept; cat /etc/gitlab/gitlab.rb']);
    expect(stdout).toContain('/var/opt/gitlab/kept');
    expect(stdout).toContain("postgresql['max_connections'] = 123");
    expect((await labs.deploy(second)).unchanged).toBe(true);
  });

  it('repairs what was stopped, paused, cut off or removed', async () => {
    const name = newLab();
    const files = await sampleWorkspace(name);
    await labs.deploy(files);
    const before = await fingerprints(docker, labs, name);
    await labs.node(name, 'node1', 'pause');
    await labs.node(name, 'node2', 'disconnect');
    await labs.node(name, 'gateway', 'kill');
    expect((await labs.get(name)).phase).toBe('partial');
    expect((await labs.deploy(files)).lab.phase).toBe('running');
    expect(changed(before, await fingerprints(docker, labs, name))).toEqual(['gateway']);
    const node2 = await labs.transport(name, 'node2');
    const { stdout } = await node2.exec(['ip', '-4', '-o', 'addr']);
    const address = (await labs.get(name)).cluster.nodes[1]?.address ?? '';
    expect(stdout).toContain(` ${address}/24 `);
    await docker.getContainer(`${name}-node3`).remove({ force: true });
    expect((await labs.deploy(files)).lab.phase).toBe('running');
  });

  it('puts labs side by side on subnets of their own', async () => {
    const [one, other] = [newLab(), newLab()];
    const results = await Promise.all([
      labs.deploy(await sampleWorkspace(one)),
      labs.deploy(await sampleWorkspace(other)),
    ]);
    const subnets = results.map(({ lab }) => lab.cluster.subnet);
    expect(new Set(subnets).size).toBe(2);
    const listed = (await labs.list()).map((lab) => lab.name);
    expect(listed).toEqual(expect.arrayContaining([one, other]));
  });
});

describe('refusals', () => {
  it('makes nothing from a workspace with errors', async () => {
    const name = newLab();
    const files = await sampleWorkspace(name, (path, text) =>
      path === 'cluster.yaml'
        ? text.replace(/vip:.*$/m, 'vip: 10.99.99.99').replace(/vip: [\d.]+/, 'vip: 10.99.99.99')
        : text,
    );
    const error = await failure(labs.deploy(files));
    expect(error.code).toBe('bad-workspace');
    expect(error.details.findings?.some((finding) => finding.file === 'cluster.yaml')).toBe(true);
    expect(await remainsOf(docker, name, state.path)).toEqual([]);
  });

  it('says when the wanted port is taken, and leaves nothing', async () => {
    const name = newLab();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      const files = await sampleWorkspace(name, (path, text) =>
        path === 'cluster.yaml' ? withHttpPort(text, port) : text,
      );
      const error = await failure(labs.deploy(files));
      expect(error.code).toBe('port-taken');
      expect(error.remedy).toContain('http_port');
      expect(await remainsOf(docker, name, state.path)).toEqual([]);
    } finally {
      server.close();
    }
  });

  it('lets one of two deployments at once work and tells the other who does', async () => {
    const name = newLab();
    const files = await sampleWorkspace(name);
    const outcomes = await Promise.allSettled([labs.deploy(files), labs.deploy(files)]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    const error = refused[0]?.reason as LabError;
    expect(error.code).toBe('busy');
    expect(error.message).toContain(`process ${process.pid}`);
    expect((await labs.get(name)).phase).toBe('running');
  });

  it('lets one of three users of the engine work who know nothing of each other', async () => {
    const name = newLab();
    const files = await sampleWorkspace(name);
    const stranger = createLabService({ root: ROOT, stateDir: `${state.path}/stranger` });
    const refusals: string[] = [];
    const users = ['one', 'two', 'three'].map((user) =>
      createLabService({
        root: ROOT,
        stateDir: `${state.path}/${user}`,
        awaitHealth: async () => void refusals.push((await failure(stranger.destroy(name))).code),
      }),
    );
    const outcomes = await Promise.allSettled(users.map((user) => user.deploy(files)));
    const codes = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value.lab.phase : (outcome.reason as LabError).code,
    );
    expect(codes.sort()).toEqual(['busy', 'busy', 'running']);
    expect(refusals).toEqual(['busy']);
    await stranger.destroy(name);
    for (const folder of await readdir(state.path)) await rmdir(join(state.path, folder));
    expect(await remainsOf(docker, name, state.path)).toEqual([]);
  });

  it('does not touch a stranger’s container of the same name', async () => {
    const name = newLab();
    const stranger = await docker.createContainer({
      name: `${name}-node2`,
      Image: await testImage(docker),
      Cmd: ['sleep', 'infinity'],
    });
    try {
      expect((await failure(labs.deploy(await sampleWorkspace(name)))).code).toBe('docker-failed');
      expect((await stranger.inspect()).Name).toBe(`/${name}-node2`);
      expect((await remainsOf(docker, name, state.path)).length).toBe(1);
    } finally {
      await stranger.remove({ force: true });
    }
  });
});

describe('acting on nodes and services', () => {
  it('does each action once and again', async () => {
    const name = newLab();
    await labs.deploy(await sampleWorkspace(name));
    const stateOf = async (): Promise<string | undefined> =>
      (await labs.get(name)).containers.find(({ node }) => node === 'node2')?.state;
    for (const [action, expected] of [
      ['pause', 'paused'],
      ['unpause', 'running'],
      ['stop', 'stopped'],
      ['start', 'running'],
      ['kill', 'stopped'],
      ['restart', 'running'],
      ['disconnect', 'running'],
      ['connect', 'running'],
      ['pause', 'paused'],
      ['kill', 'stopped'],
    ] as const) {
      await labs.node(name, 'node2', action);
      expect([action, await stateOf()]).toEqual([action, expected]);
      if (action !== 'restart') await labs.node(name, 'node2', action);
      expect([action, await stateOf()]).toEqual([action, expected]);
    }
    expect((await failure(labs.node(name, 'node9', 'stop'))).code).toBe('no-node');
  });

  it('cuts a node off and attaches it again, any number of times', async () => {
    const name = newLab();
    const { lab } = await labs.deploy(await sampleWorkspace(name));
    const address = lab.cluster.nodes[1]?.address ?? '';
    const node2 = await labs.transport(name, 'node2');
    const inNode = async (...command: string[]): Promise<string> => (await node2.exec(command)).stdout.trim();
    for (let round = 0; round < 3; round++) {
      await labs.node(name, 'node2', 'disconnect');
      expect(await inNode('ip', '-4', '-o', 'addr')).not.toContain(address);
      await labs.node(name, 'node2', 'connect');
      await until('the address is there again', async () =>
        (await inNode('ip', '-4', '-o', 'addr')).includes(` ${address}/24 `),
      );
      // Docker gives the interface another name each time.
      await until('Keepalived runs on the present interface', async () => {
        const present = await inNode('/opt/gitlab/lab/lab-interface');
        return present !== '' && present === (await inNode('cat', '/run/lab-interface'));
      });
    }
  });

  it('stops and starts a service through gitlab-ctl', async () => {
    const name = newLab();
    await labs.deploy(await sampleWorkspace(name));
    const node = await labs.transport(name, 'node1');
    const status = async (): Promise<string> => (await node.exec(['gitlab-ctl', 'status', 'redis'])).stdout;
    await until('redis runs', async () => (await status()).startsWith('run: redis'));
    await labs.service(name, 'node1', 'redis', 'stop');
    expect(await status()).toMatch(/^down: redis/);
    await labs.service(name, 'node1', 'redis', 'start');
    expect(await status()).toMatch(/^run: redis/);
    expect((await failure(labs.service(name, 'node1', 'nonsense', 'stop'))).code).toBe('docker-failed');
  });

  it('tells listeners about changes, and nobody after they left', async () => {
    const name = newLab();
    let told = 0;
    const listening = labs.onDidChange(() => told++);
    await labs.deploy(await sampleWorkspace(name));
    await until('the deployment was told', () => told > 0);
    const before = told;
    await labs.node(name, 'node1', 'pause');
    await until('the pause was told', () => told > before);
    listening.dispose();
    const after = told;
    await labs.node(name, 'node1', 'unpause');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(told).toBe(after);
  });
});

/** cluster.yaml with a fixed port. */
function withHttpPort(text: string, port: number): string {
  if (/http_port:/.test(text)) return text.replace(/http_port: *\d+/, `http_port: ${port}`);
  if (/^lab:\s*$/m.test(text)) return text.replace(/^lab:\s*$/m, `lab:\n  http_port: ${port}`);
  return `${text}\nlab:\n  http_port: ${port}\n`;
}
