import keys from '../../../src/languages/gitlab-rb/schema/data/keys.json';
import { keyRow } from '../../../src/languages/gitlab-rb/schema/rows';

/** Lines of the package's own sample file with every setting switched on: the largest a person is likely to have. */
export const LARGEST_LINES = 3774;

/** A value of the right kind for keys that have neither default nor sample. */
const VALUES: Readonly<Record<string, string>> = {
  string: "'text'",
  integer: '10',
  float: '1.5',
  boolean: 'true',
  array: "['one', 'two']",
  hash: "{ 'one' => 1 }",
  symbol: ':word',
  nil: 'nil',
};

/**
 * A gitlab.rb of exactly so many lines: one setting after the other with its default, else a sample, else a value of
 * its type, and a comment above every third. Past the last key it begins again with the first.
 */
export function gitlabRbOf(lines: number): string {
  const settings = assignments();
  const written = ["external_url 'https://gitlab.example.com'"];
  for (let number = 0; written.length < lines; number += 1) {
    const setting = settings[number % settings.length] ?? '';
    if (number % 3 === 0) written.push(`##! Setting ${number}: what it does and when it matters`);
    written.push(setting);
  }
  return `${written.slice(0, lines).join('\n')}\n`;
}

/**
 * A gitlab.rb of exactly so many short lines, so that 100,000 of them stay below the size that is read at all: settings
 * under a key that takes any name, each with a comment and an empty line.
 */
export function longGitlabRbOf(lines: number): string {
  const written = Array.from({ length: lines }, (_, line) => {
    if (line % 3 === 0) return `gitlab_rails['env']['A${line}'] = 'b'`;
    return line % 3 === 1 ? '# next' : '';
  });
  return `${written.join('\n')}\n`;
}

function assignments(): readonly string[] {
  return Object.entries(keys.roots).flatMap(([root, rows]) =>
    (rows as readonly string[]).flatMap((line) => {
      const row = keyRow(line);
      // Names the user chooses and items of arrays have no place of their own.
      if (row.path.length === 0 || row.path.some((key) => key === '[]' || key === '*')) return [];
      const value = row.default ?? row.sample ?? VALUES[row.types[0] ?? 'nil'] ?? 'nil';
      if (value.includes('\n')) return [];
      return [`${root}${row.path.map((key) => `['${key}']`).join('')} = ${value}`];
    }),
  );
}
