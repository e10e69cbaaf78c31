import type { Argument, Command, Option } from 'commander';

/** What a word may become, and what to say of it. */
export interface Candidate {
  readonly value: string;
  readonly about: string;
}

/** What was said before the word that is completed, by the names of options' values and arguments: `{ lab: 'sample' }`. */
export type Given = Readonly<Record<string, string>>;

/** What the word under the cursor is to be. */
export type Wanted =
  | { readonly kind: 'words'; readonly words: readonly Candidate[] }
  /** A value that only the world knows: `of` is the name of the argument or of the option's value, such as `node`. */
  | { readonly kind: 'value'; readonly of: string; readonly given: Given }
  | { readonly kind: 'nothing' };

export interface WantedWord {
  readonly wanted: Wanted;
  /** What stands before the value in the same word, such as `--name=`. */
  readonly prefix: string;
  /** What is there of the value. */
  readonly begun: string;
}

const NOTHING: Wanted = { kind: 'nothing' };
/** From this argument on the words are those of a program on a node. */
const FOREIGN = 'command';
/** Values that are lists with commas: the last of them is completed. */
const LISTS: ReadonlySet<string> = new Set(['layers']);

/** A command line as far as it is written. */
interface Line {
  readonly command: Command;
  readonly operands: readonly string[];
  readonly given: Given;
  /** An option that still waits for its value. */
  readonly pending: Option | undefined;
  /** True after `--`. */
  readonly literal: boolean;
}

/**
 * What may stand at the end of a command line. Pure: it asks the grammar only.
 * @param words those after the program's name; the last is the one that is completed, and may be empty
 */
export function wantedWord(program: Command, words: readonly string[]): WantedWord {
  const { wanted, prefix, begun } = wantedValue(program, words);
  const comma = begun.lastIndexOf(',') + 1;
  if (comma === 0 || wanted.kind !== 'value' || !LISTS.has(wanted.of)) return { wanted, prefix, begun };
  return { wanted, prefix: prefix + begun.slice(0, comma), begun: begun.slice(comma) };
}

function wantedValue(program: Command, words: readonly string[]): WantedWord {
  // bash takes `--name=x` for three words.
  const parts = words.filter((word, at) => !(word === '=' && at > 0 && words[at - 1]?.startsWith('--')));
  const current = words.at(-1) === '=' ? '' : (words.at(-1) ?? '');
  const before = words.at(-1) === '=' ? parts : parts.slice(0, -1);
  const line = before.reduce(take, {
    command: program,
    operands: [],
    given: {},
    pending: undefined,
    literal: false,
  });
  const { command, given, pending, literal } = line;
  if (pending !== undefined) return plain(valueOf(pending, valueName(pending), given), current);
  const assigned = /^(--[^=]+=)(.*)$/s.exec(current);
  if (assigned !== null && !literal) {
    const [, prefix = '', begun = ''] = assigned;
    const option = optionOf(command, prefix.slice(0, -1));
    const wanted = option === undefined ? NOTHING : valueOf(option, valueName(option), given);
    return { wanted, prefix, begun };
  }
  if (current.startsWith('-') && !literal && !isForeign(line)) return plain(optionsOf(command), current);
  return plain(operandOf(line), current);
}

function plain(wanted: Wanted, begun: string): WantedWord {
  return { wanted, prefix: '', begun };
}

/** Takes one whole word in. */
function take(line: Line, word: string): Line {
  const { command, operands, given, pending, literal } = line;
  if (pending !== undefined) {
    return { ...line, pending: undefined, given: { ...given, [valueName(pending)]: word } };
  }
  if (word === '--' && !literal) return { ...line, literal: true };
  if (word.startsWith('-') && word.length > 1 && !literal && !isForeign(line)) {
    const [flag = '', value] = word.split(/=(.*)/s);
    const option = optionOf(command, flag);
    if (option === undefined || !option.required) return line;
    if (value === undefined) return { ...line, pending: option };
    return { ...line, given: { ...given, [valueName(option)]: value } };
  }
  const below = operands.length === 0 ? subcommand(command, word) : undefined;
  // `help` has the commands themselves below it.
  if (below?.name() === 'help') return { ...line, literal: true };
  if (below !== undefined) return { ...line, command: below };
  const name = argumentAt(command, operands.length)?.name();
  return {
    ...line,
    operands: [...operands, word],
    given: name === undefined ? given : { ...given, [name]: word },
  };
}

/** True once the words are those of a program on a node. */
function isForeign({ command, operands }: Line): boolean {
  const at = command.registeredArguments.findIndex((argument) => argument.name() === FOREIGN);
  return at !== -1 && operands.length > at;
}

function operandOf(line: Line): Wanted {
  const { command, operands, given } = line;
  if (command.commands.length > 0 && operands.length === 0) {
    const known = command.commands.filter((candidate) => !isHidden(candidate));
    return {
      kind: 'words',
      words: known.map((candidate) => ({ value: candidate.name(), about: candidate.summary() })),
    };
  }
  const argument = argumentAt(command, operands.length);
  return argument === undefined ? NOTHING : valueOf(argument, argument.name(), given);
}

function optionsOf(command: Command): Wanted {
  const own = command.options
    .filter((option) => !option.hidden)
    .map((option) => ({ value: option.long ?? option.short ?? '', about: option.description }));
  return {
    kind: 'words',
    words: [...own, { value: '--help', about: helpAbout(command) }],
  };
}

/** What the help option says of itself, in the user's language. */
function helpAbout(command: Command): string {
  const shown = command.createHelp().visibleOptions(command);
  return shown.find(({ long }) => long === '--help')?.description ?? '';
}

function valueOf({ argChoices }: Option | Argument, name: string, given: Given): Wanted {
  if (argChoices !== undefined) {
    return { kind: 'words', words: argChoices.map((value) => ({ value, about: '' })) };
  }
  return name === FOREIGN ? NOTHING : { kind: 'value', of: name, given };
}

/** What an option calls its value: `lab` of `--name <lab>`. */
function valueName({ flags }: Option): string {
  return /[<[]([^\]>.]+)/.exec(flags)?.[1] ?? '';
}

function optionOf(command: Command, flag: string): Option | undefined {
  return command.options.find(({ long, short }) => flag === long || flag === short);
}

function subcommand(command: Command, word: string): Command | undefined {
  return command.commands.find((candidate) => candidate.name() === word);
}

/** The last argument goes on for ever when it is variadic. */
function argumentAt(command: Command, at: number): Argument | undefined {
  const last = command.registeredArguments.at(-1);
  return command.registeredArguments[at] ?? (last?.variadic === true ? last : undefined);
}

/** Commands for programs begin with an underscore. */
function isHidden(command: Command): boolean {
  return command.name().startsWith('_');
}
