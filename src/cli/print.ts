import { translate } from '../words/message';
import type { Message } from '../words/message';
import type { LabError } from '../lab/lab-error';
import type { CliContext, CliOutput } from './context';
import { asCalled } from './called-as';
import { renderError } from './render/error';
import { styleFor } from './render/style';
import type { Style } from './render/style';

/** What makes a terminal do something else than show a character; line ends, tabs and our own colors do not count. */
const CONTROL =
  /\u001b(?!\[(?:1|22?|3[1236]|39)m)|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]|\r(?!\n|$)/g;

/**
 * A text in which names, words and lines of somebody's files may stand, with control characters written as JSON does:
 * shown, they can neither move the cursor nor hide what follows, and JSON means what it meant.
 */
function harmless(text: string): string {
  return text.replace(CONTROL, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Writes a text and a line end; control characters in it are shown, not obeyed. */
export function printLine(output: CliOutput, text: string): void {
  output.write(`${harmless(text)}\n`);
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

/** How results are painted and in which language: colours where standard output is a terminal. */
export function stdoutStyle(context: CliContext): Style {
  return spoken(styleFor(context.stdout, context.env), context);
}

/** The same for what standard error is told. */
export function stderrStyle(context: CliContext): Style {
  return spoken(styleFor(context.stderr, context.env), context);
}

/** Writes an error of a lab, in the user's language, to standard error. */
export function tellLabError(context: CliContext, { said, advice }: LabError): void {
  printError(context, translate(said, context.l10n), translate(advice, context.l10n));
}

/** Writes an error with its remedy to standard error; commands in the remedy can be copied. */
export function printError(context: CliContext, message: string, remedy: string): void {
  printLine(context.stderr, renderError(message, asCalled(context, remedy), stderrStyle(context)));
}

/** Writes what a deed could cost to standard error, before it is done. */
export function tellStakes(context: CliContext): (sentences: readonly Message[]) => void {
  return (sentences) => {
    printLine(context.stderr, context.l10n.t('What could be lost:'));
    for (const sentence of sentences) printLine(context.stderr, `  - ${translate(sentence, context.l10n)}`);
  };
}
