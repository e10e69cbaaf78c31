import { listed, translate } from '../../words/message';
import { LabError } from '../../lab/lab-error';
import { isRealProgram } from '../../lab/verify/real-program';
import type { ProgramRunner, RawVerdict, RealProgram } from '../../lab/verify/real-program';
import { localPrograms } from '../../lab/verify/local-program';
import { readVerdict, type Verdict } from '../../lab/verify/verdict';
import type { CliContext, GlobalOptions } from '../context';
import { printLine, stderrStyle } from '../print';
import type { LintFile } from './find-files';

/** Asks the real program about a file; undefined for languages that have none. */
export type Verifier = (file: LintFile) => Promise<Verdict | undefined>;

export interface VerifierOptions extends GlobalOptions {
  readonly verify?: 'image' | 'local';
  readonly allowCode?: boolean;
}

/** Makes the asking of real programs: those of the lab's image, or those installed here. */
export async function verifierFor(context: CliContext, options: VerifierOptions): Promise<Verifier> {
  const runner =
    options.verify === 'local'
      ? localPrograms({ allowCode: options.allowCode === true })
      : await programsOfImage(context, options);
  return async ({ kind, path, text }) => {
    if (!isRealProgram(kind)) return undefined;
    return readVerdict(await judge(runner, kind, { path, text }), path, text);
  };
}

/** Several files may be asked about, so a refusal names the one. */
async function judge(
  runner: ProgramRunner,
  program: RealProgram,
  { path, text }: Pick<LintFile, 'path' | 'text'>,
): Promise<RawVerdict> {
  try {
    return await runner.judge(program, text);
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'runs-code') throw error;
    throw new LabError(error.code, listed([path, error.said], ': '), error.advice, { cause: error });
  }
}

async function programsOfImage(context: CliContext, options: GlobalOptions): Promise<ProgramRunner> {
  const labs = await context.labs(options);
  const dim = stderrStyle(context).dim;
  return labs.realPrograms({
    onProgress: ({ message }) => printLine(context.stderr, dim(`image: ${translate(message, context.l10n)}`)),
  });
}
