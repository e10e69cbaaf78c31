import { isProxy } from '../../check/scope';
import { OPTIONS } from '../../check/lines/options';
import { ACTION_SIGNATURES } from '../../schema/actions';
import type { Converter, KeywordTable, SampleFetch } from '../../schema/keywords/tables';
import { readEntries } from '../../schema/descriptions/entries';
import { keywordMap } from '../cursor/line-slots';

/** Arguments of keywords the tables hold no readable signature for. */
const WRITTEN = readEntries(`
  acl: <name> <expression> [flags] <pattern…>
  bind: <address:port> [parameter…]
  server: <name> <address:port> [parameter…]
  default-server: [parameter…]
  server-template: <prefix> <number|range> <name:port> [parameter…]
  option: <name> [arguments]
  option~httpchk: [method] [path] [version]
  log: <target> [len <number>] [format <name>] <facility> [level] [minimum]
  balance: <algorithm> [arguments]
  http-request: <action> [arguments] [if|unless <condition>]
  http-response: <action> [arguments] [if|unless <condition>]
  http-after-response: <action> [arguments] [if|unless <condition>]
  tcp-request: <connection|session|content|inspect-delay> <action> [if|unless <condition>]
  tcp-response: <content|inspect-delay> <action> [if|unless <condition>]
  use_backend: <backend> [if|unless <condition>]
  use-server: <server> <if|unless> <condition>
  default_backend: <backend>
  redirect: <location|prefix|scheme> <address> [code <status>] [if|unless <condition>]
  stick-table: type <type> [len <number>] size <size> [expire <time>] [peers <section>] [store <counters>]
  http-check: <connect|send|expect|…> [arguments]
  http-check~expect: [options] [!] <status|rstatus|string|rstring|hdr> <pattern>
  http-check~send: [meth <method>] [uri <path>] [ver <version>] [hdr <name> <value>] [body <text>]
  http-check~connect: [port <port>] [ssl] [sni <host>] [send-proxy]
  tcp-check: <connect|send|expect|…> [arguments]
  tcp-check~connect: [port <port>] [ssl] [sni <host>] [send-proxy]
  tcp-check~expect: [options] [!] <string|rstring|binary> <pattern>
  filter: <name> [arguments]
  stats~socket: <path|address:port> [parameter…]
  peer: <name> <address:port>
  nameserver: <name> <address:port>
  mailer: <name> <address:port>
  user: <name> <password|insecure-password> <text> [groups <list>]
  group: <name> [users <list>]
  table: <name> type <type> size <size> [expire <time>] [store <counters>]
`);

const LABELS: Readonly<Record<string, string>> = {
  atol: 'number',
  int: 'number',
  uint: 'number',
  posint: 'number',
  fmt: 'format',
  logfmt: 'format',
  expr: 'expression',
  'expr-or-number': 'expression or number',
  text: 'text',
  plain: 'address',
  peer: 'address:port',
  'tune-size': 'size',
  'size-or-atol': 'size',
  'cache-size': 'megabytes',
  'use-backend': 'backend',
  'use-server': 'server',
  'time-or-infinite': 'time',
  'error-status': 'status',
  'status-atol': 'status',
  'redirect-code': 'status',
  'log-level-or-silent': 'level',
  maxconn: 'number',
  percent50: 'percent',
};

/** Turns the tables' notation into one for people: `<atol>` becomes `<number>`, `?if` the words it stands for. */
export function readable(text: string): string {
  return text
    .replace(/<(?:([^:>]+):)?([^>]+)>/g, (_, label: string | undefined, type: string) => {
      return `<${label ?? LABELS[type] ?? type}>`;
    })
    .replace(/\{ (.*?) \}/g, (_, inner: string) =>
      inner
        .split(' / ')
        .map((one) => `[${one}]`)
        .join(' '),
    )
    .replace(/\[ (.*?) \]/g, '[$1]')
    .replace(/\?if/g, '[if|unless <condition>]')
    .replace(/!if/g, '<if|unless> <condition>')
    .replace(/ ?\*$/, ' [arguments]')
    .trim();
}

/** Arguments of a keyword, or undefined when nothing is known. `name` may be of two words. */
export function keywordArguments(section: string, name: string): string | undefined {
  const written = WRITTEN.get(name);
  if (written !== undefined && (isProxy(section) || !name.includes(' ') || section === 'global'))
    return written;
  if (name.startsWith('option ')) {
    const option = OPTION_TEXTS.get(name.slice(7));
    return option ?? (OPTIONS.has(name.slice(7)) ? '' : undefined);
  }
  const text = keywordMap(section)?.get(name)?.text;
  return text === undefined ? undefined : readable(text);
}

const OPTION_TEXTS = readEntries(`
  forwardfor: [except <network>] [header <name>] [if-none]
  originalto: [except <network>] [header <name>]
  mysql-check: [user <name>]
  pgsql-check: user <name>
  redispatch: [interval]
  httplog: [clf]
  smtpchk: [HELO|EHLO] [domain]
  http-restrict-req-hdr-names: <preserve|reject|delete>
`);

/** Arguments of an action with its parenthesis; undefined when nothing is known. */
export function actionArguments(name: string): string | undefined {
  const inner = PARENTHESES.get(name);
  const known = name.startsWith('track-sc') ? '<expr> [ table <table> ]' : ACTION_SIGNATURES[name];
  if (known === undefined) return undefined;
  const rest = readable(`${known} ?if`.trim());
  return inner === undefined ? ` ${rest}` : `(${inner}) ${rest}`;
}

const PARENTHESES = readEntries(`
  set-var: <variable>
  set-var-fmt: <variable>
  unset-var: <variable>
  do-resolve: <variable>,<resolvers>[,ipv4|ipv6]
  add-acl: <file>
  del-acl: <file>
  set-map: <file>
  del-map: <file>
`);

/** `req.hdr(string,integer)` with its types. */
export function sampleArguments(
  table: KeywordTable,
  name: string,
  role: 'fetch' | 'converter',
): string | undefined {
  const found: SampleFetch | Converter | undefined =
    role === 'fetch'
      ? (table.fetches.get(name) ?? table.fetches.get(table.acl.get(name)?.fetch ?? ''))
      : table.converters.get(name);
  if (found === undefined) return undefined;
  const { types, required } = found.signature;
  if (types.length === 0) return '';
  return `(${types.map((type, at) => (at < required ? type : `[${type}]`)).join(', ')})`;
}
