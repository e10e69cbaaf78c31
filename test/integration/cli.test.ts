import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import { LEAST } from './support/sample';
import type { Event } from '../../src/observe/event';
import type { ClusterState } from '../../src/observe/state';
import { deployedServices } from '../../src/services/registry';

/**
 * The built command line program on a real lab. Run `npm run build` first, as `npm test` does.
 */
const ROOT = join(import.meta.dirname, '..', '..');
const CLI = join(ROOT, 'dist', 'cli.js');
const LAB = `cli-${process.pid}`;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Running {
  readonly ended: Promise<Ended>;
  readonly out: () => string;
  readonly signal: (signal: NodeJS.Signals) => void;
}

function start(args: readonly string[], input?: string, program = process.execPath): Running {
  const child = spawn(program, [...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  if (input !== undefined) child.stdin.end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
  return { ended, out: () => out, signal: (signal) => child.kill(signal) };
}

const cli = (...args: readonly string[]): Promise<Ended> => start([CLI, ...args], '').ended;
const ours = (command: string, ...args: readonly string[]): Promise<Ended> =>
  cli(command, '--name', LAB, ...args);

const fault = (command: string, ...args: readonly string[]): Promise<Ended> =>
  cli('fault', command, '--name', LAB, ...args);

function docker(...args: readonly string[]): string {
  return execFileSync('docker', [...args], { encoding: 'utf8' }).trim();
}

/** Containers and networks of a lab. */
function leftInDocker(lab: string): string {
  const filter = `label=gitlab-ha-lab.lab=${lab}`;
  return [docker('ps', '-aq', '--filter', filter), docker('network', 'ls', '-q', '--filter', filter)].join(
    '',
  );
}

async function until(what: string, satisfied: () => boolean, limitMs = 60_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!satisfied()) {
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('gitlab-ha on a real lab', () => {
  let up: Ended;

  beforeAll(async () => {
    up = await cli('up', 'lab/sample', '--name', LAB, '--layers', LEAST.join());
  });
  afterAll(async () => {
    await cli('down', LAB);
  });

  test('up deploys the sample and shows that everything is healthy', () => {
    expect(up).toMatchObject({ code: 0 });
    expect(up.out).toContain(`Lab ${LAB}: ok`);
    expect(up.out).toMatch(/Whole +yes/);
    expect(up.err).toMatch(/^\[\d+\.\d s\] health: /m);
  });

  test('up again changes nothing and says so', async () => {
    const again = await cli('up', 'lab/sample', '--name', LAB, '--layers', LEAST.join());
    expect(again.code).toBe(0);
    expect(again.err).toContain('Nothing to change');
  });

  test('status --json has every service of three nodes as ok', async () => {
    const { code, out } = await ours('status', '--json', '--wait', '120');
    const { whole, state } = JSON.parse(out) as { whole: boolean; state: ClusterState };
    expect({ code, whole, health: state.health }).toEqual({ code: 0, whole: true, health: 'ok' });
    const services = state.nodes.map((node) => node.services.map(({ service }) => service));
    const everyOne = deployedServices()
      .filter(
        ({ outside, dcs = 'consul', ...of }) =>
          outside !== true && dcs === 'consul' && LEAST.includes(of.layer),
      )
      .map(({ id }) => id);
    expect(services).toEqual([everyOne, everyOne, everyOne]);
    expect(state.nodes.flatMap((node) => node.services).filter((entry) => entry.health !== 'ok')).toEqual([]);
  });

  test('the table names the leader, the holder of the VIP and where Consul comes from', async () => {
    const { out } = await ours('status', '--wait', '120');
    expect(out).toMatch(/VIP +172\.30\.\d+\.100 on node[123]/);
    expect(out).toMatch(/Database +leader node[123], sync standby node[123]/);
    expect(out).toMatch(/version \S+ from (Debian's package|the official image)/);
  });

  test('the URL in the table answers through the VIP', async () => {
    const { out } = await ours('status', '--json');
    const { lab } = JSON.parse(out) as { lab: { httpUrl: string } };
    const page = (await (await fetch(new URL('status.json', lab.httpUrl))).json()) as Record<string, unknown>;
    expect(page).toEqual({
      node: expect.stringMatching(/^node[123]$/) as string,
      pgbouncer: 3,
      redis_master: 1,
      praefect: 0,
      gitlab_sshd: 0,
    });
  });

  test.each([
    [['hostname'], 0, 'node2\n', ''],
    [['sh', '-c', 'echo out; echo err >&2; exit 42'], 42, 'out\n', 'err\n'],
  ])('exec %j passes outputs and exit code through', async (command, code, out, err) => {
    expect(await ours('exec', 'node2', '--', ...command)).toEqual({ code, out, err });
  });

  test('exec gives standard input to the command, bytes as they are', async () => {
    const text = 'grüße\n'.repeat(20_000);
    const { code, out } = await start([CLI, 'exec', '--name', LAB, 'node1', '--', 'sha256sum'], text).ended;
    const expected = execFileSync('sha256sum', { input: text, encoding: 'utf8' });
    expect({ code, out }).toEqual({ code: 0, out: expected });
  });

  const sleeping = (seconds: number): string[] =>
    docker('exec', `${LAB}-node1`, 'sh', '-c', `pgrep -fx 'sleep ${seconds}' || true`)
      .split('\n')
      .filter((line) => line !== '');

  test.each<[NodeJS.Signals, number]>([
    ['SIGINT', 7001],
    ['SIGTERM', 7002],
    ['SIGHUP', 7003],
  ])('exec ends its command on the node when it gets %s', async (signal, seconds) => {
    const running = start([CLI, 'exec', '--name', LAB, 'node1', '--', 'sleep', String(seconds)]);
    await until('the command runs', () => sleeping(seconds).length === 1);
    running.signal(signal);
    expect((await running.ended).code).toBe(130);
    expect(sleeping(seconds)).toEqual([]);
  });

  test('exec ends its command on the node when nobody reads its output any more', async () => {
    const command = '"$NODE" "$CLI" exec --name "$LAB" node1 -- yes 7004 | head -c 10';
    const env = { ...process.env, NODE: process.execPath, CLI, LAB };
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8', env })).toBe('7004\n7004\n');
    expect(docker('exec', `${LAB}-node1`, 'sh', '-c', "pgrep -fx 'yes 7004' || true")).toBe('');
  });

  test('probe tells what a client feels: every write acknowledged, none lost', async () => {
    await ours('status', '--wait', '120');
    const { code, out, err } = await ours('probe', '--duration', '2', '--json');
    expect({ code, err }).toMatchObject({ code: 0 });
    const report = JSON.parse(out) as {
      acknowledged: number;
      loss: { acknowledged: number; lost: number[] };
    };
    expect(report.acknowledged).toBeGreaterThan(5);
    expect(report.loss).toMatchObject({ acknowledged: report.acknowledged, lost: [] });
  });

  test('fault measure breaks, heals and tells what it cost', async () => {
    const { code, out, err } = await fault('measure', 'stop-haproxy', '--json');
    expect({ code, err }).toMatchObject({ code: 0 });
    const measured = JSON.parse(out) as { fault: string; node: string; loss: { lost: number[] } };
    expect(measured).toMatchObject({ fault: 'stop-haproxy', path: 'postgres', loss: { lost: [] } });
    expect(err).toMatch(new RegExp(`fault-injected .*${measured.node}`));
    expect(err).toMatch(new RegExp(`fault-healed .*healed on ${measured.node}`));
  }, 240_000);

  test('fault inject leaves the lab broken, a second is refused, and heal takes it back', async () => {
    await ours('status', '--wait', '120');
    const injected = await fault('inject', 'pause-node', '--node', 'node3');
    expect(injected).toMatchObject({ code: 0, out: 'Freeze the node: done to node3.\n' });
    expect(docker('inspect', '--format', '{{.State.Status}}', `${LAB}-node3`)).toBe('paused');
    const second = await fault('inject', 'kill-node');
    expect(second.code).toBe(5);
    expect(second.err).toContain('node3: the node is paused');
    expect(await fault('heal')).toMatchObject({ code: 0, out: 'node3: unpause\n' });
    expect((await ours('status', '--wait', '120')).code).toBe(0);
  }, 240_000);

  test('a fault is refused while another process deploys the lab, and told who does', async () => {
    const labs = createLabService({ root: ROOT });
    const refused = await labs.exclusively(LAB, 'deploy', () => fault('inject', 'kill-redis'));
    expect(refused.code).toBe(6);
    expect(refused.err).toMatch(new RegExp(`process ${process.pid}.*\\(deploy\\)`));
  });

  test('exec on a node that does not exist is 125, on a lab that does not exist as well', async () => {
    expect((await ours('exec', 'node9', '--', 'true')).code).toBe(125);
    expect((await cli('exec', '--name', 'cli-none', 'node1', '--', 'true')).code).toBe(125);
  });

  test('logs prints the end of a log; -f goes on until Ctrl-C', async () => {
    const { code, out } = await ours('logs', 'node1', 'patroni', '-n', '5');
    expect({ code, lines: out.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 5 });
    const following = start([CLI, 'logs', '--name', LAB, 'node1', 'patroni', '-n', '1', '-f'], '');
    await until('three lines of the log', () => following.out().split('\n').length > 3);
    following.signal('SIGINT');
    expect((await following.ended).code).toBe(0);
  });

  test('logs of an unknown service is 7 and names those there are', async () => {
    const { code, err } = await ours('logs', 'node1', 'puma');
    expect(code).toBe(7);
    expect(err).toContain('patroni');
  });

  test('watch --json tells of a stopped and started service', async () => {
    const watching = start([CLI, 'watch', '--name', LAB, '--json'], '');
    const events = (): Event[] =>
      watching
        .out()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Event);
    const seen = (kind: string) => (): boolean =>
      events().some((event) => event.kind === kind && event.node === 'node3' && event.service === 'haproxy');
    try {
      // Watchers connect first; a change before that belongs to the first picture and is no event.
      await ours('status', '--wait', '60');
      expect((await ours('exec', 'node3', '--', 'gitlab-ctl', 'stop', 'haproxy')).code).toBe(0);
      await until('service-down', seen('service-down'));
    } finally {
      await ours('exec', 'node3', '--', 'gitlab-ctl', 'start', 'haproxy');
    }
    await until('service-up', seen('service-up'));
    watching.signal('SIGINT');
    expect((await watching.ended).code).toBe(0);
  });

  test('shell is a real terminal: size, UTF-8, exit code', async () => {
    const command = `stty rows 33 cols 111; exec "$NODE" "$CLI" shell --name "$LAB" node2`;
    const env = { ...process.env, NODE: process.execPath, CLI, LAB };
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await until('a prompt', () => out.includes('node2'));
    child.stdin.write('stty size; printf "%s-%s\\n" grüße $((40+2)); exit 7\n');
    expect(await ended).toBe(7);
    expect(out).toContain('33 111');
    expect(out).toContain('grüße-42');
  });

  test('list and doctor know the lab', async () => {
    expect((await cli('list')).out).toMatch(new RegExp(`^${LAB} +running +3/3 running`, 'm'));
    const { code, out } = await cli('doctor', '--json');
    const checks = JSON.parse(out) as { id: string; status: string }[];
    expect(code).toBe(0);
    expect(checks.find((check) => check.id === 'image')?.status).toBe('ok');
  });

  test('bash completes labs, nodes and services of the engine', () => {
    const code = [
      'gitlab-ha() { "$NODE" "$CLI" "$@"; }',
      'source <(gitlab-ha completion bash)',
      'for line in "status $LAB" "exec --name $LAB node" "logs node1 --name $LAB patr"; do',
      '  COMP_WORDS=(gitlab-ha $line); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _gitlab_ha',
      '  echo "${COMPREPLY[*]}"',
      'done',
    ].join('\n');
    const env = { ...process.env, NODE: process.execPath, CLI, LAB };
    const out = execFileSync('bash', ['-c', code], { encoding: 'utf8', env });
    expect(out.split('\n')).toEqual([LAB, 'node1 node2 node3', 'patroni', '']);
  });

  test('down leaves nothing in Docker; of a lab that is gone it says so', async () => {
    expect((await cli('down', LAB)).code).toBe(0);
    expect(leftInDocker(LAB)).toBe('');
    const again = await cli('down', LAB);
    expect(again.code).toBe(7);
    expect(again.err).toContain(`There is no lab "${LAB}".`);
    expect((await ours('status')).code).toBe(7);
  });
});

describe('gitlab-ha without a lab', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-workspace-'));
    cpSync(join(ROOT, 'lab', 'sample'), folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('findings block the deploy with 3, and nothing is created', async () => {
    const text = readFileSync(join(ROOT, 'lab', 'sample', 'cluster.yaml'), 'utf8');
    writeFileSync(join(folder, 'cluster.yaml'), text.replace('172.30.0.12', '172.30.0.11'));
    const { code, err } = await cli('up', folder, '--name', 'cli-bad');
    expect(code).toBe(3);
    expect(err).toMatch(/^cluster\.yaml:\d+:\d+ error CLU\d+ .+\n {4}→ .+/m);
    expect(leftInDocker('cli-bad')).toBe('');
  });

  test('Ctrl-C during a deploy ends with 130 and leaves nothing', async () => {
    const deploying = start(
      [CLI, 'up', 'lab/sample', '--name', 'cli-cut', '--layers', LEAST.join(), '-v'],
      '',
    );
    await until('a container', () => leftInDocker('cli-cut') !== '');
    deploying.signal('SIGINT');
    const { code, err } = await deploying.ended;
    expect(code).toBe(130);
    expect(err).toContain('Cancelling: removing what was created');
    expect(leftInDocker('cli-cut')).toBe('');
  });

  test.each(['hello\r\n\r\n', 'Content-Length: -5\r\n\r\n', 'x'.repeat(5000)])(
    'lsp ends with an error when the frames of its client are broken',
    async (input) => {
      const serving = start([CLI, 'lsp', '--stdio'], input);
      expect(await serving.ended).toMatchObject({ code: 1, out: '' });
      expect((await serving.ended).err).toMatch(
        /^error: the client does not speak the Language Server Protocol: a header /,
      );
    },
  );

  test('bash completes commands with the program itself', () => {
    const code = [
      'gitlab-ha() { "$NODE" "$CLI" "$@"; }',
      'source <(gitlab-ha completion bash)',
      'COMP_WORDS=(gitlab-ha fault in); COMP_CWORD=2; _gitlab_ha',
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join('\n');
    const env = { ...process.env, NODE: process.execPath, CLI };
    expect(execFileSync('bash', ['-c', code], { encoding: 'utf8', env })).toBe('inject\n');
  });

  test('an engine that does not answer is 4, with a remedy', async () => {
    const { code, err } = await cli('--docker-host', 'unix:///nowhere/docker.sock', 'list');
    expect(code).toBe(4);
    expect(err).toMatch(/\n {2}→ Start Docker/);
  });
});
