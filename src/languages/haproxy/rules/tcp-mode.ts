import type { Span } from '../../core/rules/rule';
import type { Proxy } from '../model/proxies';
import { keywordTable, type KeywordTable } from '../schema/keywords/tables';
import type { Statement } from '../syntax/document';
import type { HaproxyRule } from './haproxy-rule';

const SHAPE = 'Structure';

const HTTP_LINES = [
  'http-request',
  'http-response',
  'http-after-response',
  'redirect',
  'monitor-uri',
  'cookie',
  'stats',
  'capture',
  'http-send-name-header',
];

/** Options for HTTP that the keyword listing says nothing of. */
const HTTP_OPTIONS = new Set([
  'forwardfor',
  'httplog',
  'httpslog',
  'forwarded',
  'originalto',
  'http-restrict-req-hdr-names',
]);

const HTTP_ALGORITHM = /^(uri|url_param|hdr\(.*)$/s;

function isHttpOption(table: KeywordTable, name: string): boolean {
  return HTTP_OPTIONS.has(name) || table.options.get(name)?.has('HTTP') === true;
}

/** The words of a proxy that need HTTP mode, each with how it is called and what to write instead. */
function* httpWords(proxy: Proxy, table: KeywordTable): Generator<readonly [Span, string, string]> {
  const remedy = 'Set "mode http", or remove the line.';
  for (const keyword of HTTP_LINES) {
    for (const statement of proxy.own(keyword)) yield [statement.keyword, `"${keyword}"`, remedy];
  }
  for (const { args, modifier, uncertain } of proxy.own('option')) {
    const [name] = args;
    if (name === undefined || modifier !== undefined || uncertain || !isHttpOption(table, name.value))
      continue;
    const instead = /^https?log$/.test(name.value) ? 'Write "option tcplog"' : 'Remove the line';
    yield [name, `"option ${name.value}"`, `${instead}, or set "mode http".`];
  }
  for (const { args } of proxy.backend ? proxy.own('balance') : []) {
    const [algorithm] = args;
    if (algorithm === undefined || !HTTP_ALGORITHM.test(algorithm.value)) continue;
    yield [
      algorithm,
      `"balance ${algorithm.value}"`,
      'Write "balance source" or another algorithm, or set "mode http".',
    ];
  }
  yield* headersOfRequests(proxy.own('source'));
  for (const { statement } of proxy.servers) {
    const cookie = statement.args.find(({ value }, at) => at >= 2 && value === 'cookie');
    if (cookie !== undefined) yield [cookie, '"cookie" of a server', 'Remove it, or set "mode http".'];
  }
}

/** Addresses that are to come from a header. */
function* headersOfRequests(sources: readonly Statement[]): Generator<readonly [Span, string, string]> {
  for (const { args } of sources) {
    const header = args.find(({ value }) => value.startsWith('hdr_ip('));
    if (header !== undefined)
      yield [header, `"usesrc ${header.value}"`, 'Write "usesrc clientip", or set "mode http".'];
  }
}

/** Rules for proxies that pass bytes on without looking at them. */
export const TCP_MODE_RULES: readonly HaproxyRule[] = [
  {
    id: 'HAP320',
    severity: 'warning',
    topic: SHAPE,
    title: 'HTTP-only directives are ignored in TCP mode',
    check({ document, proxies }, report) {
      const table = keywordTable(document.version);
      for (const proxy of proxies) {
        if (proxy.mode !== 'tcp') continue;
        const upgraded = proxy
          .all('tcp-request')
          .some(({ args }) => args.some((word) => word.value === 'switch-mode'));
        if (upgraded) continue;
        for (const [span, what, remedy] of httpWords(proxy, table)) {
          report({ span, message: `${what} does nothing in "${proxy.name}", which is in TCP mode.`, remedy });
        }
      }
    },
  },
];
