import type { ProgramRunner } from '../../lab/verify/real-program';
import { localPrograms } from '../../lab/verify/local-program';
import { readVerdict, type Verdict } from '../../lab/verify/verdict';
import type { CliContext, GlobalOptions } from '../context';
import { printLine, stderrStyle } from '../print';
import type { LintFile } from './find-files';

/** Asks the real program about a file; undefined for languages that have none. */
export type Verifier = (file: LintFile) => Promise<Verdict | undefined>;

/** Makes the asking of real programs: those of the lab's image, or those installed here. */
export async function verifierFor(
  context: CliContext,
  options: GlobalOptions & { readonly verify?: 'image' | 'local' },
): Promise<Verifier> {
  const runner = options.verify === 'local' ? localPrograms() : await programsOfImage(context, options);
  return async ({ kind, path, text }) => {
    if (kind !== 'haproxy' && kind !== 'keepalived') return undefined;
    return readVerdict(await runner.judge(kind, text), path, text);
  };
}

async function programsOfImage(context: CliContext, options: GlobalOptions): Promise<ProgramRunner> {
  const labs = await context.labs(options);
  const dim = stderrStyle(context).dim;
  return labs.realPrograms({
    onProgress: ({ message }) => printLine(context.stderr, dim(`image: ${message}`)),
  });
}
