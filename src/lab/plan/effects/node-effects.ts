import { distinct, say } from '../../../words/message';
import type { Message } from '../../../words/message';
import { hardest, isServiceFile, programNeeds } from '../../../services/effects';
import type { FileChange, Need, ProgramNeed } from '../../../services/effects';
import { PATHS } from '../../render/paths';
import { fileChanges } from './file-changes';
import type { FileTexts, InForce } from './in-force';
import { lineDiff } from './line-diff';
import type { DiffLine } from './line-diff';

/** What a change does to one program of one node. */
export interface ProgramEffect {
  /** The node's name for it. */
  readonly program: string;
  readonly title: string | Message;
  readonly need: Need;
  /** Clauses: "max_connections changes from 400 to 300". */
  readonly because: readonly Message[];
  readonly handsOver: readonly string[];
  readonly leaderFirst: boolean;
  /** True when besides what goes to the leader first something goes to its followers first: it is started anew twice. */
  readonly raises?: boolean;
  /** Seconds without an acknowledged write that are to be expected, all nodes together. */
  readonly seconds: number;
}

/** A file that changes; what it says is masked where it is secret. */
export interface FileDiff {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly lines: readonly DiffLine[];
}

/** What a change of the files of one container does. Holds no secrets. */
export interface NodeEffects {
  readonly container: string;
  readonly node: string;
  readonly files: readonly FileDiff[];
  readonly programs: readonly ProgramEffect[];
  /** The hardest of all. */
  readonly need: Need;
}

/** Files that no running program keeps in mind: people, later starts and look-ups read them. */
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  PATHS.environment,
  PATHS.settings,
  PATHS.secrets,
  PATHS.gitlabRb,
  PATHS.probe,
  PATHS.hosts,
]);

/**
 * What a container's programs need when its files change. When an earlier change was cut short they may go by either
 * version, and need what each of them asks for. Pure.
 * @param mask takes secrets out of a text
 */
export function nodeEffects(
  of: { readonly container: string; readonly node: string },
  inForce: InForce,
  after: FileTexts,
  mask: (text: string) => string,
): NodeEffects {
  const versions = inForce.versions.map((before) => fileChanges(before, after));
  const programs = merged(
    versions.flatMap((changes) => [...namesNeed(changes), ...programNeeds(changes), ...unclaimed(changes)]),
  );
  return {
    ...of,
    files: (versions[0] ?? []).map((change) => diffOf(change, mask)),
    programs: programs.map((program) => ({
      ...program,
      because: program.because.map((why) => why.withTexts(mask)),
    })),
    need: hardest(programs.map(({ need }) => need)),
  };
}

/** Names come first: a program that is told to read its files again looks up what is in them. */
function namesNeed(changes: readonly FileChange[]): readonly ProgramNeed[] {
  if (!changes.some(({ path }) => path === PATHS.hosts)) return [];
  const because = say("the names of the lab's machines change");
  return [{ program: 'hosts', title: say('host names'), need: 'reload', because, seconds: 0 }];
}

/** What nobody says anything of is not changed under a running program. */
function unclaimed(changes: readonly FileChange[]): readonly ProgramNeed[] {
  return changes
    .filter(({ path }) => !FOR_PEOPLE.has(path) && !isServiceFile(path))
    .map(({ path }) => ({
      program: 'node',
      title: say('the node'),
      need: 'together' as const,
      because: say('{0} changes', path),
      seconds: 20,
    }));
}

function merged(needs: readonly ProgramNeed[]): readonly ProgramEffect[] {
  const programs = [...new Set(needs.map(({ program }) => program))];
  return programs.flatMap((program) => {
    const own = needs.filter((need) => need.program === program);
    const [first] = own;
    if (!first) return [];
    const need = hardest(own.map((one) => one.need));
    // What only needs less tells nothing of why this much is needed; it is told all the same, after the rest.
    const ordered = [...own.filter((one) => one.need === need), ...own.filter((one) => one.need !== need)];
    const decisive = own.filter((one) => one.need === need);
    const lowers = decisive.filter((one) => one.leaderFirst === true);
    const rest = decisive.filter((one) => one.leaderFirst !== true);
    return [
      {
        program,
        title: first.title,
        need,
        because: distinct(ordered.map(({ because }) => because)),
        handsOver: ['restart', 'together'].includes(need)
          ? [...new Set(decisive.flatMap(({ handsOver = [] }) => handsOver))]
          : [],
        leaderFirst: lowers.length > 0,
        ...(lowers.length > 0 && rest.length > 0 ? { raises: true } : {}),
        seconds: longest(lowers) + longest(rest),
      },
    ];
  });
}

function longest(needs: readonly ProgramNeed[]): number {
  return Math.max(0, ...needs.map(({ seconds }) => seconds));
}

function diffOf({ path, before, after }: FileChange, mask: (text: string) => string): FileDiff {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return {
    path,
    kind,
    lines: lineDiff(before, after).map(({ sign, text }) => ({ sign, text: mask(text) })),
  };
}

/** Of what a change does to a container, only which files change. */
export interface WithPaths {
  readonly files: readonly Pick<FileDiff, 'path'>[];
}

/** True when the names under which the machines know each other change with it: one comes, goes or is renamed. */
export function namesChange(effects: readonly WithPaths[]): boolean {
  return effects.some(({ files }) => files.some(({ path }) => path === PATHS.hosts));
}
