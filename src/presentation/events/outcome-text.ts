/** What is told once something was done to a lab: what clients felt, and who took over. Pure. */
import { translate } from '../../words/message';
import type { Event } from '../../observe/event';
import { secondsText } from '../words/time-text';
import { declared } from '../words/localizer';
import type { Localizer } from '../words/localizer';

/** What a client felt on one way. */
export interface FeltOnWay {
  /** What is written to, for people. */
  readonly title: string;
  /** What was done again and again, in the plural; writes when absent. */
  readonly attempts?: string;
  readonly fate: 'went-on' | 'came-back' | 'missing';
  /** Milliseconds without service; undefined unless it came back. */
  readonly outageMs: number | undefined;
  /** Writes that were acknowledged and are not there any more. */
  readonly lost: number;
}

/** One sentence per way: "PostgreSQL: no write for 6.5 s.", and what of it was lost. */
function feltText(felt: FeltOnWay, l10n: Localizer): string {
  const { title, lost } = felt;
  if (lost === 0) return fateText(felt, l10n);
  return `${fateText(felt, l10n)} ${l10n.t('{0}: {1} acknowledged writes are lost.', title, lost)}`;
}

function fateText(felt: FeltOnWay, l10n: Localizer): string {
  const { title, attempts, fate, outageMs } = felt;
  if (attempts !== undefined) return attemptsText(declared(attempts, l10n), felt, l10n);
  switch (fate) {
    case 'went-on':
      return l10n.t('{0}: writes went on.', title);
    case 'came-back':
      return l10n.t('{0}: no write for {1}.', title, secondsText(outageMs ?? 0));
    case 'missing':
      return l10n.t('{0}: writes are not acknowledged any more.', title);
  }
}

function attemptsText(attempts: string, { fate, outageMs }: FeltOnWay, l10n: Localizer): string {
  switch (fate) {
    case 'went-on':
      return l10n.t('{0} went on.', attempts);
    case 'came-back':
      return l10n.t('{0}: none for {1}.', attempts, secondsText(outageMs ?? 0));
    case 'missing':
      return l10n.t('{0} do not work any more.', attempts);
  }
}

/** The whole message: what was done, what was felt, who took over. @param events what happened meanwhile */
export function outcomeText(
  title: string,
  felt: readonly FeltOnWay[],
  events: readonly Event[],
  l10n: Localizer,
): string {
  const moved = events.filter(isMove);
  const parts = [
    ...felt.map((one) => feltText(one, l10n)),
    ...moved.map(({ text }) => `${translate(text, l10n)}.`),
  ];
  return parts.length === 0 ? l10n.t('{0}: done.', title) : `${title}. ${parts.join(' ')}`;
}

/** True when a role moved to the event's node from another one. */
function isMove({ node, from, to }: Event): boolean {
  return node !== undefined && node === to && from !== undefined && from !== to;
}
