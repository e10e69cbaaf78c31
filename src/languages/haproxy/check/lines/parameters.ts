import { branchesWith, type KeywordTable } from '../../schema/keywords/tables';
import { BIND_VALUES, NOT_IN_DEFAULT_SERVER, SERVER_VALUES } from '../../schema/parameters';
import type { Word } from '../../syntax/word';
import { atLeast } from '../../schema/version';
import { checkAddress, PLAIN, SERVER, SOURCE } from '../values/addresses';
import { checkExperimental } from '../experimental';
import { checkServerTogether } from './together';
import type { Matching } from '../matching';
import { behind, type Scope } from '../scope';
import { checkValue } from '../values/value-types';
import { checkName } from '../values/values';

/** Parameters of one kind of line: which exist, how many words each takes. */
interface Family {
  readonly kind: 'unknown-bind' | 'unknown-server';
  readonly line: string;
  readonly values: Readonly<Record<string, string>>;
  arity(table: KeywordTable, name: string): number | undefined;
  names(table: KeywordTable): Iterable<string>;
}

const BIND: Family = {
  kind: 'unknown-bind',
  line: 'bind',
  values: BIND_VALUES,
  arity: (table, name) => table.bind.get(name),
  names: (table) => table.bind.keys(),
};

const SERVER_LINE: Family = {
  kind: 'unknown-server',
  line: 'server',
  values: SERVER_VALUES,
  arity: (table, name) => (name === 'ssl' ? 0 : table.server.get(name)),
  names: (table) => table.server.keys(),
};

/** Checks the parameters of a bind line from `start` on. */
export function checkBindParameters(matching: Matching, start: number): void {
  checkParameters(matching, BIND, start, (name) => (name === 'ssl' ? 0 : undefined));
}

function checkParameters(
  matching: Matching,
  family: Family,
  start: number,
  extra: (name: string) => number | undefined,
): void {
  const { scope, words } = matching;
  let at = start;
  while (at < words.length) {
    const word = words[at];
    if (word === undefined || word.dynamic) return;
    const arity = extra(word.value) ?? arityOf(scope.table, family, word.value);
    if (arity === undefined) return reportUnknown(scope, family, word);
    const next = checkParameter(matching, family, at, arity);
    if (next === undefined) return;
    at = next;
  }
}

function arityOf(table: KeywordTable, family: Family, name: string): number | undefined {
  const plain = family.arity(table, name);
  if (plain !== undefined) return plain;
  const tlv = name.startsWith('set-proxy-v2-tlv-fmt(') && family.kind === 'unknown-server';
  return tlv && table.server.has('set-proxy-v2-tlv-fmt') ? 1 : undefined;
}

/** HAProxy reads a missing value of these as 0 or nothing. */
const TOLERATED = new Set([
  'healthcheck',
  'init-addr',
  'maxconn',
  'maxqueue',
  'minconn',
  'resolve-opts',
  'resolvers',
  'shard',
  'thread',
  'weight',
]);

/** Returns where the next parameter begins, undefined after a fault. */
function checkParameter(matching: Matching, family: Family, at: number, arity: number): number | undefined {
  const { scope, words } = matching;
  const word = words[at];
  if (word === undefined) return undefined;
  if (word.value === 'source' && family.kind === 'unknown-server') return checkSource(scope, words, at);
  if (!checkExperimental(scope, word, `parameter ${word.value}`)) return undefined;
  if (removedParameter(scope, family, word) || misplaced(scope, family, word)) return undefined;
  if (word.value === 'set-proxy-v2-tlv-fmt') return undefined;
  const value = words[at + 1];
  if (arity === 0) return at + 1;
  // HAProxy lets the value of this one go missing at the end of the line.
  if (value === undefined && word.value.startsWith('set-proxy-v2-tlv-fmt(')) return undefined;
  if (value === undefined) {
    const span = behind(words, at + 1, scope.statement);
    scope.report(
      'missing-argument',
      span,
      `"${word.value}" needs a value.`,
      `Write the value after "${word.value}".`,
      { severity: TOLERATED.has(word.value) ? 'warning' : 'error' },
    );
    return undefined;
  }
  const type = family.values[word.value];
  if (word.value.startsWith('set-proxy-v2-tlv-fmt(')) checkValue(matching, 'fmt', at + 1);
  if (type !== undefined) checkValue({ ...matching, subject: word.value }, type, at + 1);
  return at + 1 + Math.abs(arity);
}

function removedParameter(scope: Scope, family: Family, word: Word): boolean {
  if (family.kind === 'unknown-bind' && word.value === 'process') {
    const remedy = 'Use "thread", or remove it: HAProxy runs threads in one process.';
    if (atLeast(scope.version, '3.0')) {
      scope.report('removed', word, '"process" on bind lines was removed in HAProxy 2.7.', remedy);
      return true;
    }
    scope.report('deprecated', word, '"process" on bind lines ends with HAProxy 2.6.', remedy);
  }
  return false;
}

