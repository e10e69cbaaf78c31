import { readKeywords, type KeywordMap } from './keyword';

/** Keywords of the smaller sections; one that is not here is not judged. */
export const SECTION_KEYWORDS: ReadonlyMap<string, KeywordMap> = new Map([
  [
    'resolvers',
    readKeywords(`
      - nameserver <name> <peer> *
      - parse-resolv-conf *
      - hold <hold-event> <time> *
      - accepted_payload_size <int> *
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
      - size <size-or-atol> *
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
      - option *
    `),
  ],
  ['http-errors', readKeywords(`- errorfile <atol> <text> *`)],
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
      - option *
      - pass-header <text> ?if
      - path-info *
      - set-param <text> <fmt> ?if
      - acl *
    `),
  ],
]);
