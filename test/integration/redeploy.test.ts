import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import { ProbeSession, verifyWrites } from '../../src/drills/probe/probe-session';
import type { LabInfo, LabService } from '../../src/lab/lab-service';
import type { NodeTransport } from '../../src/transport/transport';
import { createWorkspace } from '../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../src/workspace/create/questions';
import { LEAST_LAYERS } from '../../src/workspace/create/shapes';
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
      return `${text}\nredis['port'] = 6380\nsentinel['port'] = 26380\npostgresql['port'] = 5433\n`
        .replaceAll(/\b6379\b/g, '6380')
        .replaceAll(/\b5432\b/g, '5433');
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
    const changed = {
      patroni: { postgresql: 5433 },
      redis: { redis: 6380 },
      sentinel: { sentinel: 26380 },
    };
    expect(lab.sources?.ports).toEqual({ node1: changed, node2: changed, node3: changed });
    const before = await timingsInForce();
    expect(await inNode1('gitlab-psql', '-At', '-c', 'show port')).toBe('5433\n');
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

describe('a lab to which a node is added, and whose leading one is renamed then', () => {
  const lab = `nodes-${process.pid}`;
  const labs = createLabService({ root: ROOT });
  afterAll(async () => labs.destroy(lab));

  const deploy = async (nodes: readonly string[]): Promise<{ info: LabInfo; log: readonly string[] }> => {
    const asked = { name: lab, nodes: nodes.join(' '), subnet: '10.20.0.0/24' };
    const answers = answersFrom(completed(asked, 'own'));
    if ('problem' in answers) throw new Error(String(answers.problem));
    const log: string[] = [];
    const { files } = createWorkspace({ ...answers, asked: LEAST_LAYERS });
    const { lab: info } = await labs.deploy(files, { log: (line) => log.push(line) });
    return { info, log };
  };
  const inNode = async (node: string, ...command: string[]): Promise<string> =>
    (await (await labs.transport(lab, node)).exec(command)).stdout.trim();
  const sql = async (node: string, text: string): Promise<string> =>
    inNode(node, 'gitlab-psql', '-At', '-c', text);
  /** The node where the database is written. */
  const leader = async (nodes: readonly string[]): Promise<string> => {
    for (const node of nodes) if ((await sql(node, 'select pg_is_in_recovery()')) === 'f') return node;
    throw new Error('no node leads');
  };
  const rowsOn = async (nodes: readonly string[]): Promise<string[]> =>
    Promise.all(nodes.map(async (node) => `${node}: ${await sql(node, 'select count(*) from kept')}`));
  const idsOf = ({ containers }: LabInfo): ReadonlyMap<string, string> =>
    new Map(containers.map(({ node, id }) => [node, id]));
  /** A client beside a node that stays. */
  const clientOn = async (node: string): Promise<{ reach: NodeTransport; session: ProbeSession }> => {
    const how = await inNode('gateway', 'cat', '/opt/gitlab/etc/probe.json');
    const reach = await labs.transport(lab, node);
    await reach.exec(['tee', '/opt/gitlab/etc/probe.json'], { input: how });
    return { reach, session: await ProbeSession.start(reach, { path: 'postgres', run: 'leaves' }) };
  };

  it('keeps its containers and all rows, and all nodes know each other by name', async () => {
    const three = ['gl1', 'gl2', 'gl3'];
    const first = (await deploy(three)).info;
    const before = idsOf(first);
    await sql(
      await leader(three),
      'create table kept (n int); insert into kept select generate_series(1, 1000)',
    );

    const four = [...three, 'gl4'];
    const larger = (await deploy(four)).info;
    const grown = idsOf(larger);
    for (const node of [...three, 'gateway']) expect(grown.get(node)).toBe(before.get(node));
    // Whoever had the address open goes on with it.
    expect(larger.httpUrl).toBe(first.httpUrl);
    expect(larger.cluster.nodes.map(({ name }) => name)).toEqual(four);
    expect(await inNode('gateway', 'sed', '-n', '/^# names/,/^# end/p', '/etc/hosts')).toContain('.14\tgl4');
    expect(await rowsOn(four)).toEqual(four.map((node) => `${node}: 1000`));
    const names = await inNode('gl1', 'sed', '-n', '/^# names/,/^# end/p', '/etc/hosts');
    expect(names).toContain('.14\tgl4');

    const leading = await leader(four);
    const stays = four.filter((node) => node !== leading);
    const { reach, session } = await clientOn('gl4' === leading ? 'gl1' : 'gl4');
    const nodes = four.map((node) => (node === leading ? 'db3' : node));
    const { info, log } = await deploy(nodes);
    await session.stop();
    const renamed = idsOf(info);
    expect([...renamed.keys()].sort()).toEqual(['gateway', ...nodes].sort());
    for (const node of [...stays, 'gateway']) expect(renamed.get(node)).toBe(grown.get(node));
    expect(await rowsOn(nodes)).toEqual(nodes.map((node) => `${node}: 1000`));
    const known = await inNode(
      'gl2' === leading ? 'gl1' : 'gl2',
      'sed',
      '-n',
      '/^# names/,/^# end/p',
      '/etc/hosts',
    );
    expect(known).toMatch(/\tdb3$/m);
    expect(known).not.toContain(`\t${leading}\n`);

    // It handed over before anything was taken away, and nobody missed a row.
    expect(log).toContain(`containers: ${leading}: hand-over patroni`);
    const heir = await leader(nodes);
    const host = info.cluster.nodes.find(({ name }) => name === heir)?.address ?? '';
    const loss = await verifyWrites(reach, session, { host, port: 5432 });
    expect(loss.acknowledged).toBeGreaterThan(20);
    expect(loss.lost).toEqual([]);
  });
});
