import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/cli/program';
import { world } from '../cli/cli';

const root = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pagesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const pages = ['README.md', 'CHANGELOG.md', ...pagesIn('docs'), ...pagesIn('media')];

/** Spans and lines of code of a page, without comments; what is quoted in it, such as a message, is none. */
function codeOf(page: string): readonly string[] {
  const text = read(page);
  const blocks = [...text.matchAll(/^ *```\w*\n(.*?)^ *```/gms)].flatMap(([, code = '']) => code.split('\n'));
  const spans = [...text.replaceAll(/^ *```.*?^ *```/gms, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) =>
    code.replaceAll(/\s+/g, ' '),
  );
  return [...blocks, ...spans].map((line) => line.replace(/\s#.*/, '').trim());
}

/** The words behind `gitlab-ha` (or what stands for it from a clone) in a line of code, up to where a shell goes on. */
function typedIn(line: string): readonly (readonly string[])[] {
  const found = [
    ...line.matchAll(/(?:^|[\s(;|&])(?:gitlab-ha|node dist\/cli\.js)((?: [^|;&<>)]+)?)/g),
    // What is given to `npm run lab` goes to `up`.
    ...line.replaceAll('npm run lab --', 'npm run lab up').matchAll(/(?:^|\s)npm run lab( up [^|;&<>)]+)/g),
  ];
  return found.map(([, words = '']) =>
    words
      .trim()
      .split(/\s+/)
      .filter((word) => word !== ''),
  );
}

const { world: fake } = world();
const { program } = buildProgram(fake.context, '0.0.0');

/** What the grammar does not know of a command line: a command, or an option of it. */
function unknownIn(words: readonly string[]): readonly string[] {
  let command: Command = program;
  const options: string[] = [];
  for (const word of words) {
    if (word === '--') break;
    const below = command.commands.find((candidate) => candidate.name() === word);
    if (below !== undefined) command = below;
    else if (/^--?[a-z]/.test(word)) options.push(word.replace(/[=,].*/, ''));
    else if (command.commands.length > 0 && /^[a-z]/.test(word)) return [word];
  }
  const known = [...program.options, ...command.options].flatMap(({ long, short }) => [long, short]);
  return options.filter((option) => !known.includes(option) && !['-h', '--help'].includes(option));
}

describe('commands that the pages name', () => {
  it.each(
    pages
      .map((page) => [page, codeOf(page).flatMap(typedIn)] as const)
      .filter(([, typed]) => typed.length > 0),
  )('can be typed: %s', (_page, typed) => {
    const wrong = typed.flatMap((words) => unknownIn(words).map((word) => `${words.join(' ')}: ${word}`));
    expect(wrong).toEqual([]);
  });

  it('are found where there are some', () => {
    const count = (page: string): number => codeOf(page).flatMap(typedIn).length;
    expect(count('README.md')).toBeGreaterThan(15);
    expect(typedIn('npm run lab -- --nmae x')).toEqual([['up', '--nmae', 'x']]);
    expect(unknownIn(['fault', 'injekt'])).toEqual(['injekt']);
    expect(unknownIn(['up', '--recreate', '--rebuild', '--lang', 'vi'])).toEqual(['--rebuild']);
  });

  it('of npm are scripts of the package', () => {
    const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
    const named = pages.flatMap((page) =>
      codeOf(page).flatMap((line) =>
        [...line.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => `${page}: ${name}`),
      ),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((one) => !scripts.includes(one.split(': ')[1] ?? ''))).toEqual([]);
  });
});

describe('commands in the table of docs/cli.md', () => {
  it('are those there are', () => {
    const table = read('docs/cli.md').split('\n| Command')[1]?.split('\n\n')[0] ?? '';
    const named = [...table.matchAll(/^\| `([a-z-]+)/gm)].map(([, name = '']) => name);
    const there = program.commands.map((command) => command.name()).filter((name) => !name.startsWith('_'));
    expect(named.sort()).toEqual(there.sort());
  });
});
