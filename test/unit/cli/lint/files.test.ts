import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from '../cli';
import { lintFolder, RIGHT_PROXY, WRONG_PROXY, WRONG_RUBY } from './lint-folder';

const here = lintFolder();
const { write, lint, findings } = here;

describe('gitlab-ha lint', () => {
  it('checks and repairs a file once that several of the paths mean', async () => {
    const file = write('haproxy/haproxy.cfg', WRONG_PROXY);
    mkdirSync(join(here.folder, 'keepalived', 'keepalived.conf'), { recursive: true });
    write('cluster.yaml', 'name: a\n');
    expect(await lint(here.folder, dirname(file), file, '--format', 'json')).toBe(3);
    const told = findings().map(({ code, file: path, message }) => `${code} ${path} ${message}`);
    expect(told).toEqual([...new Set(told)]);
    expect(findings().map(({ code }) => code)).toContain('HAP010');
    await lint(here.folder, file, '--fix');
    expect(readFileSync(file, 'utf8')).toBe(RIGHT_PROXY);
    expect(here.fake.err).toContain('haproxy/haproxy.cfg: 1 finding repaired.\n');
  });

  it('leaves a file of another encoding as it is', async () => {
    const file = write('haproxy/haproxy.cfg', '');
    const text = Buffer.concat([Buffer.from(WRONG_PROXY), Buffer.from('# M\xfcnchen\n', 'latin1')]);
    writeFileSync(file, text);
    const before = write('a/haproxy.cfg', WRONG_PROXY);
    const behind = write('z/haproxy.cfg', WRONG_PROXY);
    expect(await lint('--fix', '--format', 'json')).toBe(3);
    expect(here.fake.err).toBe(
      'a/haproxy.cfg: 1 finding repaired.\n' +
        `${file} cannot be written: it is not UTF-8, or was changed a moment ago.\n` +
        'z/haproxy.cfg: 1 finding repaired.\n',
    );
    expect(findings().map(({ code, file: path }) => `${code} ${path}`)).toEqual([
      'HAP010 haproxy/haproxy.cfg',
    ]);
    expect(readFileSync(file).equals(text)).toBe(true);
    for (const other of [before, behind]) expect(readFileSync(other, 'utf8')).toBe(RIGHT_PROXY);
  });

  it('names file, line, column, severity, rule and remedy, and fails for an error', async () => {
    write('haproxy/haproxy.cfg', WRONG_PROXY);
    expect(await lint()).toBe(3);
    expect(here.fake.out).toBe(
      'haproxy/haproxy.cfg:13:5 error HAP010 Unknown keyword "default_backnd" in "frontend".\n' +
        '    → Did you mean "default_backend"?\n',
    );
    expect(here.fake.err).toBe('1 error\n');
  });

  it('says of right files how many it has looked at', async () => {
    write('haproxy.cfg', RIGHT_PROXY);
    expect([await lint(), here.fake.out, here.fake.err]).toEqual([0, '', 'No findings in 1 file.\n']);
    write('b/haproxy.cfg', RIGHT_PROXY);
    here.renew();
    expect([await lint(), here.fake.out, here.fake.err]).toEqual([0, '', 'No findings in 2 files.\n']);
  });

  it('looks at the current folder when none is named', async () => {
    write('haproxy.cfg', RIGHT_PROXY);
    expect([await run(here.fake, 'lint'), here.fake.out, here.fake.err]).toEqual([
      0,
      '',
      'No findings in 1 file.\n',
    ]);
  });

  it('says that there was nothing to look at', async () => {
    expect([await lint(), here.fake.out, here.fake.err]).toEqual([
      0,
      '',
      'No configuration file is there.\n',
    ]);
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
    expect(here.fake.err).toBe('haproxy.cfg: 1 finding repaired.\nNo findings in 1 file.\n');
  });

  it('judges by the versions of the nearest cluster.yaml, and options win over it', async () => {
    // A keyword that came with HAProxy 3.2.
    const proxy = RIGHT_PROXY.replace(
      'maxconn 10000',
      'maxconn 10000\n    tune.renice.runtime 5\n    force-cfg-parser-pause 1',
    );
    const sample = readFileSync(new URL('../../../../lab/sample/cluster.yaml', import.meta.url), 'utf8');
    write('haproxy/haproxy.cfg', proxy);
    write('cluster.yaml', sample.replace(/haproxy_version: .*/, "haproxy_version: '3.2'"));
    const versions: number[] = [];
    for (const argv of [[], ['--haproxy-version', '2.6'], ['--haproxy-version', '3.2']]) {
      here.renew();
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
    await run(here.fake, 'lint', file, '--format', 'json');
    const [finding] = findings();
    expect(finding?.message).toContain('2.6');
  });

  it.each([
    ['a path that is not there', ['lint', '/nowhere/haproxy.cfg'], 2],
    [
      'a file of no known language',
      ['lint', fileURLToPath(new URL('../../../../package.json', import.meta.url))],
      2,
    ],
    ['a version that is none', ['lint', '.', '--haproxy-version', 'new'], 2],
  ])('refuses %s', async (_, argv, code) => {
    expect(await run(here.fake, ...argv)).toBe(code);
    expect(here.fake.out).toBe('');
    expect(here.fake.err).not.toBe('');
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
    make(join(here.folder, 'gitlab.rb'));
    expect(await lint()).toBe(3);
    expect(here.fake.out).toMatch(/^gitlab\.rb:1:1 error WSP007 /);
    expect(here.fake.out).toContain(reason);
    expect(here.fake.err).toBe('1 error\n');
  });
});
