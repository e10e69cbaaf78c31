import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabService } from '../../src/lab/lab-service';
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
