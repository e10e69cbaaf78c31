import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENGLISH, translated } from '../presentation/words/localizer';
import type { Localizer } from '../presentation/words/localizer';

/** The languages there are words in; the bundle of each but English is `l10n/bundle.l10n.<language>.json`. */
export const LANGUAGES = ['en', 'vi'] as const;

export type Language = (typeof LANGUAGES)[number];

/** A POSIX locale such as `vi_VN.UTF-8`, or a tag such as `vi-VN`; undefined for what there are no words in. */
function languageIn(locale: string): Language | undefined {
  const code = /^[a-z]+/i.exec(locale)?.[0].toLowerCase();
  return LANGUAGES.find((language) => language === code);
}

/**
 * The language to speak: what `--lang` says, else the first of LC_ALL, LC_MESSAGES and LANG that is set, as programs
 * do; English for what there are no words in. It is looked for before the grammar is made, whose words depend on it.
 * @param argv arguments without the program's own two; those after `--` are another program's
 */
export function chosenLanguage(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language {
  return languageIn(written(argv) ?? locale(env)) ?? 'en';
}

function locale(env: Readonly<Record<string, string | undefined>>): string {
  const set = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']];
  return set.find((value) => value !== undefined && value !== '') ?? '';
}

function written(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const values = own.flatMap((word, at) => {
    if (word === '--lang') return own[at + 1] ?? [];
    return word.startsWith('--lang=') ? word.slice('--lang='.length) : [];
  });
  return values.at(-1);
}

/**
 * The words of a language. Nothing is read for English.
 * @param root where the package is
 */
export async function loadWords(language: Language, root: () => Promise<string>): Promise<Localizer> {
  if (language === 'en') return ENGLISH;
  const bundle = join(await root(), 'l10n', `bundle.l10n.${language}.json`);
  return translated(JSON.parse(await readFile(bundle, 'utf8')) as Readonly<Record<string, string>>);
}
