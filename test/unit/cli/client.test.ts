import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EXIT } from '../../../src/cli/exit-code';
import { SIGN_IN, SmallGitLab } from '../lab/clients/small-gitlab';
import { run, world } from './cli';
import type { FakeWorld } from './fake-context';
import type { FakeLabs, FakeProgram } from './fake-labs';
import { applicationLab, labInfo, withoutAccess } from './fixtures';

const SIGN_IN_COMMAND = '/opt/gitlab/lab/sign-in';

let state: string;
let gitlab: SmallGitLab;
let fake: FakeWorld;
let labs: FakeLabs;
let url: string;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'gitlab-ha-client-'));
  gitlab = new SmallGitLab();
  url = await gitlab.start();
  const port = Number(new URL(url).port);
  ({ world: fake, labs } = world([applicationLab({ published: { https: port } })]));
  labs.programs.set(SIGN_IN_COMMAND, { stdout: JSON.stringify(SIGN_IN) });
  fake.env['XDG_STATE_HOME'] = state;
  fake.env['GITLAB_HA_COMMAND'] = 'gitlab-ha';
});

afterEach(async () => {
  vi.restoreAllMocks();
  await gitlab.stop();
  await rm(state, { recursive: true, force: true });
});

const inFolder = (name: string): string => join(state, 'gitlab-ha-lab', 'sample', 'client', name);

describe('login', () => {
  test('tells where it is, whom to sign in as, and how to clone', async () => {
    expect(await run(fake, 'login')).toBe(0);
    const base = url.replace(/\/$/, '');
    expect(fake.out).toBe(`The GitLab of lab sample, a stand-in:

URL             ${base}
User            root
Password        rather long
Token           glpat-0123456789abcdef
CA certificate  ${inFolder('ca.crt')}

Make a project:
  curl --cacert ${inFolder('ca.crt')} -H "PRIVATE-TOKEN: glpat-0123456789abcdef" -d name=PROJECT ${base}/api/v4/projects

Clone a repository:
  gitlab-ha clone PROJECT --name sample
  git clone -c include.path=${inFolder('http.gitconfig')} -- ${base}/root/PROJECT.git
`);
    expect(await readFile(inFolder('ca.crt'), 'utf8')).toBe(SIGN_IN.authority);
  });

  test('for programs: five fields', async () => {
    expect(await run(fake, 'login', '--json')).toBe(0);
    expect(JSON.parse(fake.out)).toEqual({
      url: url.replace(/\/$/, ''),
      sshUrl: null,
      user: 'root',
      token: SIGN_IN.token,
      caFile: inFolder('ca.crt'),
    });
  });

  test('asks the next node where one does not tell, then gives up', async () => {
    labs.programs.set(SIGN_IN_COMMAND, { code: 1 });
    expect(await run(fake, 'login')).toBe(EXIT.failed);
    expect(labs.calls).toEqual(['node1', 'node2', 'node3'].map((node) => `${node}: ${SIGN_IN_COMMAND}`));
    expect(fake.err).toContain('No node of lab sample tells whom to sign in as.');
  });

  test.each<[string, FakeProgram]>([
    ['is gone', { lost: true }],
    ['is frozen', { forever: true }],
    ['fails', { code: 1 }],
  ])('a node that %s holds nobody up: the next one tells', async (_what, program) => {
    const patience = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
    labs.programs.set(`node1: ${SIGN_IN_COMMAND}`, program);
    expect(await run(fake, 'login', '--json')).toBe(0);
    expect(labs.calls).toEqual(['node1', 'node2'].map((node) => `${node}: ${SIGN_IN_COMMAND}`));
    expect(JSON.parse(fake.out)).toMatchObject({ user: 'root' });
    expect(patience).toHaveBeenCalledWith(5_000);
  });

  test.each([
    ['a lab without the application', labInfo(), EXIT.notFound, 'Lab sample runs no application.'],
    [
      'a lab that nothing leads into',
      withoutAccess(applicationLab({ published: { http: 32_768 } })),
      EXIT.notFound,
      'Nothing leads into lab sample: it runs no layer access.',
    ],
    ['a gateway that is down', applicationLab(), EXIT.failed, 'The gateway of lab sample is not running.'],
  ])('%s is told, with what to do', async (_what, lab, code, message) => {
    labs.labs = [lab];
    fake.env['GITLAB_HA_COMMAND'] = 'node dist/cli.js';
    expect(await run(fake, 'login')).toBe(code);
    expect(fake.err).toContain(message);
    expect(fake.err).toMatch(/→ .*: node dist\/cli\.js up .*--name sample\n/);
    expect(fake.out).toBe('');
  });
});

