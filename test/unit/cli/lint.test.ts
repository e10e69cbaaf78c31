import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchema } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from 'sarif';
import type { Finding } from '../../../src/finding/finding';
import { CATALOGUE } from '../../../src/workspace/catalogue';
import type { CodeQualityIssue } from '../../../src/cli/render/code-quality';
import { run, world } from './cli';
import type { FakeWorld } from './fake-context';
import type { FakeLabs } from './fake-labs';

/** One error with one sure repair: an unknown keyword (HAP010). */
const WRONG_PROXY = `global
    maxconn 10000

defaults
    mode http
    timeout connect 5s
    timeout client 1m
    timeout server 1m
    timeout tunnel 1h

frontend web
    bind 10.0.0.100:80
    default_backnd app

backend app
    server node1 10.0.0.11:80 check
`;
const RIGHT_PROXY = WRONG_PROXY.replace('default_backnd', 'default_backend');
const WRONG_RUBY = "external_url = 'https://gitlab.example.net'\n";

let folder: string;
let fake: FakeWorld;
let labs: FakeLabs;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gitlab-ha-lint-'));
  ({ world: fake, labs } = world());
  fake.cwd = folder;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const lint = (...argv: string[]): Promise<number> => run(fake, 'lint', folder, ...argv);
const findings = (): Finding[] => JSON.parse(fake.out) as Finding[];

