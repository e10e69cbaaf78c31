import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { CliError } from './cli-error';
import type { GlobalOptions } from './context';
import { EXIT } from './exit-code';

/** Runs a command once its module is loaded; the number is the exit code. */
export type Action = () => Promise<number>;

/** Notes what the parsed command line asks for. */
export type Register = (action: Action) => void;

/** The options before the command. */
export type Globals = () => GlobalOptions;

/** A whole number, not negative. @throws InvalidArgumentError */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number, not negative');
  return value;
}

/** The name of a lab. @throws InvalidArgumentError */
export function labName(text: string): string {
  if (!/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(text)) {
    throw new InvalidArgumentError('lower-case letters, digits and dashes, at most 32');
  }
  return text;
}

/** What `--name` says. */
export interface LabOption {
  readonly name?: string;
}

/** Lets a command take its lab as its last argument or with `--name`: both say the same. */
export function takesLab(command: Command): Command {
  return command
    .argument('[lab]', 'which lab, as with --name; may be left out while there is only one', labName)
    .addOption(nameOption());
}

/**
 * The options with the lab that the argument names.
 * @throws CliError (usage) when the argument and `--name` name two labs
 */
export function withLab<O extends LabOption>(lab: string | undefined, options: O): O {
  if (lab === undefined) return options;
  if (options.name !== undefined && options.name !== lab) {
    throw new CliError(EXIT.usage, `Two labs are named: ${lab} and ${options.name}.`, 'Name one of them.');
  }
  return { ...options, name: lab };
}

export const dockerHostOption = (): Option =>
  new Option(
    '--docker-host <endpoint>',
    'Docker endpoint; otherwise DOCKER_HOST, the Docker context, known sockets',
  );
export const nameOption = (): Option =>
  new Option('--name <lab>', 'which lab; may be left out while there is only one').argParser(labName);
export const jsonOption = (): Option => new Option('--json', 'print JSON for programs');
export const verboseOption = (): Option => new Option('-v, --verbose', 'print every line of the log');
