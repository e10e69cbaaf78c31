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
    case 'starting':
      return l10n.t('starting');
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
    case 'quorum-standby':
      return l10n.t('quorum standby');
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
