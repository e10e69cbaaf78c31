import { verbatim } from '../../../src/words/message';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LabError } from '../../../src/lab/lab-error';
import { run, world } from './cli';
import { settle } from './fake-context';
import { labInfo } from './fixtures';

/** What the program answers to a shell; the last word is the one that is completed. */
async function completed(
  words: readonly string[],
  labs = [labInfo(), labInfo({ name: 'other' })],
): Promise<string[]> {
  const { world: fake } = world(labs);
  expect(await run(fake, '_complete', '--', ...words)).toBe(0);
  expect(fake.err).toBe('');
  return fake.out.split('\n').slice(0, -1);
}

const values = async (...words: string[]): Promise<string[]> =>
  (await completed(words)).map((line) => line.split('\t')[0] ?? '');

describe('what a word may become', () => {
  test.each([
    ['a command', ['st'], ['status']],
    ['a command below another', ['fault', 'in'], ['inject']],
    ['a command whose help is asked for', ['help', 'fa'], ['fault']],
    ['the same below another', ['help', 'fault', 'm'], ['measure']],
    ['an option of the program', ['--d'], ['--docker-host']],
    ['an option', ['status', '--w'], ['--wait']],
    ['an option after an argument', ['logs', 'node1', 'consul', '--f'], ['--follow']],
    ['a word an option takes', ['up', '--timings', 'p'], ['production']],
    ['the same behind =', ['up', '--timings=p'], ['--timings=production']],
    ['the same as bash splits it', ['up', '--timings', '=', 'p'], ['production']],
    ['the same, nothing written yet', ['up', '--timings', '='], ['fast', 'production']],
    ['a layer', ['up', '--layers', 'd'], ['database']],
    ['a layer behind others', ['up', '--layers', 'database,ca'], ['database,cache']],
    ['a layer behind others and =', ['plan', '--layers=database,ca'], ['--layers=database,cache']],
    ['a word an argument takes', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['a lab', ['status', ''], ['sample', 'other']],
    ['a lab for an option', ['exec', '--name', 'o'], ['other']],
    ['a lab behind the fault', ['fault', 'inject', 'kill-node', 's'], ['sample']],
    ['a node', ['exec', ''], ['node1', 'node2', 'node3', 'gateway']],
    ['a node of the named lab', ['shell', '--name', 'other', 'node3'], ['node3']],
    ['a node of a lab that is not there', ['shell', '--name', 'nope', ''], []],
    ['a node for an option', ['fault', 'heal', '--node', 'g'], ['gateway']],
    ['a service', ['logs', 'node1', 'pa'], ['patroni']],
    ['a fault', ['fault', 'measure', 'kill-n'], ['kill-node']],
    ['a rule', ['explain', 'WSP009'], ['WSP009']],
    ['an option between node and --', ['exec', 'node1', '--na'], ['--name']],
    ['nothing of ours behind the node', ['exec', 'node1', ''], []],
    ['nothing of ours behind --', ['exec', 'node1', '--', '--na'], []],
    ['nothing of ours in the command', ['exec', 'node1', 'ls', '-'], []],
    ['nothing behind the last argument', ['status', 'sample', ''], []],
    ['nothing for a free value', ['status', '--wait', ''], []],
    ['nothing for an unknown command', ['nonsense', '--x=', ''], []],
    ['folders', ['up', ''], [':folders']],
    ['files', ['lint', 'haproxy.cfg', ''], [':files']],
  ])('%s: %j', async (_what, words, expected) => {
    expect(await values(...words)).toEqual(expected);
  });

  test('every command is there, and says what it does', async () => {
    const lines = await completed(['']);
    expect(lines.length).toBeGreaterThan(15);
    expect(lines).toContain('status\thealth, role, version and address of every service');
    expect(lines.filter((line) => !line.includes('\t'))).toEqual([]);
  });

  test('services are those of the node', async () => {
    const lab = labInfo();
    const cache = { enabled: true, nodes: ['node2'] };
    const placed = { ...lab, cluster: { ...lab.cluster, layers: { ...lab.cluster.layers, cache } } };
    const on = async (node: string) =>
      (await completed(['logs', node, 'redis'], [placed])).map((line) => line.split('\t')[0]);
    expect(await on('node1')).toEqual([]);
    expect(await on('node2')).toContain('redis');
  });

  test('without an engine there is nothing, and no error', async () => {
    const { world: fake, labs } = world();
    labs.list = async () => Promise.reject(new LabError('no-docker', verbatim('No engine.'), verbatim('')));
    expect(await run(fake, '_complete', '--', 'status', '')).toBe(0);
    expect([fake.out, fake.err]).toEqual(['', '']);
  });

  test('an engine that does not answer is waited for two seconds', async () => {
    const { world: fake, labs } = world();
    labs.list = () => new Promise(() => undefined);
    const code = run(fake, '_complete', '--', 'status', '');
    while (fake.timers.size === 0) await settle();
    fake.advance(2_000);
    expect([await code, fake.out]).toEqual([0, '']);
  });
});

describe('completion for a shell', () => {
  let folder: string;

  /**
   * Stands for the program: notes what it was asked, and answers with what the program answers to it. Only the shell's
   * half is tried here; the answers are tested above.
   */
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'completion-'));
    mkdirSync(join(folder, 'files', 'conf.d'), { recursive: true });
    writeFileSync(join(folder, 'files', 'config.txt'), '');
    const program = `#!/bin/sh\nprintf '%s|' "$@" >"$ASKED"\ncat "$ANSWER"\n`;
    writeFileSync(join(folder, 'gitlab-ha'), program);
    chmodSync(join(folder, 'gitlab-ha'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function script(shell: string): Promise<string> {
    const { world: fake } = world();
    expect(await run(fake, 'completion', shell)).toBe(0);
    const file = join(folder, `completion.${shell}`);
    writeFileSync(file, fake.out);
    return file;
  }

  function inShell(argv: readonly [string, ...string[]], answer: string): { asked: string; got: string[] } {
    const [asked, answers] = [join(folder, 'asked'), join(folder, 'answer')];
    writeFileSync(answers, answer);
    const [program, ...rest] = argv;
    const out = execFileSync(program, rest, {
      cwd: join(folder, 'files'),
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, ASKED: asked, ANSWER: answers },
    });
    return { asked: readFileSync(asked, 'utf8'), got: out.split('\n').filter((line) => line !== '') };
  }

  /** Completes the last word as bash does: it calls the function that the script registers. */
  async function bash(words: readonly string[], answer: string): Promise<{ asked: string; got: string[] }> {
    const file = await script('bash');
    const code = [
      'source "$1"; shift',
      'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))',
      'read -r _ _ called _ <<<"$(complete -p gitlab-ha)"',
      '"$called" gitlab-ha "${@: -1}" "${@: -2:1}"',
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join('\n');
    return inShell(['bash', '--norc', '-euc', code, 'bash', file, ...words], answer);
  }

  test('bash asks with the words as they are, the last one empty, and takes the values only', async () => {
    expect(await bash(['gitlab-ha', 'exec', ''], 'node1\t10.0.0.1\nnode2\t10.0.0.2\ngateway\n')).toEqual({
      asked: '_complete|--|exec||',
      got: ['node1', 'node2', 'gateway'],
    });
  });

  test('bash looks up files and folders itself', async () => {
    expect((await bash(['gitlab-ha', 'lint', 'co'], ':files\n')).got.sort()).toEqual([
      'conf.d',
      'config.txt',
    ]);
    expect((await bash(['gitlab-ha', 'up', 'co'], ':folders\n')).got).toEqual(['conf.d']);
  });

  test('bash gives nothing where there is nothing', async () => {
    expect((await bash(['gitlab-ha', 'status', 'sample', ''], '')).got).toEqual([]);
  });

  /** Each calls what the script registers as its shell does; bash is everywhere, the others where they are installed. */
  const OTHERS = (
    [
      ['fish', 'source $argv[1]; complete -C "gitlab-ha exec no"', ['--no-config']],
      [
        'zsh',
        'compdef() {}; source $1; _describe() { print -l -- "${(@P)3}" }; words=(gitlab-ha exec no); CURRENT=3; _gitlab-ha',
        ['-f'],
      ],
    ] as const
  ).filter(([shell]) => spawnSync(shell, ['--version']).status === 0);

  test.each(OTHERS)('%s asks the same, and shows what is said of a value', async (shell, code, options) => {
    const file = await script(shell);
    const rest = shell === 'zsh' ? ['zsh', file] : [file];
    const { asked, got } = inShell([shell, ...options, '-c', code, ...rest], 'node1\t10.0.0.1\nnode2\n');
    expect(asked).toBe('_complete|--|exec|no|');
    expect(got.map((line) => line.replace(':', '\t'))).toEqual(['node1\t10.0.0.1', 'node2']);
  });

  test.each(['powershell', ''])('there is none for "%s"', async (shell) => {
    const { world: fake } = world();
    expect(await run(fake, 'completion', shell)).toBe(2);
    expect(fake.err).toContain('Allowed choices are bash, zsh, fish');
  });
});
