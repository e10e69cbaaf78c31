/** The SSH server that the tests of engines behind SSH start for themselves. */
import { existsSync } from 'node:fs';
import { aptInstall, installer, systemdIsInit } from './packages.mjs';
import { SetupError, quietly, say } from './run.mjs';

const SSHD = '/usr/sbin/sshd';

/**
 * Makes sure that there is an sshd to start; the machine's own service of the package stays off.
 * @throws SetupError saying what to install
 */
export async function ensureSshd() {
  if (existsSync(SSHD) && quietly('ssh-agent', ['-h']).output !== '') return;
  const { may, why } = installer();
  if (!may) {
    throw new SetupError(
      `There is no ${SSHD}, which the tests of engines behind SSH start.\n` +
        `  → Install openssh-server and openssh-client. They are not installed by this script: ${why}.`,
    );
  }
  say('Installing openssh-server for the tests of engines behind SSH; its own service stays off');
  // Nobody who runs tests asked for a machine that can be logged in to.
  if (systemdIsInit()) quietly('systemctl', ['mask', 'ssh.service', 'ssh.socket']);
  process.env.RUNLEVEL = '1'; // Keeps the package from starting its service where there is no systemd.
  await aptInstall(['openssh-server', 'openssh-client']);
  delete process.env.RUNLEVEL;
}
