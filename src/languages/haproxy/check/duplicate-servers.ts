import { append } from '../../core/data/append';
import type { Section, Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import type { Collector } from './collector';
import { hasBackendSide } from './scope';

/** The numbers of the servers that a template makes. */
interface Template {
  readonly first: number;
  readonly last: number;
  readonly statement: Statement;
}

/** A server whose name ends with a number, as a template may make it. */
interface Numbered {
  readonly number: number;
  readonly statement: Statement;
}

/** What stands above in a section. */
interface Above {
  readonly servers: Map<string, Statement>;
  /** By what stands before the number. */
  readonly numbered: Map<string, Numbered[]>;
  readonly templates: Map<string, Template[]>;
}

/** More templates of one prefix nobody has; each server would be looked for in all of them. */
const MOST_TEMPLATES = 100;

/** Two servers of one name in a section, those that templates make among them. */
export function checkDuplicateServers(section: Section, collector: Collector): void {
  if (!hasBackendSide(section.kind)) return;
  const above: Above = { servers: new Map(), numbered: new Map(), templates: new Map() };
  for (const statement of section.statements) {
    const [name] = statement.args;
    if (name === undefined || name.dynamic || statement.uncertain) continue;
    if (statement.keyword.value === 'server') checkServer(section, collector, above, statement, name);
    else if (statement.keyword.value === 'server-template')
      checkTemplate(section, collector, above, statement, name);
  }
}

function checkServer(
  { name: owner }: Section,
  collector: Collector,
  above: Above,
  statement: Statement,
  name: Word,
): void {
  const numbers = numbersOf(name.value);
  const twin = above.servers.get(name.value);
  const template = numbers.flatMap(([prefix, number]) =>
    (above.templates.get(prefix) ?? []).filter(({ first, last }) => first <= number && number <= last),
  )[0];
  const first = twin ?? template?.statement;
  if (twin === undefined) above.servers.set(name.value, statement);
  for (const [prefix, number] of numbers) append(above.numbered, prefix, { number, statement });
  if (first === undefined) return;
  const message =
    twin === undefined
      ? `A template of "${owner?.value ?? ''}" makes a server "${name.value}" already.`
      : `The server "${name.value}" stands twice in "${owner?.value ?? ''}".`;
  report(collector, name, message, first);
}

function checkTemplate(
  { name: owner }: Section,
  collector: Collector,
  above: Above,
  statement: Statement,
  name: Word,
): void {
  const range = rangeOf(statement.args[1]);
  if (range === undefined) return;
  const [first, last] = range;
  const prefix = name.value;
  const templates = above.templates.get(prefix) ?? [];
  if (templates.length >= MOST_TEMPLATES) return;
  const server = above.numbered.get(prefix)?.find(({ number }) => first <= number && number <= last);
  const other = templates.find((one) => one.first <= last && first <= one.last);
  const number = server?.number ?? Math.max(first, other?.first ?? first);
  append(above.templates, prefix, { first, last, statement });
  const before = server?.statement ?? other?.statement;
  if (before === undefined) return;
  const message = `The template makes a server "${prefix}${number}", and "${owner?.value ?? ''}" has one above.`;
  report(collector, name, message, before);
}

function report(collector: Collector, name: Word, message: string, first: Statement): void {
  const related = { span: first.args[0] ?? first.keyword, message: 'the first one' };
  collector.add('duplicate-server', name, message, 'Give each server its own name.', { related });
}

/** The ways to read a name as a prefix and a number, as templates write it: without zeros before it. */
function numbersOf(name: string): [string, number][] {
  const digits = /\d{0,9}$/.exec(name)?.[0] ?? '';
  const starts = Array.from(digits, (_, at) => name.length - digits.length + at);
  return starts
    .map((start): [string, string] => [name.slice(0, start), name.slice(start)])
    .filter(([, number]) => number === '0' || !number.startsWith('0'))
    .map(([prefix, number]): [string, number] => [prefix, Number(number)]);
}

/** The first and the last number of `3` and `2-5`; undefined for anything else. */
function rangeOf(count: Word | undefined): [number, number] | undefined {
  const match = count?.dynamic === false ? /^(\d+)(?:-(\d+))?$/.exec(count.value) : null;
  if (match === null) return undefined;
  return match[2] === undefined ? [1, Number(match[1])] : [Number(match[1]), Number(match[2])];
}
