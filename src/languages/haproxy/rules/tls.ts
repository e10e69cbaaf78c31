import type { Span } from '../../core/rules/rule';
import { keywordTable, type KeywordTable } from '../schema/keywords/tables';
import type { Proxy, Server } from '../model/proxies';
import type { HaproxySubject } from '../subject';
import { serverParameters } from '../model/parameters';
import type { Section, Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import type { HaproxyRule } from './haproxy-rule';

const SAFETY = 'Security';

const WEAK = new Set(['SSLv3', 'TLSv1.0', 'TLSv1.1']);
const SERVER_LINES = new Set(['server', 'default-server', 'server-template']);
const TLS_LINES = new Set([
  'bind',
  'server',
  'default-server',
  'ssl-default-bind-options',
  'ssl-default-server-options',
]);

/** The word of a line that lets broken versions of TLS in. */
function weakVersion(args: readonly Word[]): Word | undefined {
  return args.find((word, at) =>
    /^ssl-(min|max)-ver$/.test(args[at - 1]?.value ?? '')
      ? WEAK.has(word.value)
      : /^force-(sslv3|tlsv10|tlsv11)$/.test(word.value),
  );
}

/** The `none` of a line that says both `ssl` and `verify none`. */
function unverified({ keyword, args }: Statement): Word | undefined {
  if (!SERVER_LINES.has(keyword.value) || !args.some((word) => word.value === 'ssl')) return undefined;
  return args.find((word, at) => word.value === 'none' && args[at - 1]?.value === 'verify');
}

/** The `none` of `ssl-server-verify none` in a global section. */
function unverifiedAll({ kind, statements }: Section): Word | undefined {
  if (kind !== 'global') return undefined;
  return statements
    .find(({ keyword }) => keyword.value === 'ssl-server-verify')
    ?.args.find(({ value }) => value === 'none');
}

/** Where the certificates of servers are taken unseen, in lines of their own or through default-server. */
function unverifiedPlaces({ document, proxies }: HaproxySubject): Span[] {
  const places = new Map<number, Span>();
  const add = (word: Word | undefined): void => {
    if (word !== undefined) places.set(word.start, word);
  };
  for (const section of document.sections) {
    add(unverifiedAll(section));
    for (const statement of section.statements) add(unverified(statement));
  }
  for (const server of proxies.flatMap(({ servers }) => servers)) {
    const verify = server.has('ssl') ? server.value('verify') : undefined;
    if (verify?.value === 'none') add(verify);
  }
  return [...places.values()].sort((a, b) => a.start - b.start);
}

/** More default-server lines no section has; every server would look through them all. */
const MOST_SHARED = 30;

/** True when HAProxy has to verify the certificate of this server, and nothing says with what. */
function lacksAuthorities(
  proxy: Proxy,
  { statement }: Server,
  table: KeywordTable,
  checked: boolean,
): boolean {
  const shared = proxy.all('default-server');
  if (shared.length > MOST_SHARED) return false;
  const lines = shared
    .filter(({ line }) => line.start < statement.line.start)
    .map((line) => serverParameters(line, 0, table));
  const all = new Map<string, string>();
  for (const found of [...lines, serverParameters(statement, 2, table)]) {
    if (found === undefined) return false;
    for (const [name, { value }] of found) all.set(name, value?.value ?? '');
  }
  if (all.has('no-ssl') || all.has('no-check-ssl') || all.has('no-verify')) return false;
  if (!checked && !all.has('ssl') && !all.has('check-ssl')) return false;
  return !all.has('ca-file') && (all.get('verify') ?? 'required') === 'required';
}

/** True when a step of the checks speaks TLS, whatever the servers do. */
function checksOverTls(proxy: Proxy): boolean {
  return [...proxy.own('tcp-check'), ...proxy.own('http-check')].some(
    ({ args }) => args[0]?.value === 'connect' && args.some(({ value }) => value === 'ssl'),
  );
}

/** Rules for TLS on both sides of HAProxy. */
export const TLS_RULES: readonly HaproxyRule[] = [
  {
    id: 'HAP311',
    severity: 'warning',
    topic: SAFETY,
    title: 'Broken versions of TLS are accepted',
    check({ document }, report) {
      for (const { statements } of document.sections) {
        for (const { keyword, args } of statements) {
          const found = TLS_LINES.has(keyword.value) ? weakVersion(args) : undefined;
          if (found === undefined) continue;
          report({
            span: found,
            message: `"${found.value}" lets clients use a broken version of TLS.`,
            remedy: 'Write "ssl-min-ver TLSv1.2".',
          });
        }
      }
    },
  },
  {
    id: 'HAP312',
    severity: 'warning',
    topic: SAFETY,
    title: 'The certificate of a server is not verified',
    check(subject, report) {
      for (const span of unverifiedPlaces(subject)) {
        report({
          span,
          message: 'Anyone between HAProxy and the server can pose as the server.',
          remedy: 'Write "verify required ca-file <file>".',
        });
      }
    },
  },
  {
    id: 'HAP313',
    severity: 'error',
    topic: SAFETY,
    title: 'The certificate of a server is to be verified with nothing',
    check({ document, proxies }, report) {
      const verified = document.sections.every(({ kind, statements }) =>
        kind === 'global' ? statements.every(({ keyword }) => keyword.value !== 'ssl-server-verify') : true,
      );
      if (!verified) return;
      const table = keywordTable(document.version);
      for (const proxy of proxies) {
        if (!proxy.runs) continue;
        for (const server of proxy.servers) {
          const checked = server.has('check') && checksOverTls(proxy);
          if (!server.has('ssl') && !server.has('check-ssl') && !checked) continue;
          if (!lacksAuthorities(proxy, server, table, checked)) continue;
          report({
            span: server.name,
            message: `HAProxy verifies the certificate of "${server.name.value}", and no "ca-file" says with what: it does not start.`,
            remedy: 'Add "ca-file <file>", or "ca-file @system-ca" for the authorities of the system.',
          });
        }
      }
    },
  },
];
