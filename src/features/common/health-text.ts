import type { ContainerState, Health, Role } from '../../observe/state';
import type { Localizer } from './localizer';

/** A health as people read it. */
export function healthText(health: Health, l10n: Localizer): string {
  switch (health) {
    case 'ok':
      return l10n.t('healthy');
    case 'degraded':
      return l10n.t('degraded');
    case 'failed':
      return l10n.t('failed');
    case 'unknown':
      return l10n.t('not known yet');
  }
}

/** A role as people read it. */
export function roleText(role: Role, l10n: Localizer): string {
  switch (role) {
    case 'leader':
      return l10n.t('leader');
    case 'sync-standby':
      return l10n.t('sync standby');
    case 'replica':
      return l10n.t('replica');
    case 'master':
      return l10n.t('master');
    case 'voter':
      return l10n.t('voter');
    case 'non-voter':
      return l10n.t('non-voter');
    case 'active':
      return l10n.t('active');
    case 'backup':
      return l10n.t('backup');
    case 'member':
      return l10n.t('member');
  }
}

/** The state of a node's container as people read it. */
export function containerText(state: ContainerState, l10n: Localizer): string {
  switch (state) {
    case 'running':
      return l10n.t('running');
    case 'paused':
      return l10n.t('paused');
    case 'stopped':
      return l10n.t('stopped');
    case 'missing':
      return l10n.t('missing');
    case 'unknown':
      return l10n.t('not known yet');
  }
}

/** From best to worst; what is unknown outranks ok, so that a group never looks better than it is known to be. */
const ORDER: readonly Health[] = ['ok', 'unknown', 'degraded', 'failed'];

/** The worst of several healths; `unknown` when there are none. */
export function worstHealth(healths: readonly Health[]): Health {
  const first = healths[0];
  if (first === undefined) return 'unknown';
  return healths.reduce((worst, next) => (ORDER.indexOf(next) > ORDER.indexOf(worst) ? next : worst), first);
}

/**
 * The health of a group of peers: failed only when all of them failed, degraded when some did. Differs from
 * `worstHealth` in that one failed peer of three leaves the layer degraded, which is what HA is for.
 */
export function groupHealth(healths: readonly Health[]): Health {
  if (healths.length === 0) return 'unknown';
  if (healths.every((health) => health === 'failed')) return 'failed';
  if (healths.some((health) => health === 'failed' || health === 'degraded')) return 'degraded';
  return worstHealth(healths);
}
