import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createObserver } from '../../../src/observe/create-observer';
import type { ClusterState } from '../../../src/observe/state';
import type { ObservedTarget } from '../../../src/observe/target';
import { wholeness } from '../../../src/observe/wholeness';
import { deployedServices } from '../../../src/services/registry';
import { CLUSTER } from './healthy';
import { LocalTransport } from './support/local-transport';
import { startServices } from './support/plain-services';

const SCOPE = 'my-scope';
const MASTER = 'my-redis';
const PASSWORD = 'not-a-real-password';
const VIP = '127.0.0.9';

const cleaners: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleaners.splice(0).reverse()) await clean();
});

/** A machine with runit's and the package's folders, Bash, sed and `ip`: no program of the lab's image. */
function plainMachine(): { readonly root: string; readonly programs: string } {
  const root = mkdtempSync(join(tmpdir(), 'plain-node-'));
  cleaners.push(() => rmSync(root, { recursive: true, force: true }));
  for (const { id } of deployedServices()) {
    const supervise = join(root, 'service', id, 'supervise');
    mkdirSync(supervise, { recursive: true });
    writeFileSync(join(supervise, 'stat'), 'run\n');
    writeFileSync(join(supervise, 'pid'), '42\n');
  }
  mkdirSync(join(root, 'data', 'pgbouncer'), { recursive: true });
  writeFileSync(join(root, 'data', 'pgbouncer', 'databases.ini'), 'gitlab = host=127.0.0.1 port=5432\n');
  writeFileSync(join(root, 'redis.conf'), `requirepass ${PASSWORD}\n`);
  const programs = join(root, 'bin');
  mkdirSync(programs);
  symlinkSync('/bin/bash', join(programs, 'bash'));
  symlinkSync('/bin/sed', join(programs, 'sed'));
  const lines = ['127.0.0.1', VIP].map((address) => `1: eth0    inet ${address}/24 scope global`);
  writeFileSync(
    join(programs, 'ip'),
    `#!/bin/bash\n[ "$3" = address ] && printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')}\n`,
  );
  chmodSync(join(programs, 'ip'), 0o755);
  return { root, programs };
}

async function plainTarget(): Promise<{
  readonly target: ObservedTarget;
  readonly transport: LocalTransport;
}> {
  const { root, programs } = plainMachine();
  const socket = join(root, 'haproxy.sock');
  const services = await startServices({ scope: SCOPE, masterName: MASTER, password: PASSWORD, socket });
  cleaners.push(() => services.close());
  const { ports } = services;
  const transport = new LocalTransport('db1', programs);
  const on = { enabled: true, nodes: ['db1'] };
  const { layers } = CLUSTER;
  const target: ObservedTarget = {
    name: 'machines',
    cluster: {
      ...CLUSTER,
      vip: VIP,
      nodes: [{ name: 'db1', address: '127.0.0.1' }],
      layers: { ...layers, coordination: on, database: on, cache: on, access: on },
    },
    ports: {
      db1: {
        consul: { http: ports.consul },
        patroni: { rest: ports.patroni },
        redis: { redis: ports.redis },
        sentinel: { sentinel: ports.sentinel },
      },
    },
    declared: { patroniScope: SCOPE, redisMasterName: MASTER, haproxySocket: socket },
    transport: () => transport,
    // Machines have no engine.
    containers: undefined,
    profile: {
      layout: {
        services: join(root, 'service'),
        definitions: join(root, 'sv'),
        data: join(root, 'data'),
        logs: join(root, 'log'),
      },
      readSecret: () => ['sed', '-n', 's/^requirepass //p', join(root, 'redis.conf')],
    },
  };
  return { target, transport };
}

const until = async (holds: () => boolean): Promise<void> => {
  const limit = Date.now() + 15_000;
  while (!holds() && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('machines that can only be reached by a shell and by channels', () => {
  it('are seen whole, without any program of the lab, and left without a trace', async () => {
    const { target, transport } = await plainTarget();
    const trouble: string[] = [];
    const observer = createObserver({ target, log: (line) => trouble.push(line) });
    cleaners.push(() => observer.dispose());
    let state: ClusterState = observer.state;
    observer.onState((next) => (state = next));
    await until(() => wholeness(state, target.cluster).length === 0);
    expect(trouble).toEqual([]);
    expect(wholeness(state, target.cluster)).toEqual([]);
    expect(state.nodes[0]).toMatchObject({ container: 'unknown', connected: true, holdsVip: true });
    expect(state.nodes[0]?.services.map(({ service, role, detail }) => [service, role, detail])).toEqual([
      ['consul', 'leader', 'Raft leader'],
      ['patroni', 'leader', 'leader, no synchronous standby'],
      ['pgbouncer', undefined, 'sends to db1'],
      ['redis', 'master', 'master'],
      ['sentinel', 'member', 'watches db1'],
      ['haproxy', undefined, 'every backend has a server'],
      ['keepalived', 'active', 'holds the VIP'],
    ]);
    expect(JSON.stringify([transport.commands, transport.dialed])).not.toContain('/opt/gitlab');
    await observer.dispose();
    expect(transport.running).toBe(0);
  });
});
