/** Every option and every statement in every section and mode. */
import { OPTIONS } from '../../../src/languages/haproxy/check/lines/options';
import { GLOBAL_KEYWORDS, UNLISTED_GLOBAL_KEYWORDS } from '../../../src/languages/haproxy/schema/global';
import { keywordTable } from '../../../src/languages/haproxy/schema/keywords/tables';
import { PROXY_KEYWORDS } from '../../../src/languages/haproxy/schema/proxy';
import {
  REMOVED_GLOBAL,
  REMOVED_OPTIONS,
  REMOVED_PROXY,
} from '../../../src/languages/haproxy/schema/removed';
import { SECTION_KEYWORDS } from '../../../src/languages/haproxy/schema/sections';
import { HAPROXY_VERSIONS } from '../../../src/languages/haproxy/schema/version';
import { caseOf, OTHER_PLACES, PROXY_PLACES, type Case, type Mode, type Place } from './base';
import { formsOf } from './samples';

const MODES: readonly Mode[] = ['http', 'tcp'];

/** Arguments without which an option is refused. */
const NEEDED: Readonly<Record<string, string>> = {
  'http-restrict-req-hdr-names': ' preserve',
  'pgsql-check': ' user x',
};

/** Names of options any branch knows, so that what a branch does not know is asked, too. */
function optionNames(): string[] {
  const listed = HAPROXY_VERSIONS.flatMap((version) => [...keywordTable(version).options.keys()]);
  return [...new Set([...OPTIONS.keys(), ...listed, ...REMOVED_OPTIONS.keys()])].sort();
}

const group = (place: Place, no: string): string =>
  no !== '' ? 'no option' : PROXY_PLACES.includes(place) ? 'option' : 'option elsewhere';

/** `option X` and `no option X` in every section and mode. */
export function optionCases(): Case[] {
  return optionNames().flatMap((name) =>
    [...PROXY_PLACES, 'global' as const, ...OTHER_PLACES].flatMap((place) =>
      (PROXY_PLACES.includes(place) ? MODES : MODES.slice(0, 1)).flatMap((mode) =>
        ['', 'no '].map((no) =>
          caseOf(group(place, no), place, `${no}option ${name}${no === '' ? (NEEDED[name] ?? '') : ''}`, {
            mode,
          }),
        ),
      ),
    ),
  );
}

/** Lines whose arguments no signature tells. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  acl: ['acl a1 src 10.0.0.0/8', 'acl a1 path_beg /a', 'acl a1 nbsrv(b) gt 0'],
  balance: [
    'balance roundrobin',
    'balance leastconn',
    'balance source',
    'balance first',
    'balance static-rr',
    'balance uri',
    'balance uri len 5 depth 2 whole',
    'balance url_param id',
    'balance hdr(host)',
    'balance hdr()',
    'balance hdr',
    'balance random',
    'balance random(2)',
    'balance random(0)',
    'balance rdp-cookie',
    'balance rdp-cookie(x)',
    'balance hash src',
    'balance hash path',
    'balance log-hash x',
    'balance sticky',
    'balance uri foo 3',
    'balance url_param id check_post',
  ],
  bind: ['bind 127.0.0.1:8099', 'bind 127.0.0.1:8099 ssl crt c.pem'],
  'declare capture': ['declare capture request len 5', 'declare capture response len 5'],
  'default-server': ['default-server inter 3s'],
  filter: [
    'filter trace',
    'filter compression',
    'filter cache c',
    'filter bwlim-in x default-limit 1m default-period 1s',
    'filter fcgi-app a',
  ],
  'http-after-response': ['http-after-response set-header a b'],
  'http-check': [
    'http-check expect status 200',
    'http-check send meth GET uri /x',
    'http-check connect',
    'http-check disable-on-404',
    'http-check send-state',
    'http-check comment x',
  ],
  'http-error': ['http-error status 503 content-type text/plain string x'],
  'http-request': ['http-request set-header a b', 'http-request capture path len 5'],
  'http-response': ['http-response set-header a b'],
  log: [
    'log 10.0.0.60:514 local0',
    'log global',
    'log stdout local0',
    'log ring@buf0 local0',
    'log ring@g local0',
  ],
  'max-session-srv-conns': ['max-session-srv-conns 5'],
  redirect: ['redirect scheme https', 'redirect prefix http://x', 'redirect location /x'],
  'retry-on': ['retry-on conn-failure', 'retry-on all-retryable-errors', 'retry-on none', 'retry-on 503 504'],
  server: ['server s9 10.0.0.9:80 check'],
  'server-template': ['server-template z 1-3 10.0.0.9:80 check'],
  source: [
    'source 10.0.0.4',
    'source 0.0.0.0 usesrc client',
    'source 0.0.0.0 usesrc hdr_ip(x-forwarded-for)',
  ],
  stats: [
    'stats enable',
    'stats uri /x',
    'stats auth a:b',
    'stats admin if TRUE',
    'stats http-request allow',
  ],
  'stick-table': ['stick-table type ip size 1k expire 1m', 'stick-table type ip size 1k expire 1m peers p'],
  'tcp-check': ['tcp-check connect', 'tcp-check expect string x', 'tcp-check send x', 'tcp-check comment x'],
  'tcp-request': [
    'tcp-request connection accept',
    'tcp-request session accept',
    'tcp-request content accept',
    'tcp-request inspect-delay 5s',
  ],
  'tcp-response': ['tcp-response content accept', 'tcp-response inspect-delay 5s'],
  'email-alert': ['email-alert mailers m', 'email-alert from a@example.com', 'email-alert to b@example.com'],
  'use-fcgi-app': ['use-fcgi-app a'],
};

function linesOf(
  keywords: Iterable<readonly [string, { readonly parts: Parameters<typeof formsOf>[0] }]>,
): string[] {
  return [...keywords].flatMap(([name, { parts }]) => formsOf(parts).map((form) => `${name} ${form}`.trim()));
}

/** Lines of proxies: written ones, and every form of every signature. */
export function proxyLines(): string[] {
  const listed = HAPROXY_VERSIONS.flatMap((version) => [
    ...(keywordTable(version).sections.get('listen') ?? []),
  ]);
  const names = [...PROXY_KEYWORDS.keys()].map((name) => name.split(' ')[0] ?? '');
  return [
    ...new Set([
      ...Object.values(WRITTEN).flat(),
      ...linesOf(PROXY_KEYWORDS),
      ...listed.filter((name) => !names.includes(name)).flatMap((name) => [name, `${name} x`]),
      ...REMOVED_PROXY.keys(),
    ]),
  ].filter((line) => !line.startsWith('mode '));
}

