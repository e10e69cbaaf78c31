/** Pairs of words that may exclude each other, or need each other, on one line or in one section. */
import { keywordTable } from '../../../src/languages/haproxy/schema/keywords/tables';
import { BIND_VALUES, SERVER_VALUES } from '../../../src/languages/haproxy/schema/parameters';
import type { HaproxyVersion } from '../../../src/languages/haproxy/schema/version';
import { caseOf, type Case, type Place } from './base';
import { sampleOf } from './samples';

/** Values of parameters whose type is free text. */
const TEXTS: Readonly<Record<string, string>> = {
  alpn: 'h2,http/1.1',
  'ca-file': 'c.pem',
  'ca-verify-file': 'c.pem',
  crt: 'c.pem',
  'crl-file': 'c.pem',
  'ca-sign-file': 'c.pem',
  'ca-ignore-err': 'all',
  'crt-ignore-err': 'all',
  npn: 'h2',
  ciphers: 'AES128-SHA',
  ciphersuites: 'TLS_AES_128_GCM_SHA256',
  curves: 'P-256',
  ecdhe: 'prime256v1',
  cookie: 'x',
  redir: 'http://x',
  track: 't9/s1',
  'check-sni': 'x',
  'check-alpn': 'h2',
  verifyhost: 'x',
  sigalgs: 'RSA+SHA256',
  'client-sigalgs': 'RSA+SHA256',
  source: '10.0.0.4',
  user: 'root',
  group: 'root',
  uid: '0',
  gid: '0',
  interface: 'lo',
  namespace: 'x',
  name: 'x',
  'agent-send': 'x',
  shard: '1',
  'pool-max-conn': '5',
  'pool-low-conn': '5',
  'default-crt': 'c.pem',
  label: 'x',
  'guid-prefix': 'x',
  'ssl-min-ver': 'TLSv1.2',
  'ssl-max-ver': 'TLSv1.3',
};

function word(values: Readonly<Record<string, string>>, name: string, arity: number): string {
  const type = values[name];
  return arity === 0 ? name : `${name} ${TEXTS[name] ?? (type === undefined ? 'x' : sampleOf(type))}`;
}

/** What depends on the machine, or on files of other programs. */
const MACHINE =
  /^(crt-list|ca-file|namespace|interface|user|group|tls-ticket-keys|crl-file|ca-sign|socks4|ech)/;

function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, at) => items.slice(at + 1).map((other): [T, T] => [one, other]));
}

/** Every pair of parameters of bind and server lines. */
export function parameterPairs(version: HaproxyVersion): Case[] {
  const table = keywordTable(version);
  const words = (names: ReadonlyMap<string, number>, values: Readonly<Record<string, string>>): string[] =>
    [...names].filter(([name]) => !MACHINE.test(name)).map(([name, arity]) => word(values, name, arity));
  const bind = pairsOf([...words(table.bind, BIND_VALUES), 'ssl crt c.pem', 'ssl']).map(([one, other]) =>
    caseOf('bind pair', 'frontend', `bind 127.0.0.1:8099 ${one} ${other}`),
  );
  const server = pairsOf([...words(table.server, SERVER_VALUES), 'ssl verify none']).map(([one, other]) =>
    caseOf('server pair', 'backend', `server s9 10.0.0.9:80 ${one} ${other}`, {
      behind: ['backend t9', '    server s1 10.0.0.1:80 check'],
    }),
  );
  return [...bind, ...server];
}

