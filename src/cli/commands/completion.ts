import type { Command } from 'commander';
import type { CliContext, GlobalOptions } from '../context';
import { completionScript } from '../completion/scripts';
import type { Shell } from '../completion/scripts';
import { valuesOf } from '../completion/values';
import type { Values } from '../completion/values';
import { wantedWord } from '../completion/wanted';
import type { Candidate, WantedWord } from '../completion/wanted';
import { EXIT } from '../exit-code';

/** People do not wait longer for a completion. */
const PATIENCE_MS = 2_000;

/** `gitlab-ha completion bash|zsh|fish`: the script that the shell reads. */
export function completion(context: CliContext, shell: Shell): number {
  context.stdout.write(completionScript(shell));
  return EXIT.ok;
}

/**
 * What the scripts ask for: the values that the last word may become, a line each.
 * @param words those after the program's name
 */
export async function complete(
  context: CliContext,
  program: Command,
  words: readonly string[],
  options: GlobalOptions,
): Promise<number> {
  const word = wantedWord(program, words);
  const values = await valuesFor(context, word, options);
  const lines = typeof values === 'string' ? [`:${values}`] : values.flatMap((value) => line(value, word));
  context.stdout.write(lines.map((text) => `${text}\n`).join(''));
  return EXIT.ok;
}

async function valuesFor(
  context: CliContext,
  { wanted }: WantedWord,
  options: GlobalOptions,
): Promise<Values> {
  if (wanted.kind === 'nothing') return [];
  if (wanted.kind === 'words') return wanted.words;
  const { endpoint } = wanted.given;
  const engine = endpoint === undefined ? options : { ...options, dockerHost: endpoint };
  return valuesOf(wanted.of, wanted.given, {
    labs: () => context.labs(engine),
    inTime: (work) => inTime(context, work),
  });
}

function line({ value, about }: Candidate, { prefix, begun }: WantedWord): readonly string[] {
  if (!value.startsWith(begun)) return [];
  return [about === '' ? `${prefix}${value}` : `${prefix}${value}\t${about}`];
}

function inTime<T>(context: CliContext, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = context.after(PATIENCE_MS, () => resolve(undefined));
    const end = (value: T | undefined): void => {
      timer.dispose();
      resolve(value);
    };
    work.then(end, () => end(undefined));
  });
}
