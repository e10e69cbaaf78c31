import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const LANGUAGES = fileURLToPath(new URL('../../../src/languages', import.meta.url));

/** Folders of languages; the others serve them. */
const FOLDERS = readdirSync(LANGUAGES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => !['compose', 'core', 'registry'].includes(name));

/** Where a file stands that answers the same question in every language. */
const PLACES: Readonly<Record<string, string>> = {
  'completion.ts': 'editor/completion',
  'cursor.ts': 'editor/cursor',
  'code-lenses.ts': 'editor/explain',
  'describe.ts': 'editor/explain',
  'hover.ts': 'editor/explain',
  'inlay-hints.ts': 'editor/explain',
  'signature-help.ts': 'editor/explain',
  'document-symbols.ts': 'editor/navigate',
  'links.ts': 'editor/navigate',
  'rename.ts': 'editor/navigate',
  'symbols.ts': 'editor/navigate',
  'folding.ts': 'editor/text',
  'format.ts': 'editor/text',
  'selection.ts': 'editor/text',
  'semantic-tokens.ts': 'editor/text',
  'snippets.json': 'snippets',
  'version.ts': 'schema',
};

/** Paths of a language's files below its folder. */
function filesOf(language: string): string[] {
  const folder = join(LANGUAGES, language);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

describe('the rooms of the languages', () => {
  it('no file stands loose between them but the table of file types', () => {
    const loose = readdirSync(LANGUAGES, { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(loose.map(({ name }) => name)).toEqual(['file-types.ts']);
  });

  it.each(FOLDERS)('%s begins with its language, its lint and its subject', (language) => {
    const loose = filesOf(language).filter((path) => !path.includes('/'));
    expect(loose.sort()).toEqual(['language.ts', 'lint.ts', 'subject.ts']);
  });

  it.each(FOLDERS)('%s: equal files stand in equal rooms', (language) => {
    const files = filesOf(language);
    // A language with a handful of answers for the editor has them in one room.
    const rooms = files.some((path) => path.startsWith('editor/completion/'));
    const wrong = files.filter((path) => {
      const place = PLACES[path.slice(path.lastIndexOf('/') + 1)];
      const wanted = rooms ? place : place?.replace(/^editor\/.*/, 'editor');
      return wanted !== undefined && wanted !== folderOf(path);
    });
    expect(wrong).toEqual([]);
  });

  it.each(['gitlab-rb', 'haproxy', 'keepalived'] as const)('%s has every room', (language) => {
    const files = new Set(filesOf(language));
    const everywhere = [
      ...['completion/completion', 'cursor/cursor', 'explain/describe', 'explain/hover'],
      ...['explain/inlay-hints', 'navigate/document-symbols', 'navigate/links', 'navigate/rename'],
      ...['navigate/symbols', 'text/folding', 'text/selection', 'text/semantic-tokens'],
    ].map((name) => `editor/${name}.ts`);
    const wanted = [...everywhere, 'rules/index.ts', 'snippets/items.ts', 'snippets/snippets.json'];
    expect(wanted.filter((path) => !files.has(path))).toEqual([]);
  });

  it('no folder has more than 25 files', () => {
    const counts = new Map<string, number>();
    for (const entry of readdirSync(LANGUAGES, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) counts.set(entry.parentPath, (counts.get(entry.parentPath) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count > 25)).toEqual([]);
  });
});