/** Lists of words that stand on one line: each alone, and each pair. */
const LISTS: readonly (readonly [place: Place, line: string, words: readonly string[]])[] = [
  [
    'backend',
    'cookie S',
    [
      'rewrite',
      'insert',
      'prefix',
      'indirect',
      'nocache',
      'postonly',
      'preserve',
      'httponly',
      'secure',
      'dynamic',
      'domain x.example.com',
      'domain .x.com',
      'domain x',
      'maxidle 5',
      'maxlife 5',
      'attr a=b',
      'attr a;b',
    ],
  ],
  [
    'backend',
    'retry-on',
    'none conn-failure empty-response response-timeout junk-response 0rtt-rejected all-retryable-errors 401 404 503'.split(
      ' ',
    ),
  ],
  [
    'frontend',
    'http-request return',
    [
      'status 200',
      'status 403',
      'content-type text/plain',
      'string x',
      'file e503.http',
      'lf-string x',
      'errorfiles e',
      'default-errorfiles',
      'errorfile e503.http',
      'hdr a b',
    ],
  ],
  [
    'frontend',
    'http-request deny',
    [
      'deny_status 403',
      'status 403',
      'status 200',
      'content-type text/plain',
      'string x',
      'errorfiles e',
      'default-errorfiles',
      'hdr a b',
    ],
  ],
  [
    'frontend',
    'http-request redirect',
    [
      'location /x',
      'prefix http://x',
      'scheme https',
      'code 301',
      'code 307',
      'drop-query',
      'append-slash',
      'keep-query',
      'set-cookie a=b',
      'clear-cookie a',
      'ignore-empty',
    ],
  ],
  [
    'frontend',
    'compression',
    [
      'algo gzip',
      'algo identity',
      'algo gzip deflate',
      'type text/html',
      'offload',
      'direction both',
      'algo-req gzip deflate',
      'algo-req gzip',
      'algo-res gzip',
    ],
  ],
  [
    'backend',
    'stick-table',
    [
      'type ip',
      'type string',
      'type string len 5',
      'size 1k',
      'size 0',
      'expire 1m',
      'nopurge',
      'peers p',
      'store gpc0',
      'store gpc0,gpc0',
      'store gpc(2)',
      'store gpc(2),gpc0',
      'store gpt(2),gpt0',
      'srvkey addr',
      'write-to t',
      'recv-only',
      'store bytes_in_rate(1s)',
      'store conn_rate',
    ],
  ],
  [
    'backend',
    'hash-type',
    ['consistent', 'map-based', 'consistent sdbm', 'map-based crc32 avalanche', 'none', 'consistent none'],
  ],
  [
    'listen',
    'email-alert',
    ['mailers m', 'mailers nosuch', 'from a@x', 'to b@x', 'level err', 'myhostname x'],
  ],
  [
    'listen',
    'stats',
    [
      'enable',
      'uri /x',
      'auth a:b',
      'auth a',
      'realm x',
      'refresh 5s',
      'hide-version',
      'scope .',
      'admin if TRUE',
      'admin if LOCALHOST',
      'show-node',
      'show-desc x',
      'http-request allow',
      'http-request auth realm x',
    ],
  ],
  [
    'backend',
    'http-check',
    [
      'expect status 200',
      'expect string x',
      'send meth GET uri /x',
      'connect',
      'connect port 80',
      'connect ssl',
      'disable-on-404',
      'send-state',
      'comment x',
      'expect status 200 string x',
    ],
  ],
  [
    'backend',
    'tcp-check',
    [
      'connect',
      'connect port 80',
      'send x',
      'expect string x',
      'expect rstring x',
      'comment x',
      'send-binary 50',
      'connect ssl',
    ],
  ],
  [
    'frontend',
    'option forwardfor',
    ['except 10.0.0.0/8', 'except 10.0.0.0/40', 'except x', 'header X', 'if-none'],
  ],
  ['frontend', 'option originalto', ['except 10.0.0.0/8', 'except x', 'header X']],
  [
    'backend',
    'option forwarded',
    ['proto', 'host', 'by', 'by_port', 'for', 'for_port', 'host-expr src', 'for-expr nosuch', 'x'],
  ],
  ['backend', 'option mysql-check', ['user x', 'user', 'post-41', 'pre-41', 'user x pre-41', 'x']],
  [
    'backend',
    'option httpchk',
    ['/x', 'GET', 'GET /x', 'GET /x HTTP/1.1', '/x HTTP/1.1', 'HEAD /x HTTP/1.0', ''],
  ],
  ['backend', 'option redispatch', ['1', '-1', 'x', '1.5']],
  ['backend', 'option smtpchk', ['HELO x', 'EHLO x', 'x', 'HELO']],
];

