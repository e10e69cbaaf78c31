import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { ROOT } from './paths';

const FIXTURE = join(ROOT, 'test', 'e2e', 'fixtures', 'other-haproxy');

/** Name under which VS Code knows the other HAProxy extension. */
export const OTHER_EXTENSION = 'elsewhere.other-haproxy';

/**
 * Packs another HAProxy extension, shaped like those people have installed: it claims `haproxy.cfg` and every `.cfg`.
 * @param language id it gives these files
 * @returns path of the .vsix in `directory`
 */
export async function packOtherExtension(directory: string, language: string): Promise<string> {
  const folder = join(directory, 'other-haproxy');
  cpSync(FIXTURE, folder, { recursive: true });
  const manifest = join(folder, 'package.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(
    manifest,
    text
      .replaceAll(/("id"|"language"): "haproxy"/g, `$1: "${language}"`)
      .replace('"onLanguage:haproxy"', `"onLanguage:${language}"`),
  );
  const packagePath = join(directory, 'other-haproxy.vsix');
  await createVSIX({
    cwd: folder,
    packagePath,
    dependencies: false,
    skipLicense: true,
    allowMissingRepository: true,
  });
  return packagePath;
}
