import { say } from '../../words/message';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabError } from '../lab-error';
import { codeRunBy } from './runs-code';
import {
  checkArguments,
  FILE_NAMES,
  type ProgramRunner,
  type RawVerdict,
  type RealProgram,
} from './real-program';

/** A check of a file of some hundred lines takes milliseconds; host names that do not resolve take seconds. */
const TIMEOUT_MS = 30_000;
const MOST_OUTPUT = 4 * 1024 * 1024;

interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

export interface LocalPrograms {
  /** Path of each program; its bare name, looked up in PATH, where absent. */
  readonly binaries?: Readonly<Partial<Record<RealProgram, string>>>;
  /** Whether code that a file names (Lua, libraries) may run on this machine while it is checked. */
  readonly allowCode: boolean;
}

/** Runs a program installed on this machine. A file that would run code is refused with `runs-code`. */
export function localPrograms({ binaries = {}, allowCode }: LocalPrograms): ProgramRunner {
  return {
    async judge(program, text, signal): Promise<RawVerdict> {
      const binary = binaries[program] ?? program;
      if (!allowCode) refuseCode(program, text);
      const banner = await run(binary, ['-v'], signal);
      const folder = await mkdtemp(join(tmpdir(), 'gitlab-ha-verify-'));
      try {
        const file = join(folder, FILE_NAMES[program]);
        await writeFile(file, text, { mode: 0o600 });
        const ended = await run(binary, checkArguments(program, file), signal);
        const [first = ''] = banner.output.split('\n');
        return { program, banner: first, place: binary, ...ended };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

function refuseCode(program: RealProgram, text: string): void {
  const [first] = codeRunBy(program, text);
  if (first === undefined) return;
  throw new LabError(
    'runs-code',
    say(
      '"{0}" in line {1} would run code on this machine while {2} checks the file.',
      first.directive,
      first.line,
      program,
    ),
    say(
      'Let the program of the lab image judge it (--verify image), or add --allow-code when you trust the files.',
    ),
  );
}

function run(binary: string, parameters: readonly string[], signal: AbortSignal | undefined): Promise<Ended> {
  const options = {
    timeout: TIMEOUT_MS,
    maxBuffer: MOST_OUTPUT,
    ...(signal === undefined ? {} : { signal }),
  };
  return new Promise((resolve, reject) => {
    execFile(binary, [...parameters], options, (error, stdout, stderr) => {
      const output = stdout + stderr;
      if (error === null) resolve({ exitCode: 0, output });
      else if (typeof error.code === 'number') resolve({ exitCode: error.code, output });
      else reject(cannotRun(binary, error));
    });
  });
}

function cannotRun(binary: string, error: Error & { code?: string | number | undefined | null }): LabError {
  if (error.name === 'AbortError')
    return new LabError('cancelled', say('The check was cancelled.'), say('Start it again.'));
  const missing = error.code === 'ENOENT';
  return new LabError(
    'no-program',
    missing ? say('There is no program {0}.', binary) : say('{0} cannot be run: {1}', binary, error.message),
    say('Install it or name its path; without one the program in the image of the lab is used.'),
    { cause: error },
  );
}
