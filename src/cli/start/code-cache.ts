import { isAscii } from 'node:buffer';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { Script } from 'node:vm';

type Environment = Readonly<Record<string, string | undefined>>;

/** Files with compiled code that stay for one kind of work: of several programs and engines, the last ones used. */
const MOST_KEPT = 4;
/** What somebody has begun to write this long ago (milliseconds) is never finished. */
const DRAFT_AGE = 3_600_000;

/**
 * Where compiled code is kept from one run to the next, by the XDG rules; undefined where Node's own switch for such
 * caches turns them off, and for a user without a home.
 * @param home gives the user's home folder, or throws
 */
export function codeCacheFolder(env: Environment, home: () => string = homedir): string | undefined {
  if (env['NODE_DISABLE_COMPILE_CACHE'] === '1') return undefined;
  // The rules have relative paths ignored: they would mean another folder in each working folder.
  const said = [env['XDG_CACHE_HOME'], env['LOCALAPPDATA']].find((path) => path && isAbsolute(path));
  const base = said ?? homeCache(home);
  return base === undefined ? undefined : join(base, 'gitlab-ha-lab');
}

function homeCache(home: () => string): string | undefined {
  try {
    const folder = home();
    return isAbsolute(folder) ? join(folder, '.cache') : undefined;
  } catch {
    // The system knows no such user, as in a container that runs as any number.
    return undefined;
  }
}

/** A CommonJS file that was run, and what keeps its compiled code for the next time. */
export interface CachedRun {
  readonly exports: unknown;
  /** Call it once, when everything a run needs has been compiled. Does nothing when the kept code served. */
  keep(): void;
}

const HEAD = Buffer.from('(function (exports, require, module, __filename, __dirname) {');
const FOOT = Buffer.from('\n})');

/**
 * Runs a CommonJS file with the code that V8 compiled the last time, if it is of the same file and the same V8.
 * @param file the path of a file without dependencies of its own
 * @param folder where compiled code is kept; undefined for nowhere
 * @param name tells apart what was kept after different work
 * @param version what no other content of the file has, when somebody knows; else all of it is read for that
 * @throws what the file throws, or reading it
 */
export function runCached(
  file: string,
  folder: string | undefined,
  name: string,
  version?: string,
): CachedRun {
  const content = wrapped(file);
  // As one byte a letter the engine takes the text over as it is.
  const source = content.toString(isAscii(content) ? 'latin1' : 'utf8');
  const kept =
    folder === undefined ? undefined : join(folder, keptName(file, version ?? hashOf(source), name));
  const cachedData = kept === undefined ? undefined : ownFile(kept);
  const script = new Script(source, {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} as unknown };
  const run = script.runInThisContext() as (...of: readonly unknown[]) => void;
  run(module.exports, createRequire(file), module, file, dirname(file));
  const served = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    keep: () => {
      if (kept === undefined || served) return;
      try {
        write(kept, script.createCachedData());
      } catch {
        // Where nothing can be kept, the next run compiles again.
      }
    },
  };
}

/**
 * Tells apart which program it is (two installed ones do not take each other's place), which engine, and what the program
 * says: the engine itself compares nothing but the length, and files that packages install may have any age.
 */
function keptName(file: string, version: string, name: string): string {
  return `${name}.${hashOf(file)}-${process.version}-${process.arch}-${version}.bin`;
}

/** Tells texts apart that nobody made to look alike (cyrb53). To load what is better at it would take longer than a check may. */
function hashOf(text: string): string {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2_654_435_761);
    two = Math.imul(two ^ code, 1_597_334_677);
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(two ^ (two >>> 13), 3_266_489_909);
  two = Math.imul(two ^ (two >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
  return [two, one].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** A file with what makes a function of it, read to where it is wanted. */
function wrapped(file: string): Buffer {
  const opened = openSync(file, 'r');
  try {
    const { size } = fstatSync(opened);
    const all = Buffer.allocUnsafe(HEAD.length + size + FOOT.length);
    HEAD.copy(all);
    const end = HEAD.length + readSync(opened, all, HEAD.length, size, 0);
    FOOT.copy(all, end);
    return all.subarray(0, end + FOOT.length);
  } finally {
    closeSync(opened);
  }
}

/** Compiled code is run: it counts only where nobody else can have written it. */
function ownFile(path: string): Buffer | undefined {
  try {
    if (!isOwn(statSync(dirname(path)))) return undefined;
    const opened = openSync(path, 'r');
    try {
      return isOwn(fstatSync(opened)) ? readFileSync(opened) : undefined;
    } finally {
      closeSync(opened);
    }
  } catch {
    // There is none yet.
    return undefined;
  }
}

function isOwn({ uid, mode }: Stats): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** Writes nothing in a folder where somebody else may have laid a link, or would not let it be read again. */
function write(path: string, code: Buffer): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isOwn(statSync(folder))) return;
  const draft = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(draft, code, { mode: 0o600, flag: 'wx' });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  for (const one of stale(path)) rmSync(join(folder, one), { force: true });
}

/** What an older version of the same program left, what other programs left that is too much, and drafts nobody finished. */
function stale(path: string): readonly string[] {
  const folder = dirname(path);
  const own = basename(path);
  const name = own.slice(0, own.indexOf('.') + 1);
  const program = own.slice(0, own.lastIndexOf('-') + 1);
  const others = readdirSync(folder)
    .filter((one) => one.startsWith(name) && one !== own)
    .map((one) => ({ one, age: Date.now() - statSync(join(folder, one)).mtimeMs }))
    .sort((a, b) => a.age - b.age);
  const [codes, drafts] = [others.filter(isCode), others.filter((other) => !isCode(other))];
  return [
    ...codes.filter(({ one }) => one.startsWith(program)),
    ...codes.filter(({ one }) => !one.startsWith(program)).slice(MOST_KEPT - 1),
    ...drafts.filter(({ age }) => age > DRAFT_AGE),
  ].map(({ one }) => one);
}

function isCode({ one }: { readonly one: string }): boolean {
  return one.endsWith('.bin');
}
