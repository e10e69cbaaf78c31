import { build } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, world } from '../cli';
import { WRONG_PROXY } from '../lint/lint-folder';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');

/** A package with nothing but the program for checks, as it is built and shipped. */
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'built checks-'));
  const dist = join(home, 'dist');
  mkdirSync(dist);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'gitlab-ha-lab', version: '1.0.0' }));
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  for (const folder of ['docs', 'l10n']) symlinkSync(join(ROOT, folder), join(home, folder));
  const script = pathToFileURL(join(ROOT, 'scripts', 'build.mjs')).href;
  const code = `await (await import(${JSON.stringify(script)})).buildChecks(${JSON.stringify(dist)});`;
  execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT, stdio: 'pipe' });
  await build({
    entryPoints: { cli: join(ROOT, 'src', 'cli', 'main.ts') },
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // The whole program is not there: what the checks' one lacks fails.
    external: ['./whole-program'],
    logLevel: 'error',
  });
  writeFileSync(join(home, 'haproxy.cfg'), WRONG_PROXY);
  writeFileSync(join(home, 'gitlab.rb'), "external_url = 'https://gitlab.example.com'\n");
  mkdirSync(join(home, 'set', 'haproxy', 'conf.d'), { recursive: true });
  const [at, cut] = [WRONG_PROXY.indexOf('frontend'), WRONG_PROXY.lastIndexOf('backend app')];
  const parts = [WRONG_PROXY.slice(0, at), WRONG_PROXY.slice(at, cut), WRONG_PROXY.slice(cut)];
  for (const [number, text] of parts.entries())
    writeFileSync(join(home, 'set', 'haproxy', 'conf.d', `${number}.cfg`), text);
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const lint = (...words: readonly string[]) => lintIn(home, ...words);

const lintIn = (cwd: string, ...words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(home, 'dist', 'cli.mjs'), 'lint', ...words],
    {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], XDG_CACHE_HOME: join(home, 'cache'), LANG: 'C', NO_COLOR: '1' },
    },
  );
  return { status, out: stdout, err: stderr };
};

/** A folder with a file of every kind, and what it takes to judge them: YAML, an MD5 password, nested Ruby. */
function folderOfAll(): string {
  const all = join(home, 'all');
  cpSync(join(ROOT, 'lab', 'sample'), all, { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(all, name), text);
  write('docker-compose.yml', COMPOSE);
  write('keepalived.conf', 'vrrp_instance VI {\n  state NOWHERE\n  interface eth0\n}\n');
  write('gitlab.rb', RUBY);
  write('haproxy.cfg', WRONG_PROXY);
  return all;
}

const RUBY = `external_url = 'https://gitlab.example.com'
gitlab_rails['gitlab_ssh_hots'] = "a#{1 + 2}b"
postgresql['sql_user_password'] = 'secret'
patroni['postgresql']['max_connections'] = [1, { 'a' => :b, c: -> { nil } }]
if ENV['X'] && !false
  gitlab_rails['db_password'] ||= %w[a b].first
end
gitlab_rails['omniauth_providers'] = YAML.load <<~TEXT
  - name: x
   args: y
TEXT
`;
const COMPOSE = `services:
  gitlab:
    image: gitlab/gitlab-ee:18.0.0-ee.0
    environment:
      GITLAB_OMNIBUS_CONFIG: |
        external_url = 'http://a.example.com'
`;

const codes = (out: string): readonly string[] =>
  (JSON.parse(out) as readonly { readonly code: string }[]).map(({ code }) => code);

describe('the program for checks in one file', () => {
  test.each([
    [['haproxy.cfg'], 'HAP010'],
    [['gitlab.rb'], 'GLR002'],
    [['set'], 'HAP010'],
  ] as const)('checks %j alone, the first time and with kept code', (words, expected) => {
    const first = lint(...words, '--format', 'json');
    expect([first.status, first.err, codes(first.out).includes(expected)]).toEqual([3, first.err, true]);
    expect(first.err).not.toMatch(/Cannot find|at .*\.cjs/);
    const kept = (): readonly (readonly [string, number])[] =>
      readdirSync(join(home, 'cache', 'gitlab-ha-lab')).map((name) => [
        name,
        statSync(join(home, 'cache', 'gitlab-ha-lab', name)).mtimeMs,
      ]);
    const before = kept();
    expect(before.length).toBeGreaterThan(0);
    expect(lint(...words, '--format', 'json')).toEqual(first);
    expect(kept()).toEqual(before);
  });

  test.each([
    [['--format', 'sarif', 'haproxy.cfg'], '"version": "2.1.0"'],
    [['--format', 'codequality', 'haproxy.cfg'], '"check_name": "HAP010"'],
    [['nothing.cfg'], ''],
  ] as const)('%j needs nothing else', (words, expected) => {
    const { out, err } = lint(...words);
    expect(out).toContain(expected);
    expect(err).not.toMatch(/Cannot find|at .*\.cjs/);
  });

  test('says of every kind of file what the sources say', async () => {
    const all = folderOfAll();
    const made = world();
    made.world.cwd = all;
    await run(made.world, 'lint', '--format', 'json', all);
    const { out, err } = lintIn(all, '--format', 'json', all);
    expect(err).not.toMatch(/Cannot find|is not a function|at .*\.cjs/);
    const said = JSON.parse(out) as readonly { readonly code: string }[];
    expect(new Set(said.map(({ code }) => code.slice(0, 3)))).toEqual(new Set(['GLR', 'HAP', 'KAD']));
    expect(said).toEqual(JSON.parse(made.world.out));
  });

  test.each([
    [['--formt', 'json'], "error: unknown option '--formt'\n(Did you mean --format?)"],
    [['--format', 'yaml'], "error: option '--format <format>' argument 'yaml' is invalid."],
  ] as const)('%j is refused as by the whole program', (words, expected) => {
    const { status, err } = lint(...words);
    expect([status, err]).toEqual([2, expect.stringContaining(expected)]);
  });
});
