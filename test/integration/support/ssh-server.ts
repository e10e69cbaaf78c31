import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder, until } from './engine';

const SSHD = '/usr/sbin/sshd';

/** A real sshd on 127.0.0.1 with keys of its own, an agent that holds the user's key, and a home with known_hosts. */
export interface SshServer {
  readonly port: number;
  /** HOME, DOCKER_HOST and SSH_AUTH_SOCK for what connects to it; nothing else of the tester's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Type and key of the server's host keys. */
  readonly hostKeys: { readonly ed25519: string; readonly rsa: string };
  /** Type and key of another machine. */
  readonly strangerKey: string;
  /** What the server has logged so far. */
  log(): string;
  /** Replaces the known_hosts of the home. */
  know(...lines: readonly string[]): void;
  /** Hashes the names in the known_hosts, as `HashKnownHosts yes` does. */
  hashKnownHosts(): void;
  /** Cuts every connection, as a network would; the server goes on. */
  cutConnections(): void;
  stop(): Promise<void>;
}

/**
 * Starts a server. Needs sshd, which `npm test` installs where it may.
 * @param settings further lines of its configuration
 * @throws Error saying what to install
 */
export async function startSshServer(settings: readonly string[] = []): Promise<SshServer> {
  if (!existsSync(SSHD))
    throw new Error(
      'There is no sshd: install openssh-server (Debian, Ubuntu: sudo apt-get install openssh-server).',
    );
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  const key = (name: string, type: string): string => {
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', at(name)]);
    return readFileSync(at(`${name}.pub`), 'utf8').trim();
  };
  const hostKeys = { ed25519: key('host_ed25519', 'ed25519'), rsa: key('host_rsa', 'rsa') };
  writeFileSync(at('authorized_keys'), key('user', 'ed25519'));
  mkdirSync(at('.ssh'));
  const port = await freePort();
  const { username, uid } = userInfo();
  // As root, sshd insists on the folder it locks its unprivileged part into.
  if (uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const config = [
    // Of two lines that say different things sshd takes the first.
    ...settings,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${at('host_ed25519')}`,
    `HostKey ${at('host_rsa')}`,
    `AuthorizedKeysFile ${at('authorized_keys')}`,
    'AuthenticationMethods publickey',
    'PermitRootLogin prohibit-password',
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'LogLevel DEBUG1',
  ];
  writeFileSync(at('sshd_config'), `${config.join('\n')}\n`);
  const server = spawn(SSHD, ['-D', '-e', '-f', at('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const agent = spawn('ssh-agent', ['-D', '-a', at('agent')], { stdio: 'ignore' });
  const known = at('.ssh/known_hosts');
  const running: SshServer = {
    port,
    env: {
      HOME: folder.path,
      DOCKER_HOST: `ssh://${username}@127.0.0.1:${port}`,
      SSH_AUTH_SOCK: at('agent'),
    },
    hostKeys,
    strangerKey: key('stranger', 'ed25519'),
    log: () => log,
    know: (...lines) => writeFileSync(known, lines.map((line) => `${line}\n`).join('')),
    hashKnownHosts: () => execFileSync('ssh-keygen', ['-q', '-H', '-f', known], { stdio: 'ignore' }),
    cutConnections: () => {
      for (const pid of descendants(server.pid ?? 0)) process.kill(pid, 'SIGKILL');
    },
    stop: async () => {
      await Promise.all([ended(server), ended(agent)]);
      await folder.remove();
    },
  };
  try {
    await until('sshd listens', () => log.includes('Server listening'), 30_000);
    await until('the agent listens', () => existsSync(at('agent')), 30_000);
    const env = { ...process.env, SSH_AUTH_SOCK: at('agent') };
    execFileSync('ssh-add', ['-q', at('user')], { env, stdio: 'ignore' });
    return running;
  } catch (cause) {
    await running.stop();
    throw new Error(`sshd did not start: ${log}`, { cause });
  }
}

/** The processes a process has started, and what those have started. */
function descendants(pid: number): readonly number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  const children = stdout.split('\n').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill('SIGTERM');
  await over;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
