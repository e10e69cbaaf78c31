import type { CliContext, CliOutput } from './context';
import { renderError } from './render/error';
import { styleFor } from './render/style';
import type { Style } from './render/style';

/** Writes a text and a line end. */
export function printLine(output: CliOutput, text: string): void {
  output.write(`${text}\n`);
}

/**
 * Columns a line of standard output may have: those of the terminal, else what COLUMNS says, else as many as it needs,
 * because programs read whole lines.
 */
export function outputWidth({ stdout, env }: CliContext): number {
  if (stdout.isTTY === true) return stdout.columns ?? 80;
  const said = Number(env['COLUMNS']);
  return Number.isInteger(said) && said > 0 ? said : Infinity;
}

function spoken(style: Style, { l10n }: CliContext): Style {
  return { ...style, l10n };
}

export function stdoutStyle(context: CliContext): Style {
  return spoken(styleFor(context.stdout, context.env), context);
}

export function stderrStyle(context: CliContext): Style {
  return spoken(styleFor(context.stderr, context.env), context);
}

/** Writes an error with its remedy to standard error. */
export function printError(context: CliContext, message: string, remedy: string): void {
  printLine(context.stderr, renderError(message, remedy, stderrStyle(context)));
}

/** Writes what a deed could cost to standard error, before it is done. */
export function tellStakes(context: CliContext): (sentences: readonly string[]) => void {
  return (sentences) => {
    printLine(context.stderr, context.l10n.t('What could be lost:'));
    for (const sentence of sentences) printLine(context.stderr, `  - ${sentence}`);
  };
}
