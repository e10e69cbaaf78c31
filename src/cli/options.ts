import { Argument, InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { isLayerId, LAYERS } from '../cluster/layer';
import type { LayerId } from '../cluster/layer';
import { CliError } from './cli-error';
import type { GlobalOptions } from './context';
import { EXIT } from './exit-code';
import type { Localizer } from '../presentation/words/localizer';

/** Runs a command once its module is loaded; the number is the exit code. */
export type Action = () => Promise<number>;

/** Notes what the parsed command line asks for. */
export type Register = (action: Action) => void;

/** The options before the command. */
export type Globals = () => GlobalOptions;

/** Reads a whole number, not negative, in digits. @param least what it must not be below @throws InvalidArgumentError */
export function positiveInteger(l10n: Localizer, least = 0): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(
      least === 0 ? l10n.t('a whole number, not negative') : l10n.t('a whole number from {0} on', least),
    );
  };
}

/** Reads the name of a lab. @throws InvalidArgumentError */
export function labName(l10n: Localizer): (text: string) => string {
  return (text) => {
    if (/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(text)) return text;
    throw new InvalidArgumentError(l10n.t('lower-case letters, digits and dashes, at most 32'));
  };
}

/** Reads names of layers, by commas. @throws InvalidArgumentError */
export function layerNames(l10n: Localizer): (text: string) => readonly LayerId[] {
  return (text) => {
    const words = text.split(',').map((word) => word.trim());
    const ids = LAYERS.map(({ id }) => id).filter((id) => words.includes(id));
    if (words.every(isLayerId)) return ids;
    throw new InvalidArgumentError(
      l10n.t('layers by commas, of: {0}', LAYERS.map(({ id }) => id).join(', ')),
    );
  };
}

/** What `--name` says. */
export interface LabOption {
  readonly name?: string;
}

/** Lets a command take its lab as its last argument or with `--name`: both say the same. */
export function takesLab(command: Command, l10n: Localizer): Command {
  return command
    .argument(
      '[lab]',
      l10n.t('which lab, as with --name; may be left out while there is only one'),
      labName(l10n),
    )
    .addOption(nameOption(l10n));
}

/**
 * The options with the lab that the argument names.
 * @throws CliError (usage) when the argument and `--name` name two labs
 */
export function withLab<O extends LabOption>(l10n: Localizer, lab: string | undefined, options: O): O {
  if (lab === undefined) return options;
  if (options.name !== undefined && options.name !== lab) {
    throw new CliError(
      EXIT.usage,
      l10n.t('Two labs are named: {0} and {1}.', lab, options.name),
      l10n.t('Name one of them.'),
    );
  }
  return { ...options, name: lab };
}

/** The folder of a cluster's files. @param what it is for, and what counts when it is left out */
export function workspaceArgument(what: string): Argument {
  return new Argument('[workspace]', what);
}

/** The same for commands that change the files there. */
export function ownWorkspaceArgument(l10n: Localizer): Argument {
  return workspaceArgument(l10n.t('folder with cluster.yaml; the current folder'));
}

/** The same for commands that deploy it. */
export function deployedWorkspaceArgument(l10n: Localizer): Argument {
  return workspaceArgument(l10n.t('folder with cluster.yaml; the current folder, else the sample'));
}

export const dockerHostOption = (l10n: Localizer): Option =>
  new Option(
    '--docker-host <endpoint>',
    l10n.t('Docker endpoint; otherwise DOCKER_HOST, the Docker context, known sockets'),
  );
export const nameOption = (l10n: Localizer): Option =>
  new Option('--name <lab>', l10n.t('which lab; may be left out while there is only one')).argParser(
    labName(l10n),
  );
export const jsonOption = (l10n: Localizer): Option =>
  new Option('--json', l10n.t('print JSON for programs'));
export const verboseOption = (l10n: Localizer): Option =>
  new Option('-v, --verbose', l10n.t('print every line of the log'));
