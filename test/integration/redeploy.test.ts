import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabService } from '../../src/lab/lab-service';
import { createWorkspace } from '../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../src/workspace/create/questions';
import { ROOT, testDocker } from './support/engine';
import { sampleWorkspace } from './support/sample';

const LAB = `redeploy-${process.pid}`;

/** Asks a Sentinel what it goes by; the password is read inside the node. */
const SENTINEL = `
. /opt/gitlab/etc/lab.env
export REDISCLI_AUTH=$(/opt/gitlab/lab/secret redis)
redis-cli -p "$LAB_SENTINEL_PORT" SENTINEL MASTER "$LAB_REDIS_MASTER_NAME" | paste - - | sort
`;

function workspace(timings: 'fast' | 'production'): ReturnType<typeof sampleWorkspace> {
  return sampleWorkspace(LAB, (path, text) => {
    if (path === 'cluster.yaml') return text.replace(/timings: \w+/, `timings: ${timings}`);
    if (path.endsWith('gitlab.rb'))
      return `${text}\nredis['port'] = 6380\nsentinel['port'] = 26380\n`.replaceAll(/\b6379\b/g, '6380');
    return path.endsWith('haproxy.cfg') ? text.replaceAll(/(172\.30\.0\.1[123]):6379/g, '$1:6380') : text;
  });
}

describe('a lab that is deployed again with other settings', () => {
  let labs: LabService;
  beforeAll(() => {
    labs = createLabService({ root: ROOT });
  });
  afterAll(async () => labs.destroy(LAB));

  const inNode1 = async (...command: string[]): Promise<string> => {
    const node = await labs.transport(LAB, 'node1');
    return (await node.exec(command)).stdout;
  };
  const timingsInForce = async (): Promise<string> =>
    [
      await inNode1('patronictl', '-c', '/var/opt/gitlab/patroni/patroni.yaml', 'show-config'),
      await inNode1('bash', '-c', SENTINEL),
    ].join('\n');

  it('becomes healthy on the ports that gitlab.rb names', async () => {
    const { lab } = await labs.deploy(await workspace('fast'));
    const changed = { redis: { redis: 6380 }, sentinel: { sentinel: 26380 } };
    expect(lab.sources?.ports).toEqual({ node1: changed, node2: changed, node3: changed });
    const before = await timingsInForce();
    expect(before).toMatch(/^ttl: 20$/m);
    expect(before).toMatch(/^loop_wait: 1$/m);
    expect(before).toMatch(/^down-after-milliseconds\s1500$/m);
  });

  it('is written to where haproxy.cfg lets clients in, whatever ports the services have', async () => {
    const gateway = await labs.transport(LAB, 'gateway');
    const { stdout } = await gateway.exec(['/opt/gitlab/lab/probe', 'check', '--timeout', '20000']);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { path: 'postgres', port: 6432, ok: true, error: null },
      { path: 'redis', port: 6379, ok: true, error: null },
    ]);
  });

  it('goes by the new timings, also those that the programs remember by themselves', async () => {
    const { unchanged } = await labs.deploy(await workspace('production'));
    expect(unchanged).toBe(false);
    const after = await timingsInForce();
    expect(after).toMatch(/^ttl: 30$/m);
    expect(after).toMatch(/^loop_wait: 10$/m);
    expect(after).toMatch(/^down-after-milliseconds\s10000$/m);
    expect(after).toMatch(/^failover-timeout\s60000$/m);
  });
});

