import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deployWorkspace } from '../../../src/lab/docker/deploy';
import { LabError } from '../../../src/lab/lab-error';
import { readWorkspaceFolder } from '../../../src/cli/workspace';
import type { Finding } from '../../../src/finding/finding';
import { loadParser } from '../../../tools/fuzz/parser';
import { run, world } from '../cli/cli';
import { Client } from './client';

vi.setConfig({ testTimeout: 40_000 });

const SAMPLE = new URL('../../../lab/sample', import.meta.url);
const [ONE, TWO] = ['nodes/node1/gitlab.rb', 'nodes/node2/gitlab.rb'];

let root: string;
let client: Client | undefined;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ha workspace-'));
  cpSync(SAMPLE, root, { recursive: true });
});
afterEach(async () => {
  await client?.stop();
  client = undefined;
  rmSync(root, { recursive: true, force: true });
});

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
const wrongExpect = (): string => textOf(TWO).replace('bootstrap_expect: 3', 'bootstrap_expect: 2');
const master = (): string => textOf(TWO).replace('redis_replica_role', 'redis_master_role');
const start = async (settings?: object): Promise<Client> => (client = await Client.start(root, settings));

const eventually = (isSo: () => void): Promise<void> => vi.waitFor(isSo, { timeout: 15_000, interval: 20 });

describe('findings between files in the editor', () => {
  test('a good workspace has none', async () => {
    const editor = await start();
    await editor.open(TWO);
    await editor.open('cluster.yaml');
    await eventually(() => expect(editor.messages.length).toBeGreaterThanOrEqual(2));
    expect(editor.shown()).toEqual({});
  });

  test('come and go as one of the files is typed in, in all files, open or not', async () => {
    const editor = await start();
    await editor.open(TWO);
    await editor.type(TWO, master());
    await editor.sees({ [ONE]: ['LAB023 13:50'], [TWO]: ['LAB023 13:50'] });
    await editor.type(TWO, textOf(TWO));
    await editor.sees({});
  });

  test('are shown in other open files beside their own', async () => {
    const editor = await start();
    await editor.open(ONE);
    await editor.open(TWO);
    await editor.type(TWO, master());
    await editor.sees({ [ONE]: ['LAB023 13:50'], [TWO]: ['LAB023 13:50'] });
    // One master again, but all files name the other one's address.
    await editor.type(ONE, textOf(ONE).replace('redis_master_role', 'redis_replica_role'));
    const stale = ['LAB024 83:22'];
    await editor.sees({ [ONE]: stale, [TWO]: stale, 'nodes/node3/gitlab.rb': stale });
  });

  test('are there for files nobody has opened, and follow the disk', async () => {
    write(TWO, wrongExpect());
    const editor = await start();
    await editor.sees({ [TWO]: ['LAB026 23:21'] });
    write(TWO, textOf(TWO).replace('bootstrap_expect: 2', 'bootstrap_expect: 3'));
    await editor.changed(TWO);
    await editor.sees({});
    rmSync(join(root, TWO));
    await editor.changed(TWO);
    await editor.sees({ [TWO]: ['WSP002 1:1'] });
  });

  test('cluster.yaml is checked while it is typed, and what it says decides about the other files', async () => {
    const editor = await start();
    const text = textOf('cluster.yaml');
    await editor.open('cluster.yaml');
    await editor.type('cluster.yaml', text.replace('name: node3', 'name: node2'));
    await eventually(() =>
      expect(editor.shown()['cluster.yaml']).toEqual([expect.stringMatching(/^CLU008 /)]),
    );
    await editor.type('cluster.yaml', text.replace('name: node3', 'name: node4'));
    await eventually(() => {
      expect(editor.shown()).toMatchObject({
        'nodes/node3/gitlab.rb': ['WSP006 1:1'],
        'nodes/node4/gitlab.rb': ['WSP002 1:1'],
      });
    });
    await editor.type('cluster.yaml', text);
    await editor.sees({});
  });

  test('what cannot be read is told: a link out of the workspace', async () => {
    rmSync(join(root, 'haproxy/haproxy.cfg'));
    symlinkSync('/etc/hostname', join(root, 'haproxy/haproxy.cfg'));
    const editor = await start();
    await editor.sees({ 'haproxy/haproxy.cfg': ['WSP009 1:1'] });
  });

  test.each([
    [{ severities: { LAB026: 'off' } }, {}],
    [{ enabled: false }, {}],
  ])('settings decide: %j', async (settings, expected) => {
    const editor = await start(settings);
    await editor.open(TWO);
    await editor.type(TWO, wrongExpect());
    await eventually(() => expect(editor.messages.map(({ version }) => version)).toContain(2));
    await editor.sees(expected);
  });

  test('what the lab does otherwise is shown when a setting asks for it, as hints', async () => {
    const editor = await start({ labRemarks: true });
    await editor.open(ONE);
    await eventually(() => expect(editor.shown()[ONE]?.length).toBeGreaterThan(0));
    const hints = editor.messages.at(-1)?.diagnostics.filter(({ code }) => /^LAB01/.test(String(code)));
    expect(hints?.every(({ severity }) => severity === 4)).toBe(true);
  });

  test('a comment silences one', async () => {
    const editor = await start();
    await editor.open(TWO);
    await editor.type(TWO, wrongExpect());
    await editor.sees({ [TWO]: ['LAB026 23:21'] });
    await editor.type(TWO, `# ha-lab: ignore-file LAB026 two for now\n${wrongExpect()}`);
    await editor.sees({});
  });

  test('comments that silence one are offered, and work', async () => {
    const editor = await start();
    await editor.open(TWO);
    await editor.type(TWO, wrongExpect());
    await editor.sees({ [TWO]: ['LAB026 23:21'] });
    const actions = await editor.actions(TWO, 23);
    expect(actions.get('Silence LAB026 for this line')).toBe('  # ha-lab: ignore LAB026 reason\n');
    const comment = actions.get('Silence LAB026 for this file') ?? '';
    expect(comment).toBe('# ha-lab: ignore-file LAB026 reason\n');
    await editor.type(TWO, comment + wrongExpect());
    await editor.sees({});
  });

  test('one of which the file itself tells is not told twice, nor offered twice', async () => {
    const editor = await start();
    const wrong = `redis['port'] = 70000\n${textOf(TWO)}`.replace(/^redis\['port'\] = 6379\n/m, '');
    const [own, between] = [`# ha-lab: ignore-file LAB002 seen\n`, `# ha-lab: ignore-file GLR239 seen\n`];
    const told = (): readonly unknown[] =>
      (editor.messages.filter(({ uri }) => uri === editor.uri(TWO)).at(-1)?.diagnostics ?? [])
        .map(({ code }) => code)
        .filter((code) => code === 'LAB002' || code === 'GLR239');
    await editor.open(TWO);
    // Nobody else tells it where its file does not.
    await editor.type(TWO, between + wrong);
    await editor.sees({ [TWO]: ['LAB002 2:17'] });
    expect(told()).toEqual(['LAB002']);
    await editor.type(TWO, wrong);
    await eventually(() => expect(told()).toEqual(['GLR239']));
    const offered = [...(await editor.actions(TWO, 1)).keys()];
    expect(offered).toContain('Silence GLR239 for this line');
    expect(offered.filter((title) => title.includes('LAB002'))).toEqual([]);
    await editor.type(TWO, own + wrong);
    await eventually(() => expect(editor.messages.map(({ version }) => version)).toContain(4));
    await editor.sees({});
    expect(told()).toEqual(['GLR239']);
  });

  test('a folder without a cluster.yaml has none', async () => {
    rmSync(join(root, 'cluster.yaml'));
    const editor = await start();
    await editor.open(TWO);
    await editor.type(TWO, wrongExpect());
    await eventually(() => expect(editor.messages.map(({ version }) => version)).toContain(2));
    expect(editor.shown()).toEqual({});
  });
});

