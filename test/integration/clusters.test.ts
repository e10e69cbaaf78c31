import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProbeSession, verifyWrites } from '../../src/drills/probe/probe-session';
import { switchOver } from '../../src/lab/apply/switch-over';
import { createLabService } from '../../src/lab/create-lab-service';
import { waitUntilWhole } from '../../src/lab/health/wait-until-whole';
import type { LabInfo } from '../../src/lab/lab-service';
import type { Observer } from '../../src/observe/observer';
import { foresightOf } from '../../src/presentation/foresight/foresight';
import type { SwitchoverId } from '../../src/services/switchovers';
import { ROOT, testDocker, until } from './support/engine';
import { fingerprints } from './support/fingerprints';
import { roleMachines } from './support/role-machines';

/** An entrance for SSH: then the gateway tells by what a client says first where it wants to go, here without HTTPS. */
const SSH = `
frontend ssh
    bind 10.30.0.100:22
    default_backend sshd

backend sshd
    server lb1 10.30.0.15:2222
`;
const workspace = (): ReadonlyMap<string, string> =>
  new Map(
    [...roleMachines(LAB)].map(([path, text]) => [path, path.endsWith('haproxy.cfg') ? text + SSH : text]),
  );

const LAB = `clusters-${process.pid}`;
const labs = createLabService({ root: ROOT });
let lab: LabInfo;
let observer: Observer;

beforeAll(async () => {
  ({ lab } = await labs.deploy(workspace()));
  observer = await labs.observe(lab);
  // What is observed stays fresh between two looks.
  observer.onState(() => undefined);
});
afterAll(async () => {
  await observer?.dispose();
  await labs.destroy(LAB);
});

const reach = (node: string) => labs.transport(LAB, node);
const whole = (): Promise<number> => waitUntilWhole(observer, lab.cluster, { timeoutMs: 120_000 });
const ipOf = (node: string | undefined): string =>
  lab.cluster.nodes.find(({ name }) => name === node)?.address ?? '';

/** What a port of this machine answers first to who says something. */
async function firstLine(port: number, said: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(10_000, () => socket.destroy());
  socket.write(said);
  let heard = '';
  try {
    for await (const chunk of socket) if ((heard += String(chunk)).includes('\n')) break;
  } catch {
    // Who hangs up without a word has said nothing.
  }
  return heard.split(/\r?\n/)[0] ?? '';
}

/** Hands a role over while a client writes. @returns from whom to whom, and what was lost */
async function handedOver(service: SwitchoverId, holder: () => string | undefined) {
  await whole();
  const from = holder();
  const gateway = await reach('gateway');
  const session = await ProbeSession.start(gateway, { path: 'postgres', run: service });
  await switchOver({ lab, observer, transport: reach }, { service });
  await whole();
  await session.stop();
  const host = ipOf(observer.state.database.leader);
  const loss = await verifyWrites(gateway, session, { host, port: 5432 });
  return { from, to: holder(), session, lost: loss.lost };
}

describe('machines with one part each, known by host names', () => {
  it('run what cluster.yaml places on them, and nothing else', async () => {
    await whole();
    const services = observer.state.nodes.map(
      ({ name, services: own }) => [name, own.map(({ service }) => service).join(' ')] as const,
    );
    expect(Object.fromEntries(services)).toEqual({
      con1: 'consul sentinel',
      db1: 'consul patroni sentinel',
      db2: 'consul patroni',
      red1: 'redis sentinel',
      lb1: 'consul pgbouncer haproxy keepalived',
      lb2: 'consul pgbouncer haproxy keepalived',
    });
  });

  it('find each other by the names that their files have', async () => {
    const { stdout } = await (await reach('lb1')).exec(['getent', 'hosts', 'db1.gl.example.com']);
    expect(stdout.split(/\s+/)[0]).toBe(ipOf('db1'));
  });

  it('are reached by HTTP and by SSH at each published port, without HTTPS', async () => {
    // In place of gitlab-sshd, which these machines have none of: it greets.
    const greets =
      'setsid socat TCP4-LISTEN:2222,fork,reuseaddr SYSTEM:"echo SSH-2.0-there" >/dev/null 2>&1 &';
    await (await reach('lb1')).exec(['bash', '-c', greets]);
    const { http = 0, https, ssh = 0 } = lab.published ?? {};
    expect([http > 0, https, ssh > 0]).toEqual([true, undefined, true]);
    const page = 'GET /status.json HTTP/1.0\r\n\r\n';
    const client = 'SSH-2.0-client\r\n';
    await until('SSH is served', async () => (await firstLine(ssh, client)) === 'SSH-2.0-there');
    expect([await firstLine(http, page), await firstLine(http, client)]).toEqual([
      'HTTP/1.1 200 OK',
      'SSH-2.0-there',
    ]);
  });

  it('PgBouncer follows the leader from machines without a database', async () => {
    const { from, to, session, lost } = await handedOver('patroni', () => observer.state.database.leader);
    expect([from, to].sort()).toEqual(['db1', 'db2']);
    expect(session.attempts.at(-1)?.acknowledged).toBe(true);
    expect(lost).toEqual([]);
  });

  it('the virtual address is handed over in good order', async () => {
    const { from, to, session, lost } = await handedOver('keepalived', () => observer.state.vip.holders[0]);
    expect([from, to].sort()).toEqual(['lb1', 'lb2']);
    expect(session.attempts.at(-1)?.acknowledged).toBe(true);
    expect(lost).toEqual([]);
  });

  it('a change while one is paused stops nobody else', async () => {
    await whole();
    const docker = await testDocker();
    const before = await fingerprints(docker, labs, LAB);
    await labs.node(LAB, 'con1', 'pause');
    const files = new Map(
      [...workspace()].map(([path, text]) =>
        text.includes("sentinel['quorum']")
          ? [path, `${text}\nsentinel['down_after_milliseconds'] = 2000\n`]
          : [path, text],
      ),
    );
    expect(foresightOf(await labs.preview(files)).together).toBe(false);
    await labs.deploy(files);
    const after = await fingerprints(docker, labs, LAB);
    const touched = Object.keys(after).filter((node) => after[node] !== before[node]);
    expect(touched).toEqual(['con1']);
  });
});
