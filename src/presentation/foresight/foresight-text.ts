import { translate } from '../../words/message';
import type { Localizer } from '../words/localizer';
import type { EffectKind, Foresight, ForeseenNodes, ForeseenProgram } from './foresight';

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
/** Reasons that are told of one program. */
const SHOWN_REASONS = 3;

/** What a deployment does to a running lab: per node the programs and why, then the files; at the end what it costs. */
export function foresightLines(foresight: Foresight, l10n: Localizer): readonly ForesightLine[] {
  return [
    ...foresightNodes(foresight, l10n),
    ...foresightCost(foresight, l10n).map((text): ForesightLine => ({ kind: 'text', text })),
  ];
}

/** Per node the programs and why, then the files. */
export function foresightNodes({ groups }: Foresight, l10n: Localizer): readonly ForesightLine[] {
  return groups.flatMap((group) => groupLines(group, l10n));
}

/** In which order a running lab is changed, and what clients feel of it; nothing where nothing of it changes. */
export function foresightCost(foresight: Foresight, l10n: Localizer): readonly string[] {
  if (foresight.groups.length === 0 && !foresight.together) return [];
  return closingTexts(foresight, l10n);
}

/** The same in a few lines, without the files. */
export function foresightSummary(foresight: Foresight, l10n: Localizer): readonly string[] {
  return [
    ...foresight.groups.flatMap(({ nodes, programs }) =>
      programs.length === 0
        ? [l10n.t('{0}: files that no running program reads', nodes.join(', '))]
        : programs.map((program) => `${nodes.join(', ')}: ${programText(program, l10n)}`),
    ),
    ...closingTexts(foresight, l10n),
  ];
}

/** "reload", "restart" …, in the user's language. */
export function effectWord(kind: EffectKind, l10n: Localizer): string {
  switch (kind) {
    case 'nothing':
      return l10n.t('nothing');
    case 'reload':
      return l10n.t('reload');
    case 'restart':
      return l10n.t('restart');
    case 'failover':
      return l10n.t('restart after a switchover');
    case 'all at once':
      return l10n.t('restart on all nodes at once');
  }
}

function groupLines({ nodes, files, programs }: ForeseenNodes, l10n: Localizer): readonly ForesightLine[] {
  const said = programs.map((program) => `  ${programText(program, l10n)}`);
  return [
    { kind: 'heading', text: nodes.join(', ') },
    ...(said.length > 0 ? said : [`  ${l10n.t('no running program reads what changes')}`]).map(
      (text): ForesightLine => ({ kind: 'text', text }),
    ),
    ...files.flatMap(({ path, lines }): readonly ForesightLine[] => [
      { kind: 'file', text: `  ${path}` },
      ...lines.slice(0, SHOWN_LINES).map(({ sign, text }): ForesightLine => ({
        kind: sign === '+' ? 'added' : sign === '-' ? 'removed' : 'context',
        text: `${INDENT}${sign} ${text}`,
      })),
      ...(lines.length > SHOWN_LINES
        ? [{ kind: 'text' as const, text: `      ${l10n.t('… {0} more lines', lines.length - SHOWN_LINES)}` }]
        : []),
    ]),
    { kind: 'text', text: '' },
  ];
}

function programText({ title, kind, because }: ForeseenProgram, l10n: Localizer): string {
  const reasons = because
    .slice(0, SHOWN_REASONS)
    .map((reason) => translate(reason, l10n))
    .join('; ');
  const more = because.length - SHOWN_REASONS;
  const shown = more > 0 ? `${reasons}; ${l10n.t('and {0} more', more)}` : reasons;
  return l10n.t('{0}: {1}, because {2}', translate(title, l10n), effectWord(kind, l10n), shown);
}

/** In which order, where there is one, and what it costs. */
function closingTexts(foresight: Foresight, l10n: Localizer): readonly string[] {
  return [...orderTexts(foresight, l10n), costText(foresight.seconds, l10n)];
}

function orderTexts({ order, together }: Foresight, l10n: Localizer): readonly string[] {
  if (together) return [l10n.t('All nodes are stopped and started together.')];
  if (order.length === 0) return [];
  return [l10n.t('One node after the other, each when the lab is whole: {0}.', order.join(', '))];
}

function costText(seconds: number, l10n: Localizer): string {
  return seconds === 0
    ? l10n.t('No client is expected to notice.')
    : l10n.t('Writes are expected to wait for up to {0} s.', seconds);
}