describe('gitlab-ha lint', () => {
  it('checks and repairs a file once that several of the paths mean', async () => {
    const file = write('haproxy/haproxy.cfg', WRONG_PROXY);
    mkdirSync(join(folder, 'keepalived', 'keepalived.conf'), { recursive: true });
    write('cluster.yaml', 'name: a\n');
    expect(await lint(folder, dirname(file), file, '--format', 'json')).toBe(3);
    const told = findings().map(({ code, file: path, message }) => `${code} ${path} ${message}`);
    expect(told).toEqual([...new Set(told)]);
    expect(findings().map(({ code }) => code)).toContain('HAP010');
    await lint(folder, file, '--fix');
    expect(readFileSync(file, 'utf8')).toBe(RIGHT_PROXY);
    expect(fake.err).toContain('haproxy/haproxy.cfg: 1 finding repaired.\n');
  });

  it('leaves a file of another encoding as it is', async () => {
    const file = write('haproxy/haproxy.cfg', '');
    const text = Buffer.concat([Buffer.from(WRONG_PROXY), Buffer.from('# M\xfcnchen\n', 'latin1')]);
    writeFileSync(file, text);
    expect(await lint('--fix')).toBe(1);
    expect(fake.err).toContain('cannot be written: it is not UTF-8, or was changed a moment ago.');
    expect(readFileSync(file).equals(text)).toBe(true);
  });

  it('names file, line, column, severity, rule and remedy, and fails for an error', async () => {
    write('haproxy/haproxy.cfg', WRONG_PROXY);
    expect(await lint()).toBe(3);
    expect(fake.out).toBe(
      'haproxy/haproxy.cfg:13:5 error HAP010 Unknown keyword "default_backnd" in "frontend".\n' +
        '    → Did you mean "default_backend"?\n',
    );
    expect(fake.err).toBe('1 error\n');
  });

  it('says of right files how many it has looked at', async () => {
    write('haproxy.cfg', RIGHT_PROXY);
    expect([await lint(), fake.out, fake.err]).toEqual([0, '', 'No findings in 1 file.\n']);
    write('b/haproxy.cfg', RIGHT_PROXY);
    ({ world: fake } = world());
    fake.cwd = folder;
    expect([await lint(), fake.out, fake.err]).toEqual([0, '', 'No findings in 2 files.\n']);
  });

  it('looks at the current folder when none is named', async () => {
    write('haproxy.cfg', RIGHT_PROXY);
    expect([await run(fake, 'lint'), fake.out, fake.err]).toEqual([0, '', 'No findings in 1 file.\n']);
  });

  it('says that there was nothing to look at', async () => {
    expect([await lint(), fake.out, fake.err]).toEqual([0, '', 'No configuration file is there.\n']);
  });

  it('checks all languages below a folder, and leaves other files alone', async () => {
    write('nodes/node1/gitlab.rb', WRONG_RUBY);
    write('nodes/node2/gitlab.rb', WRONG_RUBY);
    write('cluster.yaml', 'name: [\n');
    write('haproxy/haproxy.cfg', WRONG_PROXY);
    write('lib/gitlab/redis.rb', 'module Gitlab\n  class Redis\n  end\nend\n');
    write('node_modules/x/haproxy.cfg', 'nonsense\n');
    expect(await lint('--format', 'json')).toBe(3);
    const errors = findings().filter(({ severity }) => severity === 'error');
    expect([...new Set(errors.map(({ file, code }) => `${file} ${code.slice(0, 3)}`))].sort()).toEqual([
      'cluster.yaml CLU',
      'haproxy/haproxy.cfg HAP',
      'nodes/node1/gitlab.rb GLR',
      'nodes/node2/gitlab.rb GLR',
    ]);
  });

  it.each([
    ['error', 0],
    ['warning', 3],
    ['none', 3],
  ])('passes errors up to --max-severity %s: exit code %i', async (severity, code) => {
    write('haproxy.cfg', WRONG_PROXY);
    expect(await lint('--max-severity', severity)).toBe(code);
  });

  it('repairs what has one sure repair, and nothing else', async () => {
    const file = write('haproxy.cfg', WRONG_PROXY);
    expect(await lint('--fix')).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(RIGHT_PROXY);
    expect(fake.err).toBe('haproxy.cfg: 1 finding repaired.\nNo findings in 1 file.\n');
  });

  it('judges by the versions of the nearest cluster.yaml, and options win over it', async () => {
    // A keyword that came with HAProxy 3.2.
    const proxy = RIGHT_PROXY.replace(
      'maxconn 10000',
      'maxconn 10000\n    tune.renice.runtime 5\n    force-cfg-parser-pause 1',
    );
    const sample = readFileSync(new URL('../../../lab/sample/cluster.yaml', import.meta.url), 'utf8');
    write('haproxy/haproxy.cfg', proxy);
    write('cluster.yaml', sample.replace(/haproxy_version: .*/, "haproxy_version: '3.2'"));
    const versions: number[] = [];
    for (const argv of [[], ['--haproxy-version', '2.6'], ['--haproxy-version', '3.2']]) {
      ({ world: fake } = world());
      fake.cwd = folder;
      await lint('--format', 'json', ...argv);
      versions.push(findings().filter(({ severity }) => severity === 'error').length);
    }
    expect(versions[0]).toBe(versions[2]);
    expect(versions[1]).toBeGreaterThan(versions[2] ?? 0);
  });

  it.each([
    ['one that is broken elsewhere', 'haproxy/cluster.yaml', "haproxy_version: '2.6'\nnodes: [\n"],
    ['the nearest of several', 'haproxy/cluster.yaml', "haproxy_version: '2.6'\n"],
    ['one further up', 'cluster.yaml', "haproxy_version: '2.6'\n"],
  ])('takes the version of HAProxy from a cluster.yaml: %s', async (_, path, text) => {
    write('cluster.yaml', "haproxy_version: '3.4'\n");
    write(path, text);
    const file = write('haproxy/haproxy.cfg', RIGHT_PROXY.replace('mode http', 'mode http\n    guid x'));
    await run(fake, 'lint', file, '--format', 'json');
    const [finding] = findings();
    expect(finding?.message).toContain('2.6');
  });

  it.each([
    ['a path that is not there', ['lint', '/nowhere/haproxy.cfg'], 2],
    [
      'a file of no known language',
      ['lint', fileURLToPath(new URL('../../../package.json', import.meta.url))],
      2,
    ],
    ['a version that is none', ['lint', '.', '--haproxy-version', 'new'], 2],
  ])('refuses %s', async (_, argv, code) => {
    expect(await run(fake, ...argv)).toBe(code);
    expect(fake.out).toBe('');
    expect(fake.err).not.toBe('');
  });
});

