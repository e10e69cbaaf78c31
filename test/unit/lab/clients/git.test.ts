import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Authority } from '../../../../src/lab/certificates/authority';
import { directoryName } from '../../../../src/lab/certificates/directory-name';
import { cloneCommand, commandLine, projectPath } from '../../../../src/lab/clients/clone-command';
import { gitFiles } from '../../../../src/lab/clients/git-files';
import { clientKey, openClient } from '../../../../src/lab/clients/lab-client';
import type { LabClient } from '../../../../src/lab/clients/lab-client';
import type { NodeTransport } from '../../../../src/transport/transport';
import { applicationLab } from '../../cli/fixtures';
import { SIGN_IN, SmallGitLab } from './small-gitlab';

const run = promisify(execFile);
/** Nothing of the machine's own: neither its configuration nor its helpers, and nobody is asked. */
const ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_SSL_CAINFO: undefined,
  GIT_SSL_CAPATH: undefined,
};

let folder: string;
let gitlab: SmallGitLab;
let client: LabClient;

const git = async (...words: string[]): Promise<string> =>
  (await run('git', words, { env: ENV })).stdout.trim();

const transport = async (): Promise<NodeTransport> =>
  ({
    exec: async () => ({ exitCode: 0, stdout: JSON.stringify(SIGN_IN), stderr: '' }),
  }) as unknown as NodeTransport;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "it's a client "));
  const work = join(folder, 'work');
  await git('init', '-q', '-b', 'main', work);
  await writeFile(join(work, 'README'), 'one\n');
  await git('-C', work, 'add', '.');
  await git('-C', work, '-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '-qm', 'one');
  await git('clone', '-q', '--bare', work, join(folder, 'root', 'demo.git'));
  await git('-C', join(folder, 'root', 'demo.git'), 'update-server-info');
  gitlab = new SmallGitLab(folder);
  const https = Number(new URL(await gitlab.start()).port);
  client = await openClient({ transport }, applicationLab({ published: { https } }), join(folder, 'state'));
});

afterAll(async () => {
  await gitlab.stop();
  await rm(folder, { recursive: true });
});

describe('what git is given to reach a lab', () => {
  it('lets the stock client clone, and fetch again from the clone, without a secret in its words', async () => {
    const [, ...words] = cloneCommand(client, {
      project: 'root/demo',
      over: 'http',
      directory: join(folder, 'clone'),
    });
    expect(words.join(' ')).not.toContain(SIGN_IN.token);
    await git(...words);
    expect(await readFile(join(folder, 'clone', 'README'), 'utf8')).toBe('one\n');
    expect(await git('-C', join(folder, 'clone'), 'ls-remote', '-q', 'origin', 'main')).toMatch(
      /\trefs\/heads\/main$/,
    );
    const kept = await readFile(join(folder, 'clone', '.git', 'config'), 'utf8');
    expect(kept).not.toContain(SIGN_IN.token);
  });

  it('is needed: without it the certificate is not trusted', async () => {
    await expect(git('ls-remote', '-q', `${client.url}/root/demo.git`)).rejects.toThrow(/certificate/i);
  });

  it('is trusted besides what GIT_SSL_CAINFO names, which is stronger than all configuration', async () => {
    const config = `include.path=${join(client.folder, 'http.gitconfig')}`;
    const words = ['-c', config, 'ls-remote', '-q', `${client.url}/root/demo.git`, 'main'];
    const others = join(folder, 'others.crt');
    await writeFile(others, new Authority('d4'.repeat(32), 'other').certificate);
    const { stdout } = await run('git', words, { env: { ...ENV, GIT_SSL_CAINFO: others } });
    expect(stdout).toMatch(/\trefs\/heads\/main\n$/);
  });

  it('is for its user only', async () => {
    const names = await readdir(client.folder, { recursive: true });
    expect(names.sort()).toEqual([
      'ca.crt',
      'credentials',
      'http.gitconfig',
      'trusted',
      `trusted/${directoryName(SIGN_IN.authority)}`,
    ]);
    for (const name of names) expect((await stat(join(client.folder, name))).mode & 0o077).toBe(0);
    expect((await stat(client.folder)).mode & 0o777).toBe(0o700);
  });

  it('is not left half done where a file cannot be brought to its place', async () => {
    const state = await mkdtemp(join(folder, 'half '));
    const lab = applicationLab({ published: { https: 8443 } });
    const at = join(state, lab.name, 'client');
    await mkdir(join(at, 'credentials', 'in the way'), { recursive: true });
    await expect(openClient({ transport }, lab, state)).rejects.toMatchObject({ code: 'no-state' });
    expect((await readdir(at)).sort()).toEqual(['credentials', 'trusted']);
  });

  it('is another helper than the user’s own, which would keep what dies with the lab', async () => {
    const config = join(client.folder, 'http.gitconfig');
    const helpers = await git('config', '--file', config, '--get-all', `credential.${client.url}.helper`);
    expect(helpers.split('\n')).toEqual([
      `store --file '${join(client.folder, 'credentials').replaceAll("'", "'\\''")}'`,
    ]);
    expect(await readFile(config, 'utf8')).toContain('\thelper =\n\thelper = ');
  });
});

