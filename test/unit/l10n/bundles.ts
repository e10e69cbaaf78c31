import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Words = Readonly<Record<string, string>>;

const root = join(import.meta.dirname, '..', '..', '..');

function read(...path: readonly string[]): Words {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8')) as Words;
}

/** Words in the code (`l10n`) and in the manifest (`package.nls`), in English. */
export const ENGLISH_WORDS = {
  code: read('l10n', 'bundle.l10n.json'),
  manifest: read('package.nls.json'),
} as const;

/** Every language there are words in, but English. */
export const TRANSLATIONS = readdirSync(join(root, 'l10n'))
  .flatMap((name) => /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1] ?? [])
  .map((language) => ({
    language,
    code: read('l10n', `bundle.l10n.${language}.json`),
    manifest: read(`package.nls.${language}.json`),
  }));
