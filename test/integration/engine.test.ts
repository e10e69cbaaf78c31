import { randomBytes } from 'node:crypto';
import { readdir, rmdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabError } from '../../src/lab/lab-error';
import { completeSecrets } from '../../src/services/secrets';
import { ROOT, until } from './support/engine';
import { engineLabs } from './support/engine-labs';
import { changed, failure, fingerprints } from './support/fingerprints';
import { remainsOf } from './support/remains';
import { sampleWorkspace } from './support/sample';

/**
 * What the engine does with containers, networks and files; whether the services in them become healthy is the
 * matter of other tests, so here a lab counts as healthy when its containers run.
 */
const engine = engineLabs('engine-test');

describe('deploying', () => {
  it('makes a lab that is found by its labels, and takes all of it away again', async () => {
    const name = engine.newLab();
    const { lab, unchanged } = await engine.labs.deploy(await sampleWorkspace(name));
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
    const elsewhere = createLabService({ root: ROOT, stateDir: `${engine.statePath}/other` });
    expect(await elsewhere.get(name)).toEqual(lab);
    await engine.labs.destroy(name);
    expect(await remainsOf(engine.docker, name, engine.statePath)).toEqual([]);
    expect((await failure(engine.labs.get(name))).code).toBe('no-lab');
    await engine.labs.destroy(name);
  });

  it('shows no secret to whoever may inspect containers, and none in the log', async () => {
    const name = engine.newLab();
    const lines: string[] = [];
    const { lab } = await engine.labs.deploy(await sampleWorkspace(name), {
      log: (line) => lines.push(line),
    });
    const node = await engine.labs.transport(name, 'node1');
    const { stdout } = await node.exec(['cat', '/etc/gitlab/gitlab-secrets.json']);
    const { lab: kept } = JSON.parse(stdout) as { lab: Record<string, string> };
    expect(Object.keys(kept).sort()).toEqual(Object.keys(completeSecrets({}, randomBytes)).sort());
    const secrets = Object.values(kept);
    const inspected = await Promise.all(
      lab.containers.map(({ id }) => engine.docker.getContainer(id).inspect()),
    );
    const visible = JSON.stringify([inspected, lab, lines]);
    for (const secret of secrets) expect(visible.includes(secret)).toBe(false);
    const { stdout: mode } = await node.exec(['stat', '-c', '%a %U', '/etc/gitlab/gitlab-secrets.json']);
    expect(mode).toBe('600 root\n');
  });

  it('gives no privilege but NET_ADMIN and keeps limits', async () => {
    const name = engine.newLab();
    const { lab } = await engine.labs.deploy(await sampleWorkspace(name));
    for (const { id, role } of lab.containers) {
      const { HostConfig } = await engine.docker.getContainer(id).inspect();
      expect(HostConfig.Privileged).toBe(false);
      expect(HostConfig.CapAdd ?? []).toEqual(role === 'node' ? ['NET_ADMIN'] : []);
      expect(HostConfig.SecurityOpt).toEqual(['no-new-privileges']);
      expect(HostConfig.Memory).toBeGreaterThan(0);
    }
  });

  it('changes only the files that changed, in a node that runs on, and keeps its data', async () => {
    const name = engine.newLab();
    await engine.labs.deploy(await sampleWorkspace(name));
    const node = await engine.labs.transport(name, 'node2');
    await node.exec(['touch', '/var/opt/gitlab/kept']);
    const before = await fingerprints(engine.docker, engine.labs, name);
    const second = await sampleWorkspace(name, (path, text) =>
      path === 'nodes/node2/gitlab.rb' ? `${text}\npostgresql['max_connections'] = 123\n` : text,
    );
    expect((await engine.labs.deploy(second)).unchanged).toBe(false);
    expect(changed(before, await fingerprints(engine.docker, engine.labs, name))).toEqual([]);
    const { stdout } = await node.exec(['sh', '-c', 'ls /var/opt/gitlab/kept; cat /etc/gitlab/gitlab.rb']);
    const other = await engine.labs.transport(name, 'node1');
    expect((await other.exec(['cat', '/etc/gitlab/gitlab.rb'])).stdout).not.toContain(' = 123');
    expect(stdout).toContain('/var/opt/gitlab/kept');
    expect(stdout).toContain("postgresql['max_connections'] = 123");
    expect((await engine.labs.deploy(second)).unchanged).toBe(true);
  });

  it('repairs what was stopped, paused, cut off or removed', async () => {
    const name = engine.newLab();
    const files = await sampleWorkspace(name);
    await engine.labs.deploy(files);
    const before = await fingerprints(engine.docker, engine.labs, name);
    await engine.labs.node(name, 'node1', 'pause');
    await engine.labs.node(name, 'node2', 'disconnect');
    await engine.labs.node(name, 'gateway', 'kill');
    expect((await engine.labs.get(name)).phase).toBe('partial');
    expect((await engine.labs.deploy(files)).lab.phase).toBe('running');
    expect(changed(before, await fingerprints(engine.docker, engine.labs, name))).toEqual(['gateway']);
    const node2 = await engine.labs.transport(name, 'node2');
    const { stdout } = await node2.exec(['ip', '-4', '-o', 'addr']);
    const address = (await engine.labs.get(name)).cluster.nodes[1]?.address ?? '';
    expect(stdout).toContain(` ${address}/24 `);
    await engine.docker.getContainer(`${name}-node3`).remove({ force: true });
    expect((await engine.labs.deploy(files)).lab.phase).toBe('running');
  });

  it('puts labs side by side on subnets of their own', async () => {
    const [one, other] = [engine.newLab(), engine.newLab()];
    const results = await Promise.all([
      engine.labs.deploy(await sampleWorkspace(one)),
      engine.labs.deploy(await sampleWorkspace(other)),
    ]);
    const subnets = results.map(({ lab }) => lab.cluster.subnet);
    expect(new Set(subnets).size).toBe(2);
    const listed = (await engine.labs.list()).map((lab) => lab.name);
    expect(listed).toEqual(expect.arrayContaining([one, other]));
  });
});

