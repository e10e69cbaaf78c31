import { InvalidArgumentError, Option } from 'commander';
import type { GlobalOptions } from './context';

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

export const nameOption = (): Option =>
  new Option('--name <lab>', 'which lab; may be left out while there is only one').argParser(labName);
export const jsonOption = (): Option => new Option('--json', 'print JSON for programs');
export const verboseOption = (): Option => new Option('-v, --verbose', 'print every line of the log');