describe('a lab whose network was removed while it was stopped, as after a reboot', () => {
  const lab = `network-gone-${process.pid}`;
  const labs = createLabService({ root: ROOT });
  afterAll(async () => labs.destroy(lab));

  const onLeader = async (sql: string): Promise<string> => {
    for (const node of ['node1', 'node2', 'node3']) {
      const reach = await labs.transport(lab, node);
      const { stdout } = await reach.exec(['gitlab-psql', '-At', '-c', 'select pg_is_in_recovery()']);
      if (stdout.trim() === 'f') return (await reach.exec(['gitlab-psql', '-At', '-c', sql])).stdout.trim();
    }
    throw new Error('no node leads');
  };

  it('has all its rows after the next deployment', async () => {
    const files = await sampleWorkspace(lab);
    await labs.deploy(files);
    await onLeader('create table kept (n int); insert into kept select generate_series(1, 4)');
    expect(await onLeader('select count(*) from kept')).toBe('4');
    const docker = await testDocker();
    const { containers } = await labs.get(lab);
    await Promise.all(containers.map(({ id }) => docker.getContainer(id).stop({ t: 8 })));
    await docker.getNetwork(`gitlab-ha-lab-${lab}`).remove();
    const { unchanged } = await labs.deploy(files);
    expect(unchanged).toBe(false);
    expect((await labs.get(lab)).containers.map(({ id }) => id)).toEqual(containers.map(({ id }) => id));
    expect(await onLeader('select count(*) from kept')).toBe('4');
  });
});

describe('a lab to which a node is added, and of which one is renamed then', () => {
  const lab = `nodes-${process.pid}`;
  const labs = createLabService({ root: ROOT });
  afterAll(async () => labs.destroy(lab));

  const deploy = async (nodes: string): Promise<ReadonlyMap<string, string>> => {
    const answers = answersFrom(completed({ name: lab, nodes, subnet: '10.20.0.0/24' }, 'own'));
    if ('problem' in answers) throw new Error(answers.problem);
    const { lab: made } = await labs.deploy(createWorkspace(answers).files);
    return new Map(made.containers.map(({ node, id }) => [node, id]));
  };
  const inNode = async (node: string, ...command: string[]): Promise<string> =>
    (await (await labs.transport(lab, node)).exec(command)).stdout.trim();
  const sql = async (node: string, text: string): Promise<string> =>
    inNode(node, 'gitlab-psql', '-At', '-c', text);
  const rowsOn = async (...nodes: string[]): Promise<string[]> =>
    Promise.all(nodes.map(async (node) => `${node}: ${await sql(node, 'select count(*) from kept')}`));

  it('keeps its containers and all rows, and all nodes know each other by name', async () => {
    const before = await deploy('gl1 gl2 gl3');
    const fresh = 'create table kept (n int); insert into kept select generate_series(1, 1000)';
    for (const node of before.keys())
      if ((await sql(node, 'select pg_is_in_recovery()')) === 'f') await sql(node, fresh);

    const grown = await deploy('gl1 gl2 gl3 gl4');
    for (const node of ['gl1', 'gl2', 'gl3']) expect(grown.get(node)).toBe(before.get(node));
    expect(await rowsOn('gl1', 'gl2', 'gl3', 'gl4')).toEqual(
      ['gl1', 'gl2', 'gl3', 'gl4'].map((node) => `${node}: 1000`),
    );
    const names = await inNode('gl1', 'sed', '-n', '/^# names/,/^# end/p', '/etc/hosts');
    expect(names).toContain('.14\tgl4');

    const renamed = await deploy('gl1 gl2 db3 gl4');
    expect([...renamed.keys()].sort()).toEqual(['db3', 'gateway', 'gl1', 'gl2', 'gl4']);
    for (const node of ['gl1', 'gl2', 'gl4']) expect(renamed.get(node)).toBe(grown.get(node));
    expect(await rowsOn('gl1', 'gl2', 'db3', 'gl4')).toEqual(
      ['gl1', 'gl2', 'db3', 'gl4'].map((node) => `${node}: 1000`),
    );
    const after = await inNode('gl4', 'sed', '-n', '/^# names/,/^# end/p', '/etc/hosts');
    expect(after).toContain('.13\tdb3');
    expect(after).not.toContain('gl3');
  });
});
