import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeCacheFolder, runCached } from '../../../../src/cli/start/code-cache';
import { codeCacheName, isQuickLint } from '../../../../src/cli/start/quick-lint';

let folder: string;
let file: string;
let kept: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-cache-'));
  file = join(folder, 'program.cjs');
  kept = join(folder, 'kept');
  writeFileSync(file, "exports.answer = () => require('node:path').basename(__filename); // answer\n");
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const answer = (exports: unknown): string => (exports as { answer: () => string }).answer();
const run = (): string => {
  const cached = runCached(file, kept, 'cfg');
  const said = answer(cached.exports);
  cached.keep();
  return said;
};
const written = (): string[] => readdirSync(kept).map((name) => join(kept, name));

describe('compiled code is kept from one run to the next', () => {
  it('for its owner alone, and is not written again when it served', () => {
    expect(run()).toBe('program.cjs');
    const [code = ''] = written();
    expect(statSync(code).mode & 0o777).toBe(0o600);
    const before = statSync(code).ino;
    expect(run()).toBe('program.cjs');
    expect(statSync(code).ino).toBe(before);
  });

  it('of another version of the program there is nothing left', () => {
    run();
    const [old] = written();
    writeFileSync(file, "exports.answer = () => 'the next version';\n");
    expect(run()).toBe('the next version');
    expect(written()).toHaveLength(1);
    expect(written()).not.toEqual([old]);
  });

  it('another version of the same size and age is another one: packages may give their files one age', () => {
    run();
    const { atime, mtime } = statSync(file);
    writeFileSync(file, readFileSync(file, 'utf8').replace('__filename)', '__dirname )'));
    utimesSync(file, atime, mtime);
    expect(run()).toBe(basename(folder));
    expect(written()).toHaveLength(1);
  });

  it('two programs do not take the place of each other, nor fill the folder', () => {
    const others = Array.from({ length: 6 }, (_, at) => join(folder, `other-${at}.cjs`));
    run();
    const [first = ''] = written();
    for (const [at, other] of others.entries()) {
      writeFileSync(other, `exports.answer = () => 'another program, number ${at}';\n`);
      runCached(other, kept, 'cfg').keep();
      if (at === 0) expect(written()).toContain(first);
    }
    expect(written()).toHaveLength(4);
    runCached(file, kept, 'cfg-rb').keep();
    expect(written()).toHaveLength(5);
  });

  it('what is no code of this engine is made anew', () => {
    run();
    const [code = ''] = written();
    writeFileSync(code, 'something else');
    // In the same process the engine has it in memory, and would not even look.
    setFlagsFromString('--no-compilation-cache');
    try {
      expect(run()).toBe('program.cjs');
    } finally {
      setFlagsFromString('--compilation-cache');
    }
    expect(statSync(code).size).toBeGreaterThan(100);
  });

  it('drafts that nobody finished go, others stay', () => {
    run();
    const [code = ''] = written();
    const [old, young] = [`${code}.old`, `${code}.young`];
    for (const draft of [old, young]) writeFileSync(draft, 'half');
    utimesSync(old, 0, 0);
    writeFileSync(file, "exports.answer = () => 'next';\n");
    run();
    expect(written()).toHaveLength(2);
    expect(written()).toContain(young);
  });

  it('a folder in which others may write gets nothing, and a link in it leads nowhere', () => {
    const target = join(folder, 'target');
    mkdirSync(kept);
    chmodSync(kept, 0o777);
    expect(run()).toBe('program.cjs');
    expect(written()).toEqual([]);
    chmodSync(kept, 0o700);
    run();
    const [code = ''] = written();
    rmSync(code);
    symlinkSync(target, `${code}.${process.pid}`);
    run();
    expect(existsSync(target)).toBe(false);
  });

  it('what others may have written is not run', () => {
    run();
    const [code = ''] = written();
    const before = statSync(code).ino;
    chmodSync(code, 0o666);
    expect(run()).toBe('program.cjs');
    expect(statSync(code).ino).not.toBe(before);
  });

  it('where nothing can be kept, it runs all the same', () => {
    writeFileSync(kept, 'a file where the folder would be');
    expect(run()).toBe('program.cjs');
    const cached = runCached(file, undefined, 'cfg');
    cached.keep();
    expect(answer(cached.exports)).toBe('program.cjs');
  });
});

it.each([
  [{ XDG_CACHE_HOME: '/c' }, join('/c', 'gitlab-ha-lab')],
  [{ XDG_CACHE_HOME: '', LOCALAPPDATA: '/l' }, join('/l', 'gitlab-ha-lab')],
  [{ XDG_CACHE_HOME: 'c' }, join('/home/u', '.cache', 'gitlab-ha-lab')],
  [{ XDG_CACHE_HOME: './c', LOCALAPPDATA: 'l' }, join('/home/u', '.cache', 'gitlab-ha-lab')],
  [{ XDG_CACHE_HOME: '/c', NODE_DISABLE_COMPILE_CACHE: '1' }, undefined],
])('%j keeps code in %s', (env, expected) => {
  expect(codeCacheFolder(env, () => '/home/u')).toBe(expected);
});

it.each([
  () => '',
  () => {
    throw new Error('ENOENT: no such user');
  },
])('without a home none is kept', (home) => {
  expect(codeCacheFolder({}, home)).toBeUndefined();
});

it.each([
  [['lint'], true],
  [['lint', 'haproxy.cfg', '--format=json'], true],
  [['lint', '--fix', '.'], true],
  [['lint', '--verify', 'haproxy.cfg'], false],
  [['lint', '--verify=local', 'haproxy.cfg'], false],
  [['lint', '--help'], false],
  [['--lang', 'vi', 'lint'], false],
  [['up'], false],
  [[], false],
])('%j is done by the bundle for checks: %s', (argv, expected) => {
  expect(isQuickLint(argv)).toBe(expected);
});

it.each([
  [['lint', 'a/haproxy.cfg'], 'cfg'],
  [['lint', 'gitlab.rb', 'haproxy.cfg', 'other.cfg'], 'cfg-rb'],
  [['lint', '.'], 'any'],
])('%j keeps its code as %s', (argv, expected) => {
  expect(codeCacheName(argv)).toBe(expected);
});