describe('refusals', () => {
  it('makes nothing from a workspace with errors', async () => {
    const name = engine.newLab();
    const files = await sampleWorkspace(name, (path, text) =>
      path === 'cluster.yaml'
        ? text.replace(/vip:.*$/m, 'vip: 10.99.99.99').replace(/vip: [\d.]+/, 'vip: 10.99.99.99')
        : text,
    );
    const error = await failure(engine.labs.deploy(files));
    expect(error.code).toBe('bad-workspace');
    expect(error.details.findings?.some((finding) => finding.file === 'cluster.yaml')).toBe(true);
    expect(await remainsOf(engine.docker, name, engine.statePath)).toEqual([]);
  });

  it('says when the wanted port is taken, and leaves nothing', async () => {
    const name = engine.newLab();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      const files = await sampleWorkspace(name, (path, text) =>
        path === 'cluster.yaml' ? withHttpPort(text, port) : text,
      );
      const error = await failure(engine.labs.deploy(files));
      expect(error.code).toBe('port-taken');
      expect(error.remedy).toContain('http_port');
      expect(await remainsOf(engine.docker, name, engine.statePath)).toEqual([]);
    } finally {
      server.close();
    }
  });

  it('lets one of two deployments at once work and tells the other who does', async () => {
    const name = engine.newLab();
    const files = await sampleWorkspace(name);
    const outcomes = await Promise.allSettled([engine.labs.deploy(files), engine.labs.deploy(files)]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    const error = refused[0]?.reason as LabError;
    expect(error.code).toBe('busy');
    expect(error.message).toContain(`process ${process.pid}`);
    expect((await engine.labs.get(name)).phase).toBe('running');
  });

  it('lets orders of one window wait for each other, and refuses those of others meanwhile', async () => {
    const name = engine.newLab();
    const stranger = createLabService({ root: ROOT, stateDir: `${engine.statePath}/stranger` });
    const said: string[] = [];
    const order = (purpose: string) =>
      engine.labs.exclusively(name, purpose, async () => {
        said.push(`${purpose} begins`);
        const refused = await failure(stranger.exclusively(name, 'kill', async () => undefined));
        said.push(`others: ${refused.code}`, `${purpose} ends`);
      });
    await Promise.all([order('stop'), order('start')]);
    expect(said).toEqual([
      ...['stop begins', 'others: busy', 'stop ends'],
      ...['start begins', 'others: busy', 'start ends'],
    ]);
    await rmdir(join(engine.statePath, 'stranger'));
    expect(await remainsOf(engine.docker, name, engine.statePath)).toEqual([]);
  });

  it('lets one of three users of the engine work who know nothing of each other', async () => {
    const name = engine.newLab();
    const files = await sampleWorkspace(name);
    const stranger = createLabService({ root: ROOT, stateDir: `${engine.statePath}/stranger` });
    const refusals: string[] = [];
    const users = ['one', 'two', 'three'].map((user) =>
      createLabService({
        root: ROOT,
        stateDir: `${engine.statePath}/${user}`,
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
    for (const folder of await readdir(engine.statePath)) await rmdir(join(engine.statePath, folder));
    expect(await remainsOf(engine.docker, name, engine.statePath)).toEqual([]);
  });

  it('does not touch a stranger’s container of the same name', async () => {
    const name = engine.newLab();
    const stranger = await engine.docker.createContainer({
      name: `${name}-node2`,
      Image: engine.image,
      Cmd: ['sleep', 'infinity'],
    });
    try {
      expect((await failure(engine.labs.deploy(await sampleWorkspace(name)))).code).toBe('docker-failed');
      expect((await stranger.inspect()).Name).toBe(`/${name}-node2`);
      expect((await remainsOf(engine.docker, name, engine.statePath)).length).toBe(1);
    } finally {
      await stranger.remove({ force: true });
    }
  });
});

describe('acting on nodes and services', () => {
  it('does each action once and again', async () => {
    const name = engine.newLab();
    await engine.labs.deploy(await sampleWorkspace(name));
    const stateOf = async (): Promise<string | undefined> =>
      (await engine.labs.get(name)).containers.find(({ node }) => node === 'node2')?.state;
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
      await engine.labs.node(name, 'node2', action);
      expect([action, await stateOf()]).toEqual([action, expected]);
      if (action !== 'restart') await engine.labs.node(name, 'node2', action);
      expect([action, await stateOf()]).toEqual([action, expected]);
    }
    expect((await failure(engine.labs.node(name, 'node9', 'stop'))).code).toBe('no-node');
  });

  it('cuts a node off and attaches it again, any number of times', async () => {
    const name = engine.newLab();
    const { lab } = await engine.labs.deploy(await sampleWorkspace(name));
    const address = lab.cluster.nodes[1]?.address ?? '';
    const node2 = await engine.labs.transport(name, 'node2');
    const inNode = async (...command: string[]): Promise<string> => (await node2.exec(command)).stdout.trim();
    for (let round = 0; round < 3; round++) {
      await engine.labs.node(name, 'node2', 'disconnect');
      expect(await inNode('ip', '-4', '-o', 'addr')).not.toContain(address);
      await engine.labs.node(name, 'node2', 'connect');
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
    const name = engine.newLab();
    await engine.labs.deploy(await sampleWorkspace(name));
    const node = await engine.labs.transport(name, 'node1');
    const status = async (): Promise<string> => (await node.exec(['gitlab-ctl', 'status', 'redis'])).stdout;
    await until('redis runs', async () => (await status()).startsWith('run: redis'));
    await engine.labs.service(name, 'node1', 'redis', 'stop');
    expect(await status()).toMatch(/^down: redis/);
    await engine.labs.service(name, 'node1', 'redis', 'start');
    expect(await status()).toMatch(/^run: redis/);
    expect((await failure(engine.labs.service(name, 'node1', 'nonsense', 'stop'))).code).toBe(
      'docker-failed',
    );
  });

  it('tells listeners about changes, and nobody after they left', async () => {
    const name = engine.newLab();
    let told = 0;
    const listening = engine.labs.onDidChange(() => told++);
    await engine.labs.deploy(await sampleWorkspace(name));
    await until('the deployment was told', () => told > 0);
    const before = told;
    await engine.labs.node(name, 'node1', 'pause');
    await until('the pause was told', () => told > before);
    listening.dispose();
    const after = told;
    await engine.labs.node(name, 'node1', 'unpause');
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