describe('an editor that escapes more characters than Node', () => {
  /** As VS Code writes addresses. */
  const escaped = (uri: string): string =>
    uri.replace(/[()@+]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

  test.each(['a (b)', 'a@b', 'a+b'])(
    'sees each finding once, and no longer when it is mended: %s',
    async (name) => {
      rmSync(root, { recursive: true });
      root = mkdtempSync(join(tmpdir(), `${name}-`));
      cpSync(SAMPLE, root, { recursive: true });
      write(TWO, wrongExpect());
      client = await Client.start(root, {}, escaped);
      await client.sees({ [TWO]: ['LAB026 23:21'] });
      await client.open(TWO);
      await client.type(TWO, wrongExpect().replace('bootstrap_expect: 2', 'bootstrap_expect: 3'));
      await client.sees({});
      // What is on disk does not count as long as it is open.
      await client.changed(TWO, 'cluster.yaml');
      await client.open('cluster.yaml');
      await eventually(() => expect(client?.messages.at(-1)?.uri).toBe(client?.uri('cluster.yaml')));
      await client.sees({});
      await client.close(TWO);
      await client.sees({ [TWO]: ['LAB026 23:21'] });
    },
  );
});

describe('a file that is closed', () => {
  test('counts as on disk again, also when its diagnostics are on their way', async () => {
    const editor = await start();
    await editor.open(TWO);
    await editor.type(TWO, wrongExpect());
    await editor.sees({ [TWO]: ['LAB026 23:21'] });
    // The editor takes long to be told: it closes the file meanwhile.
    const sendDiagnostics = editor.server.sendDiagnostics.bind(editor.server);
    let release = (): void => undefined;
    let sending = false;
    editor.server.sendDiagnostics = async (params) => {
      if (params.uri === editor.uri(TWO) && params.diagnostics.length > 0) {
        sending = true;
        await new Promise<void>((resolve) => (release = resolve));
      }
      return sendDiagnostics(params);
    };
    await editor.type(TWO, `${wrongExpect()}\n`);
    await eventually(() => expect(sending).toBe(true));
    editor.server.sendDiagnostics = (params) => sendDiagnostics(params);
    await editor.close(TWO);
    await eventually(() => {
      expect(editor.messages.at(-1)).toMatchObject({ uri: editor.uri(TWO), diagnostics: [] });
    });
    await editor.changed(TWO);
    release();
    // The disk has no mistake. Were the file still taken for open, the disk would not count.
    await editor.open('cluster.yaml');
    await editor.sees({});
    write(TWO, master());
    await editor.changed(TWO);
    await editor.sees({ [ONE]: ['LAB023 13:50'], [TWO]: ['LAB023 13:50'] });
  });
});

describe('editor, lint and deployment find the same', () => {
  const brief = ({ code, file, range: { start } }: Finding): string =>
    `${file} ${code} ${start.line + 1}:${start.character + 1}`;
  const OURS = /^(CLU|LAB0[02-9]|WSP|GLR011)/;

  async function inEditor(paths: readonly string[]): Promise<string[]> {
    const editor = await start();
    for (const path of paths) await editor.open(path);
    const found = (): string[] =>
      [...new Map(editor.messages.map(({ uri, diagnostics }) => [uri, diagnostics]))]
        .flatMap(([uri, diagnostics]) =>
          diagnostics.map(({ code, range }) =>
            brief({
              code: String(code),
              file: decodeURIComponent(uri.slice(editor.uri('x').length - 1)),
              range,
            } as Finding),
          ),
        )
        .filter((line) => OURS.test(line.split(' ')[1] ?? ''))
        .sort();
    await eventually(() => expect(found().length).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 300));
    return found();
  }

  async function lint(): Promise<Finding[]> {
    const { world: fake } = world();
    fake.cwd = root;
    await run(fake, 'lint', root, '--format', 'json');
    return JSON.parse(fake.out) as Finding[];
  }

  async function inLint(): Promise<string[]> {
    return (await lint())
      .filter(({ code }) => OURS.test(code))
      .map(brief)
      .sort();
  }

  /** The first step of a deployment, which needs no engine. */
  async function inDeployment(): Promise<string[]> {
    const parts = { connection: {}, loadRubyParser: loadParser } as unknown as Parameters<
      typeof deployWorkspace
    >[0];
    const failure: unknown = await deployWorkspace(parts, await readWorkspaceFolder(root), {}).catch(
      (error: unknown) => error,
    );
    if (!(failure instanceof LabError)) throw new Error('the deployment was not refused');
    return (failure.details.findings ?? [])
      .filter(({ code }) => OURS.test(code))
      .map(brief)
      .sort();
  }

  test.each(
    ['cluster.yaml', 'haproxy/haproxy.cfg', TWO].flatMap(
      (path) =>
        [
          [path, 1.5],
          [path, 3],
        ] as const,
    ),
  )('%s with %d MiB is told in the same words', async (path, mebibytes) => {
    truncateSync(join(root, path), mebibytes * 1024 * 1024);
    const editor = await start();
    const told = (): string[] =>
      editor.messages
        .filter(({ uri }) => uri === editor.uri(path))
        .flatMap(({ diagnostics }) =>
          diagnostics.map(({ message }) => (typeof message === 'string' ? message : message.value)),
        );
    await eventually(() => expect(told()).toHaveLength(1));
    expect(told()[0]).toContain(`${path} is larger than 1 MiB`);
    const linted = (await lint()).filter(({ code, file }) => code === 'WSP008' && file === path);
    expect(linted.map(({ message, remedy }) => `${message}\n${remedy}`)).toEqual(told());
  });

  test.each<[string, string, () => string, readonly string[]]>([
    ["node 2's bootstrap_expect", TWO, wrongExpect, [`${TWO} LAB026 23:21`]],
    ['two Redis masters', TWO, master, [`${ONE} LAB023 13:50`, `${TWO} LAB023 13:50`]],
    [
      'a broken cluster.yaml',
      'cluster.yaml',
      () => textOf('cluster.yaml').replace(/^name:.*$/m, 'name: "sample'),
      ['cluster.yaml CLU001'],
    ],
    [
      'two nodes of one name',
      'cluster.yaml',
      () => textOf('cluster.yaml').replace('name: node3', 'name: node2'),
      ['cluster.yaml CLU008'],
    ],
    [
      'a gitlab.rb that Ruby cannot read',
      TWO,
      () => `${textOf(TWO)}redis['port'] = = 1\n`,
      [`${TWO} GLR011`],
    ],
    [
      "an account of the lab's own",
      ONE,
      () => `${textOf(ONE)}gitlab_rails['db_username'] = 'pgbouncer'\n`,
      [`${ONE} LAB002`],
    ],
  ])('%s', async (_, path, change, expected) => {
    write(path, change());
    const editor = await inEditor([path]);
    expect(await inLint()).toEqual(editor);
    expect(await inDeployment()).toEqual(editor);
    for (const [at, line] of expected.entries()) expect(editor[at]).toContain(line);
  });
});