function globalLines(): string[] {
  const listed = HAPROXY_VERSIONS.flatMap((version) => [
    ...(keywordTable(version).sections.get('global') ?? []),
  ]);
  return [
    ...new Set([
      ...linesOf(GLOBAL_KEYWORDS),
      ...[...listed, ...UNLISTED_GLOBAL_KEYWORDS.keys(), ...REMOVED_GLOBAL.keys()]
        .filter((name) => !GLOBAL_KEYWORDS.has(name))
        .flatMap((name) => [name, `${name} x`, `${name} 5`, `${name} on`]),
    ]),
    // What another program does with the machine's files is no matter of the language.
  ].filter((line) => !/^(lua-|ssl-engine|51degrees|deviceatlas|wurfl|chroot|ca-base|crt-base)/.test(line));
}

/** Every line in its own kind of section, and in every other one. */
export function statementCases(): Case[] {
  const proxies = proxyLines().flatMap((line) => [
    ...PROXY_PLACES.map((place) => caseOf('statement', place, line)),
    ...(['frontend', 'backend'] as const).map((place) =>
      caseOf('statement in TCP mode', place, line, { mode: 'tcp' }),
    ),
    ...(['global', 'peers', 'ring', 'log-forward', 'fcgi-app', 'resolvers'] as const).map((place) =>
      caseOf('statement elsewhere', place, line),
    ),
  ]);
  const globals = globalLines().flatMap((line) =>
    (['global', 'defaults', 'backend'] as const).map((place) => caseOf('global', place, line)),
  );
  const others = [...SECTION_KEYWORDS].flatMap(([kind, keywords]) => {
    const own = OTHER_PLACES.find((place) => place === kind);
    const lines = linesOf(keywords);
    const places: readonly Place[] = own === undefined ? ['backend'] : [own, 'frontend', 'backend', 'global'];
    return lines.flatMap((line) => places.map((place) => caseOf(`lines of ${kind}`, place, line)));
  });
  return [...proxies, ...globals, ...others];
}

/** Sections of every kind, twice under one name, without a name, and with a word too many. */
export function sectionCases(): Case[] {
  const kinds =
    'peers mailers resolvers userlist cache ring http-errors fcgi-app log-forward crt-store log-profile healthcheck frontend backend listen'.split(
      ' ',
    );
  const body: Readonly<Record<string, string>> = {
    cache: '    total-max-size 4',
    'fcgi-app': '    docroot /x',
    frontend: '    bind 127.0.0.1:8095',
    listen: '    bind 127.0.0.1:8095',
    ring: '    size 32768',
    'log-forward': '    bind 127.0.0.1:1515',
    healthcheck: '    type httpchk',
  };
  return kinds.flatMap((kind) => {
    const of = (name: string, ...headers: string[]): Case => ({
      ...caseOf('sections', 'frontend', [], {
        behind: headers.flatMap((header) => [header, body[kind] ?? '']),
      }),
      name: `${kind}: ${name}`,
    });
    return [
      of('one', `${kind} z`),
      of('twice', `${kind} z`, `${kind} z`),
      of('no name', kind),
      of('two words', `${kind} z y`),
      of('a wrong character', `${kind} z/y`),
    ];
  });
}