/** Parameters that only some lines take, or that need another before them. */
function misplaced(scope: Scope, family: Family, word: Word): boolean {
  if (family.kind !== 'unknown-server') return false;
  if (word.value === 'usesrc') {
    scope.report(
      'missing-argument',
      word,
      '"usesrc" needs a "source" before it.',
      'Write source <address> usesrc ….',
    );
    return true;
  }
  if (scope.statement.keyword.value !== 'default-server' || !NOT_IN_DEFAULT_SERVER.has(word.value))
    return false;
  const message = `"default-server" does not take "${word.value}".`;
  scope.report('extra-argument', word, message, 'Write it on each server line.');
  return true;
}

function reportUnknown(scope: Scope, family: Family, word: Word): void {
  const branches = branchesWith((table) => arityOf(table, family, word.value) !== undefined);
  if (branches.length > 0) {
    const message = `HAProxy ${scope.version} does not know "${word.value}" on ${family.line} lines.`;
    return scope.report('newer', word, message, `It exists in HAProxy ${branches.join(', ')}.`);
  }
  const known = scope.suggest(word.value, family.names(scope.table));
  const remedy = known.startsWith('Use one')
    ? `See the ${family.line} options in the HAProxy manual.`
    : known;
  scope.report(family.kind, word, `"${word.value}" is no parameter of ${family.line} lines.`, remedy);
}

/** `source <address> [usesrc <address>] [interface <name>]`. */
function checkSource(scope: Scope, words: readonly Word[], at: number): number | undefined {
  const address = words[at + 1];
  if (address === undefined) {
    scope.report(
      'missing-argument',
      words[at] ?? scope.statement.keyword,
      '"source" needs an address.',
      'Write the address.',
    );
    return undefined;
  }
  checkAddress(scope, address, SOURCE);
  let next = at + 2;
  while (words[next]?.value === 'usesrc' || words[next]?.value === 'interface') {
    const value = words[next + 1];
    if (value === undefined) {
      const span = behind(words, next + 1, scope.statement);
      scope.report('missing-argument', span, `"${words[next]?.value ?? ''}" needs a value.`, 'Write it.');
      return undefined;
    }
    const address = words[next]?.value === 'usesrc' && !/^(client|clientip)$|^hdr_ip\(/.test(value.value);
    if (address) checkAddress(scope, value, PLAIN);
    next += 2;
  }
  return next;
}

const MOST_STATEMENTS = 1_000;

/** True for a server HAProxy starts without an address of: `init-addr` with `none`, on the line or in the section. */
function startsUnresolved({ section }: Scope, words: readonly Word[]): boolean {
  // In a longer section each line would be looked at again for each fault: there it is told as a warning.
  if (section.statements.length > MOST_STATEMENTS) return true;
  const lines = section.statements.filter(({ keyword }) => keyword.value === 'default-server');
  return [words, ...lines.map(({ args }) => args)].some((line) =>
    line.some(({ value }, at) => line[at - 1]?.value === 'init-addr' && value.split(',').includes('none')),
  );
}

/** `server <name> <address> …`. */
export function checkServer(matching: Matching): void {
  const { scope, words } = matching;
  const [name, address] = words;
  if (name === undefined || address === undefined) {
    const span = behind(words, words.length, scope.statement);
    return scope.report(
      'missing-argument',
      span,
      '"server" needs a name and an address.',
      'Write server <name> <address>:<port>.',
    );
  }
  if (!checkName(scope, name, 'a server')) return;
  checkAddress(scope, address, { ...SERVER, unresolved: () => startsUnresolved(scope, words) });
  scope.unlessSilent(words.slice(2), 'server', () => checkServerParameters(matching, 2));
  checkServerTogether(scope, words);
}

/** `server-template <prefix> <number | range> <name>:<port> …`. */
export function checkServerTemplate(matching: Matching): void {
  const { scope, words } = matching;
  const [name, count, address] = words;
  if (name === undefined || count === undefined || address === undefined) {
    const span = behind(words, words.length, scope.statement);
    const remedy = 'Write server-template <prefix> <number> <address>:<port>.';
    return scope.report(
      'missing-argument',
      span,
      '"server-template" needs a prefix, a number and an address.',
      remedy,
    );
  }
  checkName(scope, name, 'a server');
  if (!count.dynamic) checkTemplateCount(scope, count);
  checkAddress(scope, address, { ...SERVER, unresolved: () => startsUnresolved(scope, words) });
  checkServerParameters(matching, 3);
}

/** How many servers a template makes, or from which number to which. */
function checkTemplateCount(scope: Scope, count: Word): void {
  const match = /^(\d+)(?:-(\d+))?$/.exec(count.value);
  const remedy = 'Write 3 or 1-3.';
  if (match === null)
    return scope.report('number', count, `"${count.value}" is neither a number nor a range.`, remedy);
  const first = Number(match[1]);
  if (match[2] === undefined) {
    if (first === 0) scope.report('number', count, 'A template makes one server at least.', remedy);
  } else if (Number(match[2]) < first)
    scope.report(
      'number',
      count,
      `The range "${count.value}" runs backwards.`,
      'Write the smaller number first.',
    );
}

/** The parameters of a server or default-server line from `start` on. */
export function checkServerParameters(matching: Matching, start: number): void {
  checkParameters(matching, SERVER_LINE, start, () => undefined);
}
