import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeScript } from '../../../../src/observe/sources/node-script';
import type { NodeReport } from '../../../../src/services/core/live/live-service';
import { gitalyReport } from '../../../../src/services/gitaly/node-report';
import { pgbouncerReport } from '../../../../src/services/pgbouncer/node-report';

const folders: string[] = [];
const running: ChildProcessWithoutNullStreams[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A node's folders as runit and the package have them. */
function nodeFolders(): string {
  const root = mkdtempSync(join(tmpdir(), 'node-script-'));
  folders.push(root);
  for (const [name, stat, pid] of [
    ['redis', 'run', '412'],
    ['haproxy', 'down, want up', '0'],
  ] as const) {
    const supervise = join(root, 'service', name, 'supervise');
    mkdirSync(supervise, { recursive: true });
    writeFileSync(join(supervise, 'stat'), `${stat}\n`);
    writeFileSync(join(supervise, 'pid'), `${pid}\n`);
  }
  mkdirSync(join(root, 'sv'));
  mkdirSync(join(root, 'data', 'pgbouncer'), { recursive: true });
  return root;
}

/** Runs the script as the observer does, in a node that has Bash and, unless the path says otherwise, nothing else. */
function run(
  root: string,
  reports: readonly NodeReport[] = [pgbouncerReport],
): { readonly lines: string[]; readonly child: ChildProcessWithoutNullStreams } {
  const script = nodeScript(reports);
  const parameters = ['service', 'sv', 'data'].map((name) => join(root, name));
  const child = spawn('/bin/bash', ['-c', 'eval "$OBSERVE"', 'observe-node', ...parameters], {
    env: { OBSERVE: script, PATH: join(root, 'no-programs') },
    // It ends its whole process group.
    detached: true,
  });
  running.push(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return { lines, child };
}

const until = async (holds: () => boolean): Promise<void> => {
  const limit = Date.now() + 9_000;
  while (!holds() && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('the script in a node that has Bash and no other program', () => {
  it('says what runit and the services say, and says it again within seconds when it changed', async () => {
    const root = nodeFolders();
    const databases = join(root, 'data', 'pgbouncer', 'databases.ini');
    writeFileSync(databases, '; host=10.9.9.9\ngitlab = host=10.1.2.31 auth_user=pgbouncer\n');
    const { lines } = run(root);
    await until(() => lines.length >= 2);
    expect(lines).toEqual(['S haproxy=0:down,want_up redis=412:run', 'D 10.1.2.31']);
    writeFileSync(`${databases}.new`, 'gitlab = host=10.1.2.32\n');
    renameSync(`${databases}.new`, databases);
    await until(() => lines.includes('D 10.1.2.32'));
    expect(lines.slice(-2)).toEqual(['S haproxy=0:down,want_up redis=412:run', 'D 10.1.2.32']);
  });

  it('reads the storages of a Gitaly out of its file, and no other names', async () => {
    const root = nodeFolders();
    mkdirSync(join(root, 'data', 'gitaly'));
    const file = `listen_addr = "172.30.0.11:8075"\nname = "no"\n
[[storage]]\nname = "gitaly-1"\npath = "/x"\n\n[[storage]]\npath = "/y"\n  name="cold"\n
[logging]\nname = "neither"\n`;
    writeFileSync(join(root, 'data', 'gitaly', 'config.toml'), file);
    const { lines } = run(root, [gitalyReport]);
    await until(() => lines.length >= 2);
    expect(lines[1]).toBe('G gitaly-1 cold');
  });

  it('leaves out a service without its file, and ends when its input is closed', async () => {
    const root = nodeFolders();
    const { lines, child } = run(root);
    await until(() => lines.length >= 1);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.stdin.end();
    expect(await ended).toBe(0);
    expect(lines).toEqual(['S haproxy=0:down,want_up redis=412:run']);
  });
});
