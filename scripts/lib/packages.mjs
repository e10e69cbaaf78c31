/** Debian packages, where this script may install them. */
import { readFileSync } from 'node:fs';
import { must, quietly } from './run.mjs';

function osRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/** Whether this script may and can install Debian packages; the reason when not. */
export function installer() {
  if (process.env.GITLAB_HA_LAB_NO_INSTALL === '1')
    return { may: false, why: 'GITLAB_HA_LAB_NO_INSTALL=1 is set' };
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { may: false, why: 'this is not root on Linux' };
  if (!/^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(osRelease())) {
    return { may: false, why: 'this is neither Debian nor Ubuntu' };
  }
  if (!quietly('apt-get', ['--version']).ok) return { may: false, why: 'there is no apt-get' };
  return { may: true, why: '' };
}

/** Installs Debian packages, refreshing the lists when they are missing or too old. */
export async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  if (quietly('apt-get', args, { env, timeout: 600_000 }).ok) return;
  await must('apt-get', ['update', '-q'], 'Are the Debian mirrors reachable?', { env });
  await must('apt-get', args, 'Install these packages by hand and try again.', { env });
}

export function systemdIsInit() {
  try {
    return readFileSync('/proc/1/comm', 'utf8').trim() === 'systemd';
  } catch {
    return false;
  }
}
