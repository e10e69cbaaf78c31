import { spawn } from 'node:child_process';
import type { Disposable } from './context';

/**
 * Runs a program on this process's own streams until it ends; a signal that we get is passed on, and ends it.
 * @returns its exit code, 128 more than the signal that ended it, as shells have it; undefined where there is no such program
 */
export async function runProgram(
  program: string,
  words: readonly string[],
  onInterrupt: (listener: () => void) => Disposable,
): Promise<number | undefined> {
  const child = spawn(program, [...words], { stdio: 'inherit' });
  const interrupt = onInterrupt(() => child.kill('SIGTERM'));
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ENOENT' ? resolve(undefined) : reject(error),
      );
      child.once('close', (code, signal) => resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : 15)));
    });
  } finally {
    interrupt.dispose();
  }
}
