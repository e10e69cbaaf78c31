/** What the real Keepalived says of many files: run in batches where no network can be reached. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeepalivedProgram } from '../../agreement/keepalived-packages';
import { keyOf, openCache, type Judgement } from '../haproxy/judge';
import type { Case } from './base';

const BATCH = 300;
const AT_ONCE = 2;

/**
 * One namespace for a batch: an interface of the name the files use, then one run after the other. Each run is a session of
 * its own, as older releases end their whole group.
 */
const LOOP = `ip link set lo up; ip link add eth0 type bridge && ip addr add 10.0.0.11/24 dev eth0 && ip link set eth0 up
n=$2; while [ $n -lt $3 ]; do
  timeout 3 setsid -w chroot "$1" /usr/sbin/keepalived -t -f /sweep/$n.conf > "$1/sweep/$n.out" 2>&1; echo $? > "$1/sweep/$n.rc"; n=$((n+1))
done`;

/** Judges all cases that are not kept from an earlier run, in their order; tells how far it got. */
export async function judgeAll(
  { root, version }: KeepalivedProgram,
  cases: readonly Case[],
  cacheFolder: string,
  progress: (done: number, all: number) => void,
): Promise<(Judgement | undefined)[]> {
  const cache = openCache(join(cacheFolder, `${version}.ndjson`), version);
  const missing = cases.filter(({ text }) => !cache.known.has(keyOf(text)));
  const folder = join(root, 'sweep');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  missing.forEach(({ text }, at) => {
    writeFileSync(join(folder, `${at}.conf`), text);
  });
  const starts = Array.from({ length: Math.ceil(missing.length / BATCH) }, (_, at) => at * BATCH);
  let done = 0;
  const work = async (): Promise<void> => {
    for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
      const batch = missing.slice(start, start + BATCH);
      const [from, to] = [String(start), String(start + batch.length)];
      await ended('unshare', ['-n', 'sh', '-c', LOOP, 'sh', root, from, to]);
      batch.forEach(({ text }, at) => {
        const read = (ending: string): string =>
          readFileSync(join(folder, `${start + at}.${ending}`), 'utf8').trim();
        cache.add(keyOf(text), { exit: Number(read('rc')), messages: read('out').split('\n') });
      });
      done += batch.length;
      progress(done, missing.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return cases.map(({ text }) => cache.known.get(keyOf(text)));
}

function ended(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', () => {
      resolve();
    });
  });
}
