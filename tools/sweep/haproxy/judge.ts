/** What the real HAProxy says of many files: run in batches where no network can be reached, and kept by their text. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  appendFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Program } from '../../agreement/haproxy-packages';
import type { Case } from './base';

/** What HAProxy said of one file, named x.cfg in its messages. */
export interface Judgement {
  /** 0 accepted, 1 refused, 2 accepted without a listener; others are a crash or a hang, and no verdict. */
  readonly exit: number;
  readonly messages: readonly string[];
}

const BATCH = 400;
const AT_ONCE = 2;

/** One shell runs them one after the other: a process of ours for each file would cost more than HAProxy itself. */
const loop = (one: string): string => `n=0; while [ -f $n.cfg ]; do ${one}; echo $rc; n=$((n+1)); done`;

/**
 * How files are judged: by a check that looks no names up; or as a start does it, by a check that does and then the start itself. Who
 * still runs after two seconds has started.
 */
const LOOPS = {
  check: loop('timeout 10 "$@" -dr -c -f $n.cfg >/dev/null 2>$n.err; rc=$?'),
  start: `ip link set lo up; ${loop(
    'timeout 10 "$@" -c -f $n.cfg >/dev/null 2>$n.err; rc=$?; ' +
      'if [ $rc != 1 ]; then timeout -s KILL 2 "$@" -dr -db -f $n.cfg >/dev/null 2>$n.err; rc=$?; fi; ' +
      'if [ $rc = 137 ]; then rc=0; fi',
  )}`,
} as const;

export type Way = keyof typeof LOOPS;

/**
 * Judges all cases that are not kept from an earlier run; tells how far it got.
 * @returns a judgement for each case, with `onlyKept` none for those no earlier run has judged
 */
export async function judgeAll(
  program: Program,
  cases: readonly Case[],
  {
    cacheFolder,
    onlyKept = false,
    way = 'check',
  }: { readonly cacheFolder: string; readonly onlyKept?: boolean; readonly way?: Way },
  progress: (done: number, all: number) => void,
): Promise<(Judgement | undefined)[]> {
  const cache = openCache(
    join(cacheFolder, `${program.version}${way === 'check' ? '' : `-${way}`}.ndjson`),
    identityOf(program),
  );
  const missing = [...new Map(cases.map((one) => [keyOf(one.text), one.text]))].filter(
    ([key]) => !cache.known.has(key),
  );
  if (onlyKept) missing.length = 0;
  const batches = Array.from({ length: Math.ceil(missing.length / BATCH) }, (_, at) =>
    missing.slice(at * BATCH, (at + 1) * BATCH),
  );
  let done = 0;
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      const found = await judgeBatch(
        program,
        way,
        batch.map(([, text]) => text),
      );
      batch.forEach(([key], at) => {
        cache.add(key, found[at] ?? { exit: -1, messages: [] });
      });
      done += batch.length;
      progress(done, missing.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return cases.map(({ text }) => cache.known.get(keyOf(text)));
}

/** What a verdict is kept by. */
export function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** The exact release, as a later one may judge otherwise. */
function identityOf({ command }: Program): string {
  const [first = '', ...rest] = command;
  return spawnSync(first, [...rest, '-v'], { encoding: 'utf8' }).stdout.split('\n')[0] ?? '';
}

export interface Cache {
  readonly known: Map<string, Judgement>;
  add(key: string, judgement: Judgement): void;
}

/** Verdicts of this very release; those of another one are thrown away. */
export function openCache(path: string, identity: string): Cache {
  const known = new Map<string, Judgement>();
  mkdirSync(dirname(path), { recursive: true });
  const [head, ...lines] = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [''];
  if (head === identity) {
    for (const line of lines.filter((text) => text.endsWith(']'))) {
      const [key, exit, messages] = JSON.parse(line) as [string, number, string[]];
      known.set(key, { exit, messages });
    }
  } else writeFileSync(path, `${identity}\n`);
  return {
    known,
    add: (key, { exit, messages }) => {
      known.set(key, { exit, messages });
      appendFileSync(path, `${JSON.stringify([key, exit, messages])}\n`);
    },
  };
}

async function judgeBatch({ command }: Program, way: Way, texts: readonly string[]): Promise<Judgement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'haproxy-sweep-'));
  try {
    texts.forEach((text, at) => {
      writeFileSync(join(folder, `${at}.cfg`), text);
    });
    prepare(folder);
    // The namespace without a network is entered once, around the loop.
    const at = command.findIndex((word) => word.startsWith('/'));
    const [first = 'sh', ...before] = [
      ...command.slice(0, at),
      'sh',
      '-c',
      LOOPS[way],
      'sh',
      ...command.slice(at),
    ];
    const printed = await output(first, before, folder);
    const exits = printed.trim().split('\n').map(Number);
    return texts.map((_, number) => ({
      exit: exits[number] ?? -1,
      messages: messagesOf(join(folder, `${number}.err`), number),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files that generated configurations name. */
function prepare(folder: string): void {
  writeFileSync(join(folder, 'e503.http'), 'HTTP/1.0 503 Service Unavailable\r\nConnection: close\r\n\r\n');
  for (const name of ['x.map', 'x.acl']) writeFileSync(join(folder, name), '');
  const made = spawnSync(
    'openssl',
    'req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=x -keyout key.pem -out cert.pem'.split(' '),
    { cwd: folder, stdio: 'ignore', timeout: 30_000 },
  );
  if (made.status !== 0) throw new Error('openssl made no certificate; install openssl and run this again');
  const both = ['cert.pem', 'key.pem'].map((name) => readFileSync(join(folder, name), 'utf8')).join('');
  writeFileSync(join(folder, 'c.pem'), both);
}

function output(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, OPENSSL_CONF: '/dev/null' },
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.on('error', reject);
    child.on('close', () => {
      resolve(text);
    });
  });
}

function messagesOf(path: string, number: number): string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^\[(ALERT|WARNING)\]/.test(line) && !/Fatal errors found|Error\(s\) found/.test(line))
    .map((line) =>
      line
        .replace(/^(\[\w+\])\s+\(\d+\) : (config : )?/, '$1 ')
        .replaceAll(`${number}.cfg`, 'x.cfg')
        .slice(0, 400),
    );
}