describe('the files of a workspace together', () => {
  const sample = (path: string): string =>
    readFileSync(new URL(`../../../lab/sample/${path}`, import.meta.url), 'utf8');
  const between = (): string[] =>
    findings()
      .filter(({ code }) => /^(LAB|WSP)/.test(code))
      .map(({ code, file, range }) => `${code} ${file}:${range.start.line + 1}`);

  beforeEach(() => {
    cpSync(new URL('../../../lab/sample', import.meta.url), folder, { recursive: true });
    write(
      'nodes/node2/gitlab.rb',
      sample('nodes/node2/gitlab.rb').replace('bootstrap_expect: 3', 'bootstrap_expect: 2'),
    );
  });

  it('are compared when the folder is checked, with paths as they were asked for', async () => {
    expect(await lint('--format', 'json')).toBe(3);
    expect(between()).toEqual(['LAB026 nodes/node2/gitlab.rb:23']);
  });

  it.each([
    ['nodes/node2/gitlab.rb', ['LAB026 nodes/node2/gitlab.rb:23']],
    ['nodes/node1/gitlab.rb', []],
    ['nodes', ['LAB026 nodes/node2/gitlab.rb:23']],
  ])('of %s only its own findings are told', async (path, expected) => {
    await run(fake, 'lint', join(folder, path), '--format', 'json');
    expect(between()).toEqual(expected);
  });

  it('a comment silences one, and what the lab does otherwise is not told', async () => {
    const text = sample('nodes/node2/gitlab.rb').replace(
      'bootstrap_expect: 3,',
      'bootstrap_expect: 2, # ha-lab: ignore LAB026, GLR113 two for now',
    );
    write('nodes/node2/gitlab.rb', `${text}nginx['listen_port'] = 80\n`);
    await lint('--format', 'json');
    expect(between()).toEqual([]);
  });

  it('a file that is missing, too large or a link is told with its name', async () => {
    rmSync(join(folder, 'nodes/node1/gitlab.rb'));
    write('nodes/node3/gitlab.rb', '# comment\n'.repeat(110_000));
    rmSync(join(folder, 'haproxy/haproxy.cfg'));
    symlinkSync('/etc/hostname', join(folder, 'haproxy/haproxy.cfg'));
    await lint('--format', 'json');
    expect(between()).toEqual([
      'WSP009 haproxy/haproxy.cfg:1',
      'WSP008 nodes/node3/gitlab.rb:1',
      'WSP002 nodes/node1/gitlab.rb:1',
    ]);
  });
});

describe('what bears the name of a configuration file and is none', () => {
  it.each<[string, (file: string) => void, string]>([
    ['a folder', (file) => mkdirSync(file), 'is a folder, not a file'],
    ['a link to nothing', (file) => symlinkSync('nowhere', file), 'is a link to nothing'],
    [
      'a link to itself',
      (file) => symlinkSync('gitlab.rb', file),
      'cannot be read: its links lead in a circle (ELOOP)',
    ],
    ['a device', (file) => symlinkSync('/dev/zero', file), 'is a device or socket, not a file'],
  ])('%s is a finding', async (_what, make, reason) => {
    make(join(folder, 'gitlab.rb'));
    expect(await lint()).toBe(3);
    expect(fake.out).toMatch(/^gitlab\.rb:1:1 error WSP007 /);
    expect(fake.out).toContain(reason);
    expect(fake.err).toBe('1 error\n');
  });
});

describe('reports for other programs', () => {
  beforeEach(() => {
    write('haproxy/my haproxy.cfg', WRONG_PROXY);
    write('gitlab.rb', WRONG_RUBY);
  });

  it('SARIF is valid, with rules, places and fixes', async () => {
    await lint('--format', 'sarif');
    const log = JSON.parse(fake.out) as Log;
    const path = new URL('../../../node_modules/@types/sarif/index.d.ts', import.meta.url).pathname;
    const schema = createGenerator({ path, type: 'Log', skipTypeCheck: true }).createSchema('Log');
    const validate = new Ajv({ strict: false }).compile(schema as AnySchema);
    expect([validate(log), validate.errors]).toEqual([true, null]);
    const [result] = log.runs[0]?.results?.filter(({ ruleId }) => ruleId === 'HAP010') ?? [];
    expect(result?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'haproxy/my%20haproxy.cfg' },
      region: { startLine: 13, startColumn: 5, endLine: 13, endColumn: 19 },
    });
    expect(result?.fixes?.[0]?.artifactChanges[0]?.replacements).toEqual([
      {
        deletedRegion: { startLine: 13, startColumn: 5, endLine: 13, endColumn: 19 },
        insertedContent: { text: 'default_backend' },
      },
    ]);
    const rule = log.runs[0]?.tool.driver.rules?.[result?.ruleIndex ?? -1];
    expect(rule).toMatchObject({ id: 'HAP010', defaultConfiguration: { level: 'error' } });
    expect(rule?.help?.markdown).toMatch(/^# HAP010: /);
  });

  it('Code Quality is what GitLab documents, and fingerprints survive a moved line', async () => {
    await lint('--format', 'codequality');
    const before = JSON.parse(fake.out) as CodeQualityIssue[];
    // https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    const schema = {
      type: 'array',
      minItems: 2,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
        properties: {
          description: { type: 'string', minLength: 1 },
          check_name: { type: 'string', minLength: 1 },
          fingerprint: { type: 'string', minLength: 1 },
          severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
          location: {
            type: 'object',
            required: ['path', 'lines'],
            properties: {
              path: { type: 'string', pattern: '^[^./]' },
              lines: {
                type: 'object',
                required: ['begin'],
                properties: { begin: { type: 'integer', minimum: 1 } },
              },
            },
          },
        },
      },
    };
    const validate = new Ajv().compile(schema);
    expect([validate(before), validate.errors]).toEqual([true, null]);
    expect(new Set(before.map(({ fingerprint }) => fingerprint)).size).toBe(before.length);

    write('haproxy/my haproxy.cfg', `# a comment\n\n${WRONG_PROXY}`);
    ({ world: fake } = world());
    fake.cwd = folder;
    await lint('--format', 'codequality');
    const after = JSON.parse(fake.out) as CodeQualityIssue[];
    expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint));
  });
});