describe('over SSH', () => {
  const entrance = { url: 'https://127.0.0.1:8443', sshUrl: 'ssh://git@127.0.0.1:2222' };

  it('the lab’s host key is the only one that counts, the lab’s own key the only one that is shown', async () => {
    const files = new Map(
      gitFiles('/state/my lab', entrance, SIGN_IN).map(({ name, content }) => [name, content]),
    );
    expect(files.get('known_hosts')).toBe(`[127.0.0.1]:2222 ${SIGN_IN.hostKey}\n`);
    const path = join(folder, 'ssh.gitconfig');
    await writeFile(path, files.get('ssh.gitconfig') ?? '');
    expect(await git('config', '--file', path, 'core.sshCommand')).toBe(
      `ssh -i '/state/my lab/id_ed25519' -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o 'UserKnownHostsFile="/state/my lab/known_hosts"'`,
    );
  });

  it('the key is made once, and ssh reads it', async () => {
    const first = await clientKey(client);
    expect(await clientKey(client)).toBe(first);
    const path = join(client.folder, 'id_ed25519');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(path, 'utf8')).startsWith('-----BEGIN OPENSSH PRIVATE KEY-----\n')).toBe(true);
    expect(first).toMatch(/^ssh-ed25519 AAAA\S+ gitlab-ha$/);
  });

  it('two that make it at the same time show the same one, and leave nothing else', async () => {
    const other = await mkdtemp(join(folder, 'first '));
    const [one, two] = await Promise.all([clientKey({ folder: other }), clientKey({ folder: other })]);
    expect(one).toBe(two);
    expect(await readdir(other)).toEqual(['id_ed25519']);
    const { stdout } = await run('ssh-keygen', ['-y', '-f', join(other, 'id_ed25519')]);
    expect(stdout.trim()).toBe(one);
  });

  it('the words name the SSH address', () => {
    const ssh = { ...client, folder: '/state/sample/client', sshUrl: entrance.sshUrl };
    expect(cloneCommand(ssh, { project: 'root/demo', over: 'ssh' }).join(' ')).toBe(
      'git clone -c include.path=/state/sample/client/ssh.gitconfig -- ssh://git@127.0.0.1:2222/root/demo.git',
    );
    expect(() => cloneCommand({ ...client, folder: '/x' }, { project: 'a/b', over: 'ssh' })).toThrow(
      RangeError,
    );
  });
});

describe('words', () => {
  it.each([
    ['demo', 'root/demo'],
    ['root/demo', 'root/demo'],
    ['/group/sub/demo.git', 'group/sub/demo'],
  ])('the project %s is %s', (text, path) => {
    expect(projectPath(text, 'root')).toBe(path);
  });

  it.each([
    [
      ['git', 'clone', '-c', 'a.b=/x/y', '--', 'https://127.0.0.1:1/root/demo.git'],
      'git clone -c a.b=/x/y -- https://127.0.0.1:1/root/demo.git',
    ],
    [['git', 'clone', 'C:\\My Labs\\demo'], 'git clone "C:\\My Labs\\demo"'],
    [['git', 'clone', "it's here"], `git clone "it's here"`],
    [['git', 'clone', '/home/$USER/`id`/a "b"!'], `git clone '/home/$USER/\`id\`/a "b"!'`],
    [['git', 'clone', "it's $here"], `git clone 'it'\\''s $here'`],
  ])('%j are written %s', (words, line) => {
    expect(commandLine(words)).toBe(line);
  });
});
