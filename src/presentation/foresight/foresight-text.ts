import type { Localizer } from '../words/localizer';
import type { Foresight, ForeseenNodes } from './foresight';
import { grouped } from './grouped';
import { nodesText, programText } from './program-text';

/** One line of the text, and what it is, for those who colour. */
export interface ForesightLine {
  readonly kind: 'heading' | 'text' | 'file' | 'added' | 'removed' | 'context';
  readonly text: string;
}

/** Where the sign of a file's line stands, also that of a line that stays, which is a space. */
export const SIGN_COLUMN = 4;
const INDENT = ' '.repeat(SIGN_COLUMN);
/** Lines of a diff that are shown of one file. */
const SHOWN_LINES = 40;

type ForeseenFile = ForeseenNodes['files'][number];

/** A file that changes in the same way on several nodes; around the change each may say something of its own. */
interface SameFile extends ForeseenFile {
  readonly nodes: readonly string[];
}

/** Per program all the reasons, for nodes to which the same happens together; then the lines of the files that change. */
export function foresightDetails(
  { groups }: Pick<Foresight, 'groups'>,
  l10n: Localizer,
): readonly ForesightLine[] {
  return [
    ...samePrograms(groups).flatMap((group) => programLines(group, l10n)),
    ...sameFiles(groups).flatMap((file) => fileLines(file, l10n)),
  ];
}

/** Nodes that only differ in files are one. */
function samePrograms(groups: readonly ForeseenNodes[]): readonly Omit<ForeseenNodes, 'files'>[] {
  return grouped(groups, ({ programs }) => JSON.stringify(programs)).map(([, same]) => ({
    nodes: same.flatMap(({ nodes }) => nodes),
    programs: same[0]?.programs ?? [],
  }));
}

function sameFiles(groups: readonly ForeseenNodes[]): readonly SameFile[] {
  const files = groups
    .flatMap(({ nodes, files: own }) => own.map((file): SameFile => ({ ...file, nodes })))
    .sort((one, other) => one.path.localeCompare(other.path));
  const changeOf = ({ path, lines }: SameFile): string =>
    JSON.stringify([path, lines.filter(({ sign }) => sign !== ' ')]);
  return grouped(files, changeOf).flatMap(([, same]) => {
    const [first] = same;
    return first ? [{ ...first, nodes: same.flatMap(({ nodes }) => nodes) }] : [];
  });
}

function programLines(
  { nodes, programs }: Omit<ForeseenNodes, 'files'>,
  l10n: Localizer,
): readonly ForesightLine[] {
  const said =
    programs.length > 0
      ? programs.map((program) => programText(program, l10n, Infinity))
      : [l10n.t('no running program reads what changes')];
  return [
    { kind: 'heading', text: nodesText(nodes, l10n) },
    ...said.map((text): ForesightLine => ({ kind: 'text', text: `  ${text}` })),
    { kind: 'text', text: '' },
  ];
}

function fileLines({ path, nodes, lines }: SameFile, l10n: Localizer): readonly ForesightLine[] {
  const hidden = lines.length - SHOWN_LINES;
  return [
    { kind: 'file', text: `  ${path} (${nodesText(nodes, l10n)})` },
    ...lines.slice(0, SHOWN_LINES).map(({ sign, text }): ForesightLine => ({
      kind: sign === '+' ? 'added' : sign === '-' ? 'removed' : 'context',
      text: `${INDENT}${sign} ${text}`,
    })),
    ...(hidden > 0 ? [{ kind: 'text' as const, text: `      ${l10n.t('… {0} more lines', hidden)}` }] : []),
    { kind: 'text', text: '' },
  ];
}
