/**
 * Gets Keepalived from Debian without installing anything: downloads the package of each suite with the libraries it needs
 * and unpacks them into a root of its own. Needs apt-get, dpkg-deb, unshare and chroot, root's rights, and the network.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { need, privateApt, run } from './haproxy-packages';

export interface KeepalivedProgram {
  /** `2.3.3`. */
  readonly version: string;
  /** The folder it is run in, as the root of all files. */
  readonly root: string;
}

/** Debian suites, oldest first. */
const SUITES = ['bookworm', 'trixie'] as const;

/** The programs in a folder, downloaded where an earlier run has not done so; a suite that cannot be had is left out. */
export function keepalivedPackages(work: string, mirror: string): KeepalivedProgram[] {
  for (const tool of ['apt-get', 'dpkg-deb', 'unshare', 'chroot']) need(tool);
  return SUITES.flatMap((suite) => {
    const folder = join(work, suite);
    const root = join(folder, 'root');
    if (!existsSync(join(root, 'usr/sbin/keepalived')) && !unpack(folder, root, mirror, suite)) return [];
    prepare(root);
    const { stderr } = spawnSync('unshare', ['-n', 'chroot', root, '/usr/sbin/keepalived', '-v'], {
      encoding: 'utf8',
    });
    const version = /Keepalived v([\d.]+)/.exec(stderr)?.[1];
    return version === undefined ? [] : [{ version, root }];
  });
}

function unpack(folder: string, root: string, mirror: string, suite: string): boolean {
  mkdirSync(root, { recursive: true });
  const apt = privateApt(folder, mirror, [suite]);
  const target = ['-t', suite, 'install', '--download-only', '-y', '--no-install-recommends', 'keepalived'];
  if (!run('apt-get', [...apt, 'update'], folder) || !run('apt-get', [...apt, ...target], folder))
    return false;
  const archives = join(folder, 'cache', 'archives');
  for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb')))
    run('dpkg-deb', ['-x', join(archives, name), root], folder);
  return existsSync(join(root, 'usr/sbin/keepalived'));
}

/** What a check of a file asks for: users, and a program to run as a script. */
function prepare(root: string): void {
  for (const name of ['lib', 'lib64', 'bin', 'sbin'])
    if (!existsSync(join(root, name)) && existsSync(join(root, 'usr', name)))
      symlinkSync(`usr/${name}`, join(root, name));
  for (const name of ['tmp', 'run', 'dev', 'proc', 'etc', 'usr/bin'])
    mkdirSync(join(root, name), { recursive: true });
  writeFileSync(
    join(root, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n',
  );
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
  copyFileSync('/bin/true', join(root, 'usr/bin/true'));
  chmodSync(join(root, 'usr/bin/true'), 0o755);
  writeFileSync(join(root, 'run/level'), '0\n');
}
