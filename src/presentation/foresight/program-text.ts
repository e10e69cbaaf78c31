import { translate } from '../../words/message';
import type { Localizer } from '../words/localizer';
import type { EffectKind, ForeseenProgram } from './foresight';

/** Names that stand in one line; of more the first are shown. */
const SHOWN_NAMES = 6;
const SHOWN_REASONS = 3;

/** "Patroni: reload, because max_connections changes from 400 to 500". @param shown how many reasons are told */
export function programText(
  { title, kind, because }: Pick<ForeseenProgram, 'title' | 'kind' | 'because'>,
  l10n: Localizer,
  shown = SHOWN_REASONS,
): string {
  const reasons = because.slice(0, shown).map((reason) => translate(reason, l10n));
  const more = because.length - reasons.length;
  const told = more > 0 ? [...reasons, l10n.t('and {0} more', more)] : reasons;
  return l10n.t('{0}: {1}, because {2}', translate(title, l10n), effectWord(kind, l10n), told.join('; '));
}

/** "gl1, gl2, gl3"; of many "gl1, gl2, … and 7 more". */
export function nodesText(nodes: readonly string[], l10n: Localizer): string {
  if (nodes.length <= SHOWN_NAMES) return nodes.join(', ');
  const shown = nodes.slice(0, SHOWN_NAMES - 1);
  return l10n.t('{0} and {1} more', shown.join(', '), nodes.length - shown.length);
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
