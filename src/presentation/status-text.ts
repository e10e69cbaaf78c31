import { aggregateHealth } from '../services/core/live/health';
import { healthText } from './words/health-text';
import type { Localizer } from './words/localizer';
import type { LabSnapshot } from './lab-snapshot';
import { labHealth } from './topology/lab-rows';

export interface StatusText {
  /** With a codicon in front. */
  readonly text: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly label: string;
  readonly alarming: boolean;
}

/**
 * The status bar item: a lab's health, leader and VIP holder; the worst of several labs. Undefined without a lab.
 * @param live false when nobody observes: the last known state is then shown as such, never as current.
 */
export function statusText(
  labs: readonly LabSnapshot[],
  busy: ReadonlyMap<string, string>,
  live: boolean,
  l10n: Localizer,
): StatusText | undefined {
  const [running] = [...busy];
  if (running) {
    const [lab, activity] = running;
    const text = l10n.t('HA Lab {0}', lab);
    return {
      text: `$(loading~spin) ${text}`,
      tooltip: activity,
      label: `${text}: ${activity}`,
      alarming: false,
    };
  }
  const first = labs[0];
  if (!first) return undefined;
  if (labs.length > 1) return severalLabs(labs, live, l10n);
  const health = labHealth(first);
  const parts = [l10n.t('HA Lab {0}', first.info.name)];
  if (health !== 'ok')
    parts.push(first.info.phase === 'stopped' ? l10n.t('stopped') : healthText(health, l10n));
  const leader = first.state?.database.leader;
  if (leader !== undefined) parts.push(l10n.t('leader {0}', leader));
  const holders = first.state?.vip.holders ?? [];
  if (holders.length > 0) parts.push(l10n.t('VIP {0}', holders.join(', ')));
  return finish(parts.join(' · '), healthText(health, l10n), health === 'failed', health, live, l10n);
}

function severalLabs(labs: readonly LabSnapshot[], live: boolean, l10n: Localizer): StatusText {
  const health = aggregateHealth(labs.map(labHealth));
  const text = l10n.t('HA Lab: {0} labs, {1}', labs.length, healthText(health, l10n));
  const tooltip = labs.map((lab) => `${lab.info.name}: ${healthText(labHealth(lab), l10n)}`).join('\n');
  return finish(text, tooltip, health === 'failed', health, live, l10n);
}

function finish(
  text: string,
  detail: string,
  failed: boolean,
  health: string,
  live: boolean,
  l10n: Localizer,
): StatusText {
  const icon = !live ? '$(history)' : failed ? '$(error)' : health === 'ok' ? '$(pass)' : '$(warning)';
  const stale = live ? '' : `\n${l10n.t('Last known state; show the topology to observe the lab.')}`;
  return {
    text: `${icon} ${text}`,
    tooltip: `${detail}${stale}`,
    label: `${text}${live ? '' : `, ${l10n.t('last known state')}`}`,
    alarming: live && failed,
  };
}
