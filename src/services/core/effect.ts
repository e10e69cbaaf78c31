import { say } from '../../words/message';
import type { Message } from '../../words/message';
/**
 * What a running program needs to go by a changed setting, from gentle to hard: it reads the setting only at a later
 * occasion; it is told to read it; it is started anew on one node after the other; all nodes must change at once,
 * because programs with the old and with the new setting do not understand each other.
 */
export type Need = 'nothing' | 'reload' | 'restart' | 'together';

const HARDNESS: readonly Need[] = ['nothing', 'reload', 'restart', 'together'];

/** A file of a node as it is in force and as it is to be; undefined where it is not. */
export interface FileChange {
  /** Absolute path in the node. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What one program of a node needs because of one change. */
export interface ProgramNeed {
  /** The node's name for it: a runit service, or a program that the service's own one looks after. */
  readonly program: string;
  /** What people call it: a name, or words. */
  readonly title: string | Message;
  readonly need: Need;
  /** A clause: "max_connections changes from 400 to 300". */
  readonly because: Message;
  /** Services whose role (leader, master) leaves the node before the program is started anew there. */
  readonly handsOver?: readonly string[];
  /** True when the node that leads goes first, in place: its followers refuse the setting before it has it. */
  readonly leaderFirst?: true;
  /** Seconds without an acknowledged write that are to be expected, all nodes together. */
  readonly seconds: number;
}

/** What changes of files mean for a service: pure, and declared beside its renderer. */
export interface ServiceEffects {
  /** Folders and files that are the service's; a folder ends with a slash. */
  readonly owns: readonly string[];
  /**
   * What the programs of the service need on a node that runs it.
   * @param changes of all files of the node, those of others among them: scripts read common ones
   */
  readonly needs: (changes: readonly FileChange[]) => readonly ProgramNeed[];
  /** Programs that may say of themselves that they wait for their next start, by the node's name for them. */
  readonly waiting?: Readonly<Record<string, WaitingProgram>>;
}

/** A program that takes something over at its next start only. */
export interface WaitingProgram {
  readonly title: string;
  /** As in `ProgramNeed`. */
  readonly handsOver: readonly string[];
  /** What a person does on the node. */
  readonly remedy: string;
}

/** The hardest of several needs. */
export function hardest(needs: readonly Need[]): Need {
  return HARDNESS[Math.max(0, ...needs.map((need) => HARDNESS.indexOf(need)))] ?? 'nothing';
}

/** True when the path is one of these, or below one of these folders. */
export function isOwned(path: string, owns: readonly string[]): boolean {
  return owns.some((own) => (own.endsWith('/') ? path.startsWith(own) : path === own));
}

/** The change of one file; undefined when it stays as it is. */
export function changeOf(changes: readonly FileChange[], path: string): FileChange | undefined {
  return changes.find((change) => change.path === path);
}

/** A program that reads its files at its start only. */
export interface StartReader {
  /** As in `ProgramNeed`. */
  readonly program: string;
  readonly title: string;
  /** The folder of its files; ends with a slash. */
  readonly home: string;
  readonly files: readonly string[];
}

/** A file with the words of a command line. */
const OPTIONS = 'options';

/** What such a program needs when some of its files change; clients of the other nodes' go on meanwhile. */
export function restartsFor(
  changes: readonly FileChange[],
  { program, title, home, files }: StartReader,
): readonly ProgramNeed[] {
  return files
    .filter((name) => changeOf(changes, home + name))
    .map((name) => ({
      program,
      title,
      need: 'restart',
      because:
        name === OPTIONS ? say('options of {0} change', title) : say('{0} of {1} changes', name, title),
      seconds: 0,
    }));
}

/** A setting that changes, by its name in the file. */
export interface SettingChange {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What differs between two sets of settings, in the order of the new one; those that go come last. */
export function changedSettings(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly SettingChange[] {
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((change) => change.before !== change.after);
}

/** The same, by what people call it. */
export interface NamedChange extends Omit<SettingChange, 'name'> {
  readonly name: string | Message;
}

/** "max_connections changes from 400 to 300"; of long values only that they change. Not for values that may be secret. */
export function inWords({ name, before, after }: NamedChange): Message {
  if (before === undefined) return say('{0} is set to {1}', name, shown(after));
  if (after === undefined) return say('{0} is no longer set (was {1})', name, shown(before));
  if (isLong(before) || isLong(after)) return say('{0} changes', name);
  return say('{0} changes from {1} to {2}', name, before, after);
}

/** A sentence with two of these is still read. */
const LONGEST_VALUE = 32;

function isLong(value: string): boolean {
  return value.length > LONGEST_VALUE;
}

function shown(value = ''): string {
  return isLong(value) ? `${value.slice(0, LONGEST_VALUE)}…` : value;
}

/** Lines `name value…` or `name = value`, without comments and sections. Later ones of a name win. */
export function settingLines(text: string | undefined, separator: RegExp): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of (text ?? '').split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || /^[#;[]/.test(trimmed)) continue;
    const [name = '', ...rest] = trimmed.split(separator);
    settings.set(name, rest.join(' '));
  }
  return settings;
}

/** The leaves of nested data by their dotted paths; lists count as one value. */
export function leaves(value: unknown, prefix = ''): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new Map(value === undefined ? [] : [[prefix, asText(value)]]);
  }
  const parts = Object.entries(value).flatMap(([name, part]) => [
    ...leaves(part, prefix === '' ? name : `${prefix}.${name}`),
  ]);
  return new Map(parts);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What scripts of the node read of all services (lab.env). */
export const ENVIRONMENT_PATH = '/opt/gitlab/etc/lab.env';

/** Variables that scripts read, by what people call what they hold: nobody has written the variables. */
export type CalledVariables = Readonly<Record<string, string | Message>>;

/** Why a program is told of the common variables: those of the named ones that change, as clauses. */
export function changedVariables(
  changes: readonly FileChange[],
  called: CalledVariables,
): readonly Message[] {
  const change = changeOf(changes, ENVIRONMENT_PATH);
  if (!change) return [];
  const variables = (text: string | undefined): ReadonlyMap<string, string> =>
    new Map(
      [...settingLines(text, /=/)]
        .filter(([name]) => name in called)
        .map(([name, value]) => [name, unquoted(value)]),
    );
  return changedSettings(variables(change.before), variables(change.after)).map((variable) =>
    inWords({ ...variable, name: called[variable.name] ?? variable.name }),
  );
}

/** As Bash reads it. */
function unquoted(value: string): string {
  return value.replace(/^'(.*)'$/, '$1');
}
