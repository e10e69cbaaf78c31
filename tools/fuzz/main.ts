/**
 * Shows that no text makes a language throw, hang or grow: mutated files, every prefix, deep nesting, large files.
 *
 *   npm run fuzz -- [--runs 200000] [--language haproxy] [--seed 1] [--only mutations,growth] [--every-prefix] [FOLDER]
 *
 * FOLDER holds real files whose prefixes are read too: all of files up to 40 KB, a share of longer ones, and with
 * --every-prefix all of them, which takes minutes for a file of 150 KB. Prints seed and shrunk text of each fault; exit code 1 when there
 * is one. Times are CPU times of this process, so that they mean the same on a busy machine.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from '../../src/languages/core/language/language';
import { LANGUAGE_IDS, loadLanguage } from '../../src/languages/registry/languages';
import { createReaders } from '../../src/server/documents/readers';
import { fileLanguage } from '../../src/languages/file-types';
import { startingFiles } from './valid-files';
import { loadParser } from './parser';
import { runGrowth, runLarge } from './large';
import { runMutations } from './mutations';
import { runNesting } from './nesting';
import { ALL_UP_TO, runPrefixes } from './prefixes';
import { Report } from './report';

const PARTS = ['mutations', 'prefixes', 'nesting', 'large', 'growth'] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '200000' },
    language: { type: 'string', multiple: true },
    seed: { type: 'string' },
    only: { type: 'string' },
    'every-prefix': { type: 'boolean', default: false },
  },
});

const runs = Number(values.runs);
const seed = Number(values.seed ?? Date.now() % 1_000_000_007);
const parts = values.only?.split(',') ?? PARTS;
const chosen = values.language ?? LANGUAGE_IDS;
const unknown = [
  ...parts.filter((part) => !PARTS.some((known) => known === part)),
  ...chosen.filter((language) => !LANGUAGE_IDS.some((known) => known === language)),
];
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
  console.error(`Not understood: ${unknown.join(', ') || 'a number'}. Parts: ${PARTS.join(', ')}.`);
  console.error(`Languages: ${LANGUAGE_IDS.join(', ')}.`);
  process.exit(2);
}

/** The files of a language below a folder: by name and text, else by their ending, as whoever names it knows what it holds. */
function realFiles(folder: string, { id, fileName }: Language<unknown>): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) === extname(fileName))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
    .filter(({ path, text }) => (fileLanguage(path, text) ?? id) === id)
    .map(({ text }) => text);
}

const read = createReaders(loadParser);
let faults = 0;
for (const id of LANGUAGE_IDS.filter((one) => chosen.includes(one))) {
  const report = new Report(id, seed);
  const language = await loadLanguage(id, loadParser);
  const subject = { language, read: await read(id), report };
  const files = startingFiles(language);
  const real = positionals.flatMap((folder) => realFiles(folder, language));
  console.log(`${id}: ${files.length} files to start from, ${real.length} real ones, seed ${seed}`);
  console.log(
    `load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}, Node ${process.version}`,
  );
  if (parts.includes('nesting')) runNesting(subject);
  if (parts.includes('large')) runLarge(subject);
  if (parts.includes('growth')) runGrowth(subject);
  if (parts.includes('prefixes'))
    runPrefixes(subject, [...files, ...real], seed, values['every-prefix'] ? Infinity : ALL_UP_TO);
  if (parts.includes('mutations')) runMutations(subject, files, runs, seed);
  report.print();
  faults += report.faults;
}
process.exitCode = faults > 0 ? 1 : 0;
