import { readKeywords, type KeywordMap } from './keyword';

/** Parameters of a certificate in a store. */
const STORE_PARAMETERS =
  'crt <file:text> / key <file:text> / ocsp <file:text> / issuer <file:text> / sctl <file:text> / alias <text> / ' +
  'ocsp-update on|off / acme <text> / domains <text> / ips <text> / jwt on|off / generate-dummy on|off / ' +
  'keytype <text> / bits <int> / curves <text>';

/** What can be set for a source of traces. */
const TRACE_COMMANDS =
  'event <text> / follow <text> / level error|user|proto|state|data|developer / lock <text> / pause <text> / ' +
  'sink <text> / start <text> / stop <text> / verbosity <text>';

/** Keywords of the smaller sections; one that is not here is not judged. */
export const SECTION_KEYWORDS: ReadonlyMap<string, KeywordMap> = new Map([
  [
    'resolvers',
    readKeywords(`
      - nameserver <name> <peer> *
      - parse-resolv-conf *
      - hold <hold-event> <time> *
      - accepted_payload_size <payload-size> *
      - resolve_retries <atol> *
      - timeout retry|resolve <time> *
    `),
  ],
  [
    'mailers',
    readKeywords(`
      - mailer <name> <peer> *
      - timeout mail <time> *
    `),
  ],
  [
    'userlist',
    readKeywords(`
      - group <name> { users <text> }
      - user <name> { password <text> / insecure-password <text> / groups <text> }
    `),
  ],
  [
    'cache',
    readKeywords(`
      - total-max-size <cache-size> *
      - max-age <atol> *
      - max-object-size <atol> *
      - max-secondary-entries <atol> *
      - process-vary <text> *
    `),
  ],
  [
    'ring',
    readKeywords(`
      - backing-file <text> *
      - description <text> *
      - format <log-format-name> *
      - maxlen <atol> *
      - server *
      - size <ring-size> *
      - timeout connect|server <time> *
    `),
  ],
  [
    'peers',
    readKeywords(`
      - bind *
      - default-bind *
      - default-server *
      - disabled *
      - enabled *
      - log *
      - peer *
      - server *
      - shards <posint> *
      - table *
    `),
  ],
  [
    'log-forward',
    readKeywords(`
      - bind *
      - dgram-bind *
      - log *
      - maxconn <atol>
      - backlog <atol> *
      - timeout client <time> *
      - option assume-rfc6587-ntf|dont-parse-log|host *
    `),
  ],
  ['http-errors', readKeywords(`- errorfile <error-status> <text> *`)],
  [
    'crt-store',
    readKeywords(`
      - crt-base <text> *
      - key-base <text> *
      - load { ${STORE_PARAMETERS} }
    `),
  ],
  ['traces', readKeywords(`- trace [ <source:text> ] { ${TRACE_COMMANDS} }`)],
  [
    'log-profile',
    readKeywords(`
      - log-tag <text> *
      - on <log-step> [ drop ] { format <logfmt> / sd <logfmt> }
    `),
  ],
  [
    'acme',
    readKeywords(`
      - account-key <text> *
      - acme-vars <text>
      - bits <int>
      - challenge <acme-challenge> *
      - challenge-ready <acme-ready>
      - contact <text>
      - curves <text>
      - directory <text>
      - dns-delay <seconds>
      - dns-timeout <seconds>
      - eab-key-id <text>
      - eab-mac-alg HS256|HS384|HS512
      - eab-mac-key <text>
      - keytype RSA|ECDSA
      - map <text> *
      - profile <acme-profile>
      - provider-name <text>
      - reuse-key on|off
    `),
  ],
  [
    'program',
    readKeywords(`
      - command <text> *
      - user <text> *
      - group <text> *
      - option start-on-reload *
      - no-option *
    `),
  ],
  [
    'fcgi-app',
    readKeywords(`
      - docroot <text> *
      - index <text> *
      - log-stderr *
      - option get-values|keep-conn|max-reqs|mpxs-conns *
      - pass-header <text> ?if
      - path-info <regex> *
      - set-param <text> <fmt> ?if
      - acl *
    `),
  ],
]);
