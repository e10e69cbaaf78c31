import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './paths';

/** Packs the extension as it ships. @returns path of the .vsix in `directory` */
export function packExtension(directory: string): string {
  const given = process.env['GITLAB_HA_LAB_VSIX'];
  if (given !== undefined) return given;
  const path = join(directory, 'gitlab-ha-lab.vsix');
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'package.mjs'), '--out', path], { stdio: 'pipe' });
  return path;
}