describe('clone', () => {
  test.each([
    [['root/demo'], ['root/demo.git']],
    [
      ['demo', 'here'],
      ['root/demo.git', 'here'],
    ],
  ])('%j asks git for it, without a secret in its words', async (given, last) => {
    expect(await run(fake, 'clone', ...given)).toBe(0);
    const words = fake.ran[0] ?? [];
    expect(words.slice(0, 5)).toEqual([
      'git',
      'clone',
      '-c',
      `include.path=${inFolder('http.gitconfig')}`,
      '--',
    ]);
    expect(words.slice(5)).toEqual([`${url}${last[0]}`, ...last.slice(1)]);
    expect(`${words.join(' ')}${fake.out}${fake.err}`).not.toContain(SIGN_IN.token);
  });

  test('ends with git’s exit code', async () => {
    fake.programsEndWith = 128;
    expect(await run(fake, 'clone', 'demo')).toBe(128);
  });

  test('without git on this machine it says so', async () => {
    fake.programsEndWith = undefined;
    expect(await run(fake, 'clone', 'demo')).toBe(EXIT.failed);
    expect(fake.err).toContain('There is no program git here.');
  });

  test('a project that is not there: what was meant, and what there is', async () => {
    gitlab.projects = ['root/demo', 'root/other'];
    expect(await run(fake, 'clone', 'root/dmeo')).toBe(EXIT.notFound);
    expect(fake.err).toContain('There is no project root/dmeo.');
    expect(fake.err).toContain('Did you mean "root/demo"? There are: root/demo, root/other');
    expect(fake.ran).toEqual([]);
  });

  test('one of many projects, more than a page of the list has, is found; so is what was meant', async () => {
    gitlab.projects = Array.from({ length: 250 }, (_, at) => `root/p${at}`);
    expect(await run(fake, 'clone', 'p249')).toBe(0);
    expect(fake.ran[0]?.at(-1)).toBe(`${url}root/p249.git`);
    expect(await run(fake, 'clone', 'root/p249x')).toBe(EXIT.notFound);
    expect(fake.err).toContain('Did you mean "root/p249"?');
  });

  test('no project at all: how one is made', async () => {
    gitlab.projects = [];
    expect(await run(fake, 'clone', 'demo')).toBe(EXIT.notFound);
    expect(fake.err).toContain('There are none yet. `gitlab-ha login sample` says how to make one.');
  });

  test('an application that does not serve is told with its answer', async () => {
    gitlab.trouble = { status: 503, text: '{"message":"503 Service Unavailable"}' };
    expect(await run(fake, 'clone', 'demo')).toBe(EXIT.failed);
    expect(fake.err).toContain('answers 503: {"message":"503 Service Unavailable"}');
  });

  test('over SSH where the lab publishes none', async () => {
    expect(await run(fake, 'clone', '--ssh', 'demo')).toBe(EXIT.notFound);
    expect(fake.err).toContain('The lab has no SSH on this machine.');
  });
});

describe('ca', () => {
  const CAT = 'cat /etc/gitlab/trusted-certs/lab-ca.crt';

  test('is asked of the next node where one is gone', async () => {
    labs.programs.set(`node1: ${CAT}`, { lost: true });
    labs.programs.set(CAT, { stdout: SIGN_IN.authority });
    expect(await run(fake, 'ca')).toBe(0);
    expect(fake.out).toBe(SIGN_IN.authority);
  });

  test('of a lab whose nodes do not tell: what to do', async () => {
    labs.programs.set(CAT, { code: 1 });
    expect(await run(fake, 'ca')).toBe(EXIT.notFound);
    expect(fake.err).toContain('→ Every node has it. See which of them run: gitlab-ha status');
  });
});

describe('ca --out', () => {
  test('writes the certificate by the current folder', async () => {
    fake.cwd = state;
    labs.programs.set('cat /etc/gitlab/trusted-certs/lab-ca.crt', { stdout: SIGN_IN.authority });
    expect(await run(fake, 'ca', '--out', 'lab.crt')).toBe(0);
    expect(fake.out).toBe('');
    expect(await readFile(join(state, 'lab.crt'), 'utf8')).toBe(SIGN_IN.authority);
    expect((await stat(join(state, 'lab.crt'))).isFile()).toBe(true);
  });
});
