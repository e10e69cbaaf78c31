import type { Span } from '../../core/rules/rule';

/** A word of a command that only a shell would understand. */
export interface ShellWord extends Span {
  readonly text: string;
  /** `argument`: handed to the program as it is. `program`: looked for as a program. `value`: not replaced by anything. */
  readonly as: 'argument' | 'program' | 'value';
}

/** Words that stand for a shell, of which the words behind are its business. */
const SHELL = /(?:^|\/)(?:ba|da|a|z|k)?sh$/;
const OPERATOR =
  /^(?:\|\|?|&&?|;;?|\d?>{1,2}|<{1,3}|&>{1,2}|\d?[<>]&\d?-?|\d?>{1,2}&\d|\d?>{1,2}[^\s=].*|&>{1,2}\S.*)$/;
const SHELL_WORD =
  /^(?:if|for|while|until|case|function|cd|source|export|exit|set|eval|exec|then|do|\[\[|!|\.|\(|\{)$/;

/** Of a command in double quotes, those written with a backslash are its own. */
const WORD = /(?:'[^']*'|"[^"]*"|\\"(?:[^"\\]|\\[^"])*\\"|\\.|[^\s'"\\])+/g;

/**
 * What in a command would need a shell; keepalived starts the program itself. Quotes keep what they hold together.
 * @param text the command, without the quotes around it
 * @param start where it stands
 */
export function shellSyntax(text: string, start: number): ShellWord | undefined {
  const words = [...text.matchAll(WORD)].map((match) => ({
    text: match[0],
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
  const [first, ...rest] = words;
  if (first === undefined || SHELL.test(first.text)) return undefined;
  if (/^(?:\S*\/)?env$/.test(first.text) && rest.some((word) => SHELL.test(word.text))) return undefined;
  // A program that starts a shell with a command, as timeout does.
  if (rest.some((word, at) => SHELL.test(word.text) && /^-\w*c\w*$/.test(rest[at + 1]?.text ?? '')))
    return undefined;
  if (/^[A-Za-z_]\w*=/.test(first.text) || SHELL_WORD.test(first.text) || /[|;&<>]|\$\(|`/.test(first.text))
    return { ...first, as: 'program' };
  for (const word of rest) {
    if (OPERATOR.test(word.text) || /[^\\];$/.test(word.text)) return { ...word, as: 'argument' };
    if (/^[^'\\]*(?:\$\(|`)/.test(word.text)) return { ...word, as: 'value' };
  }
  return undefined;
}
