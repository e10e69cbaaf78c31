/** Small helpers around child processes. Only Node's own modules: this runs before `npm ci`. */
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A step of the set-up that cannot go on; the message says what to do. */
export class SetupError extends Error {}

export function say(text) {
  console.log(`» ${text}`);
}

/**
 * Runs a program and shows its output.
 * @param options spawn's, and `limitMs`: ends the program when it takes longer; `onOutput`: takes its output, piece by
 *   piece, instead of showing it
 * @returns its exit code; 124 when it took too long, 130 when a signal ended it
 */
export function run(command, args, { limitMs, onOutput, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = onOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { cwd: root, stdio, ...options });
    for (const output of onOutput ? [child.stdout, child.stderr] : []) output.on('data', onOutput);
    let late = false;
    const end = (signal) => {
      late = true;
      child.kill(signal);
    };
    const timers = limitMs
      ? [setTimeout(end, limitMs, 'SIGTERM'), setTimeout(end, limitMs + 15_000, 'SIGKILL')]
      : [];
    child.once('error', reject);
    child.once('close', (code, signal) => {
      timers.forEach(clearTimeout);
      resolve(late ? 124 : signal ? 130 : code);
    });
  });
}

/** Runs a program; failing is an error that carries the remedy. */
export async function must(command, args, remedy, options = {}) {
  const code = await run(command, args, options);
  if (code !== 0) {
    throw new SetupError(`\`${[command, ...args].join(' ')}\` ended with exit code ${code}. ${remedy}`);
  }
}

/** Runs a program silently. @returns { ok, output } */
export function quietly(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  return { ok: result.status === 0, output: `${result.stdout ?? ''}${result.stderr ?? ''}` };
}

export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Runs a script's main function: a SetupError is a message, anything else a stack. */
export async function main(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    console.error(error instanceof SetupError ? `error: ${error.message}` : error);
    process.exitCode = 1;
  }
}
