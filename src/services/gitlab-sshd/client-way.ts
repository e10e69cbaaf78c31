import type { ClientWay } from '../core/client-way';
import { SSHD_SETTINGS } from './settings';

/** Up to the server's greeting, through HAProxy. */
export const sshWay = {
  id: 'git-ssh',
  title: 'Git over SSH',
  attempts: 'SSH connections',
  passes: ['HAProxy', 'gitlab-sshd'],
  command: 'git-ssh',
  layer: 'application',
  port: (settings) => SSHD_SETTINGS.ports?.(settings(SSHD_SETTINGS))['ssh'] ?? 0,
  login: () => ({}),
  keeps: false,
  pace: { intervalMs: 150, timeoutMs: 1_000, slowMs: 700 },
} as const satisfies ClientWay;