/** Switches whose order or number does not matter on one line. */
const APART = new Set(['compression', 'email-alert', 'stats', 'http-check', 'tcp-check']);

export function wordPairs(): Case[] {
  return LISTS.flatMap(([place, line, words]) => {
    const single = words.map((one) => caseOf('words', place, `${line} ${one}`));
    const twice = words.flatMap((one) =>
      words.map((other) =>
        APART.has(line)
          ? caseOf('word pair', place, [`${line} ${one}`, `${line} ${other}`])
          : caseOf('word pair', place, `${line} ${one} ${other}`),
      ),
    );
    return [...single, ...twice];
  });
}

/** Lines that change what other lines of their section mean. */
const TOGETHER: readonly string[] = [
  'mode tcp',
  'mode health',
  'balance hdr(host)',
  'balance uri',
  'balance static-rr',
  'hash-type consistent',
  'cookie S insert',
  'cookie S rewrite',
  'option httpchk',
  'option tcp-check',
  'option ssl-hello-chk',
  'option mysql-check user x',
  'option pgsql-check user x',
  'option redis-check',
  'option smtpchk',
  'option ldap-check',
  'option external-check',
  'external-check command /bin/true',
  'option httpclose',
  'option http-server-close',
  'option http-keep-alive',
  'option httplog',
  'option tcplog',
  'option persist',
  'option redispatch',
  'option transparent',
  'option allbackups',
  'option http-use-htx',
  'http-check expect status 200',
  'http-check send meth GET',
  'http-check disable-on-404',
  'tcp-check connect',
  'tcp-check expect string x',
  'stick on src',
  'stick on src table t',
  'stick store-response src',
  'stick-table type ip size 1k',
  'server s9 10.0.0.9:80 cookie x',
  'server s9 10.0.0.9 check',
  'server s9 10.0.0.9:80 track b/s1',
  'server s9 10.0.0.9:80 backup',
  'dispatch 10.0.0.9:80',
  'disabled',
  'retries 0',
  'retry-on all-retryable-errors',
  'http-reuse never',
  'http-request track-sc0 src',
  'http-request track-sc0 src table t',
  'http-request capture path len 5',
  'http-request capture path id 0',
  'http-response capture res.hdr(a) id 0',
  'declare capture request len 5',
  'declare capture response len 5',
  'capture request header Host len 5',
  'capture cookie x len 5',
  'tcp-request inspect-delay 5s',
  'tcp-request content track-sc0 src table t',
  'tcp-request content capture req.ssl_sni len 5',
  'tcp-request content accept if { req.ssl_hello_type 1 }',
  'tcp-request content switch-mode http',
  'http-request set-header a b',
  'stats enable',
  'stats admin if TRUE',
  'use-server s1 if TRUE',
  'use-server s8 if TRUE',
  'use_backend b if TRUE',
  'use_backend l if TRUE',
  'monitor-uri /x',
  'monitor fail if TRUE',
  'unique-id-header X',
  'unique-id-format %ci',
  'errorfile 503 e503.http',
  'errorfiles e',
  'log global',
  'log-format %ci',
  'filter compression',
  'compression algo gzip',
  'id 5',
  'server s9 10.0.0.9:80 id 1',
  'server s9 10.0.0.9:80 agent-check',
  'server s9 10.0.0.9:80 agent-check agent-port 5',
  'http-send-name-header X',
  'source 0.0.0.0 usesrc client',
  'source 0.0.0.0 usesrc hdr_ip(x-forwarded-for)',
  'load-server-state-from-file global',
  'fullconn 5',
  'maxconn 5',
  'timeout client 5s',
  'timeout tunnel 5s',
  'email-alert mailers m',
  'email-alert from a@x',
  'email-alert to b@x',
];

/** Each pair of such lines in a listen section and in a backend, in both modes. */
export function linePairs(): Case[] {
  return pairsOf(TOGETHER).flatMap(([one, other]) => [
    caseOf('line pair', 'listen', [one, other]),
    caseOf('line pair', 'backend', [one, other], { mode: 'tcp' }),
  ]);
}
