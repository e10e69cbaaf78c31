/**
 * Regenerates src/languages/haproxy/schema/keywords/keywords.json from what `haproxy -dKall` prints.
 *
 *   npx tsx tools/schema/haproxy-keywords.ts 2.6=/path/to/haproxy 3.0=listing.txt 3.2=… 3.4=…
 *
 * Each argument names a version and either a HAProxy binary of it or a file with the listing it printed. A version
 * may be given more than once (other build options, a later patch release): what any of them knows is known.
 * Each entry is written as "versions|fields", versions being a sum of 1, 2, 4, … in the order of "versions".
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

type Variants = Record<string, string[]>;
type Masks = Record<string, number>;

const OUTPUT = new URL('../../src/languages/haproxy/schema/keywords/keywords.json', import.meta.url);

const acl: Variants = {};
const sections: Record<string, Masks> = {};
const bind: Variants = {};
const server: Variants = {};
const options: Variants = {};
const actions: Record<string, Masks> = {};
const converters: Variants = {};
const fetches: Variants = {};
const filters: Masks = {};
const services: Masks = {};

/** Adds a version's bit to the variant with these fields, or a new variant. */
function add(into: Variants, name: string, mask: number, fields: (string | number)[]): void {
  const variants = (into[name] ??= []);
  const text = `|${fields.join('|')}`;
  const same = variants.findIndex(
    (variant) => variant.endsWith(text) && /^\d+$/.test(variant.slice(0, -text.length)),
  );
  if (same < 0) variants.push(`${mask}${text}`);
  else variants[same] = `${parseInt(variants[same] ?? '0', 10) | mask}${text}`;
}

function mark(into: Masks, name: string, mask: number): void {
  into[name] = (into[name] ?? 0) | mask;
}

const RULESETS = [
  'tcp-request',
  'tcp-response',
  'http-request',
  'http-response',
  'http-after-response',
  'quic-initial',
];

function configurationLine(section: string, text: string, mask: number): void {
  const words = text.split(/\s+/);
  const [first = '', second = '', third = ''] = words;
  const parameter = /^(?:bind <addr>|server <name> <addr>) (ssl )?(\S+)(?: \+(-?\d+))?$/.exec(text);
  if (parameter !== null) {
    const [, ssl, name = '', arity = '0'] = parameter;
    if (first === 'bind') add(bind, name, mask, [Number(arity), ssl === undefined ? 0 : 1]);
    else add(server, name, mask, [Number(arity)]);
  } else if (first === 'option') {
    add(options, second, mask, [words.slice(3, -1).join(' ')]);
  } else if (RULESETS.includes(first) && second !== '') {
    const ruleset = third === '' ? first : `${first} ${second}`;
    mark((actions[ruleset] ??= {}), third === '' ? second : third, mask);
  } else if (section !== 'crt-list') {
    mark((sections[section] ??= {}), first, mask);
  }
}

const SIGNATURE = /^([^\s(:]+)(?:\((.*)\))?: ?(.*)$/;

function expressionLine(kind: string, line: string, mask: number): void {
  if (kind.includes('converter')) {
    const [, name = '', signature = '', types = ''] = SIGNATURE.exec(line) ?? [];
    const [output = '', input = ''] = types.split(' => ');
    if (name !== '') add(converters, name, mask, [signature, input, output]);
    return;
  }
  const [, uses = '', rest = ''] = /^\[([ Y.]+)\] (.*)$/.exec(line) ?? [];
  const [, name = '', signature = '', output = ''] = SIGNATURE.exec(rest) ?? [];
  if (name !== '')
    add(fetches, name, mask, [signature, output, uses.replaceAll(' ', '').replaceAll('.', '-')]);
}

function read(listing: string, mask: number): void {
  let kind = '';
  let section = '';
  for (const line of listing.split('\n')) {
    if (line.startsWith('# List of ')) kind = line;
    if (line === '' || line.startsWith('#')) continue;
    if (kind.includes('ACL')) {
      const [, name = '', fetch = '', match = ''] = /^(\S+) = (\S+) -m (\S+)/.exec(line) ?? [];
      if (name !== '') add(acl, name, mask, [fetch, match]);
    } else if (kind.includes('configuration')) {
      if (line.startsWith('\t')) configurationLine(section, line.trim(), mask);
      else section = line.trim();
    } else if (kind.includes('converter') || kind.includes('fetch')) expressionLine(kind, line, mask);
    else if (kind.includes('filter')) mark(filters, line.split(' ')[0] ?? '', mask);
    else if (kind.includes('service')) mark(services, line.trim(), mask);
  }
}

/** The listing itself, or what the binary prints of it. */
function listingOf(path: string): string {
  const text = readFileSync(path, 'latin1');
  if (text.startsWith('# List of')) return text;
  const run = spawnSync(path, ['-dKall', '-q', '-c', '-f', '/dev/null'], { encoding: 'utf8' });
  if (!run.stdout.startsWith('# List of'))
    throw new Error(`${path} is neither a listing nor a HAProxy: ${run.stderr}`);
  return run.stdout;
}

const sources = process.argv.slice(2).map((argument) => argument.split('='));
if (sources.length === 0) throw new Error('Give one VERSION=BINARY or VERSION=LISTING for each version.');
const versions = [...new Set(sources.map(([version = '']) => version))];
for (const [version = '', path = ''] of sources) read(listingOf(path), 1 << versions.indexOf(version));

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const tables = {
  versions,
  sections: Object.fromEntries(Object.entries(sections).map(([name, masks]) => [name, sorted(masks)])),
  actions: Object.fromEntries(Object.entries(actions).map(([name, masks]) => [name, sorted(masks)])),
  options: sorted(options),
  bind: sorted(bind),
  server: sorted(server),
  acl: sorted(acl),
  fetches: sorted(fetches),
  converters: sorted(converters),
  filters: sorted(filters),
  services: sorted(services),
};
const output = fileURLToPath(OUTPUT);
const style = await resolveConfig(output);
writeFileSync(output, await format(JSON.stringify(tables), { ...style, filepath: output }));