describe('asking the real programs', () => {
  it('adds what they say at its line, and who judged', async () => {
    write('haproxy.cfg', RIGHT_PROXY);
    write('gitlab.rb', "external_url 'https://gitlab.example.net'\n");
    labs.verdict = {
      banner: 'HAProxy version 3.0.11-1 2026/11/18',
      exitCode: 1,
      output: "[ALERT]    (1) : config : parsing [/tmp/haproxy.cfg:16] : 'server node1' : something new\n",
    };
    expect(await lint('--verify')).toBe(3);
    expect(labs.calls).toEqual([`judge haproxy: ${RIGHT_PROXY.length} characters`]);
    expect(fake.out).toMatch(
      /^haproxy\.cfg:16:5 error haproxy -c HAProxy: 'server node1' : something new\.$/m,
    );
    expect(fake.err).toContain("haproxy.cfg: refused by haproxy 3.0.11 (in the lab's image).\n");
  });
});

describe('asking the programs of this machine', () => {
  // No program is in the PATH: whether one would be run is told by what is said then.
  beforeEach(() => vi.stubEnv('PATH', folder));
  afterEach(() => void vi.unstubAllEnvs());

  it.each([
    ['Lua', 'global\n    lua-load x.lua\n', 'lua-load', 2],
    ['Lua in a branch nobody takes', '.if false\nglobal\n lua-load x.lua\n.endif\n', 'lua-load', 3],
    ['Lua in quotes', 'global\n    "lua-load" x.lua\n', '"lua-load"', 2],
    ['modules', 'global\n    lua-prepend-path /x/?.so cpath\n', 'lua-prepend-path', 2],
    ['a library', 'global\n    ssl-engine /x.so\n', 'ssl-engine', 2],
    ['what only the environment tells', 'global\n    "${WHAT}" x.lua\n', '"${WHAT}"', 2],
  ])('refuses a file that would run %s', async (_case, text, directive, line) => {
    write('haproxy.cfg', text);
    expect(await lint('--verify', 'local')).toBe(2);
    expect(fake.err).toContain(
      `error: haproxy.cfg: "${directive}" in line ${line} would run code on this machine while haproxy checks the file.`,
    );
    expect(fake.err).toContain('--allow-code');
  });

  it.each([
    ['a file that runs nothing', RIGHT_PROXY, []],
    ['a comment that speaks of it', '# lua-load x.lua\n', []],
    ['a file that would, when you say so', 'global\n    lua-load x.lua\n', ['--allow-code']],
  ])('asks about %s', async (_case, text, more) => {
    write('haproxy.cfg', text);
    expect(await lint('--verify', 'local', ...more)).toBe(1);
    expect(fake.err).toContain('There is no program haproxy.');
  });
});

describe('the rules themselves', () => {
  it('are listed', async () => {
    expect(await run(fake, 'rules')).toBe(0);
    expect(fake.out.trim().split('\n')).toHaveLength(CATALOGUE.length + 1);
    expect(fake.out).toMatch(
      /^HAP012 +warning +Keywords and arguments +The line is ignored in this section$/m,
    );
  });

  it.each([
    ['CLU008', '# CLU008: Two nodes have one name'],
    ['lab026', '# LAB026: bootstrap_expect is not the number of Consul servers'],
    ['WSP009', '# WSP009: A file of the workspace is a link to outside of it'],
    ['GRB001', '# GLR011: Ruby cannot read the file'],
  ])('%s is explained', async (id, heading) => {
    expect(await run(fake, 'explain', id)).toBe(0);
    expect(fake.out.split('\n')[0]).toBe(heading);
  });

  it('are listed for programs', async () => {
    expect(await run(fake, 'rules', '--json')).toBe(0);
    expect(JSON.parse(fake.out)).toHaveLength(CATALOGUE.length);
  });

  it.each(['HAP012', 'hap012'])('%s is explained', async (id) => {
    expect(await run(fake, 'explain', id)).toBe(0);
    expect(fake.out).toMatch(/^# HAP012: The line is ignored in this section\n/);
  });

  it.each(['HAP998', '../../package', 'nonsense'])('%s is no rule', async (id) => {
    expect(await run(fake, 'explain', id)).toBe(2);
    expect(fake.err).toContain(`There is no rule ${id.toUpperCase()}.`);
  });
});
