import { translate } from '../words/message';
import type { Message } from '../words/message';
import { CommanderError } from 'commander';
import { LabError } from '../lab/lab-error';
import { TransportError } from '../transport/transport';
import { sortFindings } from '../presentation/notes';
import { recordingsText } from '../presentation/recordings-text';
import { CliError } from './cli-error';
import type { CliContext } from './context';
import { EXIT, exitCodeOf } from './exit-code';
import { isSystemError, whyRefused } from './files/refusal';
import { printError, tellLabError, printLine, stderrStyle } from './print';
import { buildProgram } from './program';
import { findingsSummary, renderAllFindings, renderDeployFindings } from './render/findings';
import type { Localizer } from '../presentation/words/localizer';

/** Commands whose exit code is that of a program on a node. */
const PASSING_ON = new Set(['exec', 'shell']);

/** An error nobody foresaw: what the system refused with its reason, else a defect with its stack. */
export function unforeseenText(error: unknown, l10n: Localizer): string {
  if (isSystemError(error)) return `${error.path ?? error.syscall}: ${whyRefused(error, l10n)}`;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${text}\n  → ${l10n.t('This is a defect of gitlab-ha: please report it with the lines above.')}`;
}

function reportLabError(context: CliContext, error: LabError, verbose: boolean): number {
  const { findings } = error.details;
  if (findings !== undefined && findings.length > 0) {
    const render = verbose ? renderAllFindings : renderDeployFindings;
    printLine(context.stderr, render(findings, stderrStyle(context)));
    printLine(context.stderr, findingsSummary(sortFindings(findings).grave, context.l10n));
    // The message would say them a second time.
    printError(
      context,
      context.l10n.t('The workspace has errors, so nothing was deployed.'),
      context.l10n.t('Mend them and try again.'),
    );
    return exitCodeOf(error.code);
  }
  tellLabError(context, error);
  const { atStake } = error.details;
  if (atStake) tellAtStake(context, atStake);
  tellFate(context, error);
  return exitCodeOf(error.code);
}

/** What became of a new lab that did not become whole, where that is not what was to be expected. */
function tellFate(context: CliContext, error: LabError): void {
  const { l10n } = context;
  const { newLab } = error.details;
  const tell = (text: string): void => printLine(context.stderr, stderrStyle(context).dim(`  ${text}`));
  if (newLab === 'left') {
    tell(l10n.t('The lab stays as it is, see gitlab-ha status and logs; gitlab-ha down removes it.'));
  } else if (newLab === 'removed' && error.code === 'not-healthy') {
    tell(l10n.t('Everything of it was removed again; gitlab-ha up --keep-failed leaves it, for its logs.'));
  }
  const seen = recordingsText(error.details.recordings, l10n);
  if (seen !== undefined) tell(seen);
}

/** What a refused deed could cost, and how to insist on it. */
function tellAtStake(context: CliContext, atStake: readonly Message[]): void {
  for (const sentence of atStake) printLine(context.stderr, `  - ${translate(sentence, context.l10n)}`);
  printLine(
    context.stderr,
    stderrStyle(context).dim(`  ${context.l10n.t('--anyway does it all the same.')}`),
  );
}

function transportRemedy(error: TransportError, l10n: Localizer): string {
  switch (error.reason) {
    case 'not-running':
      return l10n.t('See `gitlab-ha status`; `gitlab-ha up` starts stopped nodes again.');
    case 'unreachable':
    case 'lost':
      return l10n.t('Check Docker with `gitlab-ha doctor`, then try again.');
    case 'refused':
      return l10n.t('Is it installed and running there? Look with `gitlab-ha shell {0}`.', error.node);
    case 'aborted':
      return '';
  }
}

function report(context: CliContext, error: unknown, verbose: boolean): number {
  if (error instanceof LabError) return reportLabError(context, error, verbose);
  if (error instanceof CliError) {
    printError(context, error.message, error.remedy);
    return error.exitCode;
  }
  if (error instanceof TransportError) {
    printError(context, translate(error.said, context.l10n), transportRemedy(error, context.l10n));
    return error.reason === 'aborted' ? EXIT.cancelled : EXIT.failed;
  }
  printLine(
    context.stderr,
    `${stderrStyle(context).red(context.l10n.t('error:'))} ${unforeseenText(error, context.l10n)}`,
  );
  return EXIT.failed;
}

/**
 * Runs one command line.
 * @param argv arguments without the program's own two
 * @returns the exit code; every failure has been printed
 */
export async function runCli(context: CliContext, argv: readonly string[], version: string): Promise<number> {
  const parsed = buildProgram(context, version);
  try {
    parsed.program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  const chosen = parsed.action();
  if (chosen === undefined) return EXIT.ok;
  try {
    return await chosen();
  } catch (error) {
    const code = report(context, error, parsed.verbose());
    const passesOn = PASSING_ON.has(parsed.program.args[0] ?? '');
    return passesOn && code !== EXIT.usage && code !== EXIT.cancelled ? EXIT.execFailed : code;
  }
}
