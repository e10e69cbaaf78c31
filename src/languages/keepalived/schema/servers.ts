import {
  address,
  alone,
  choice,
  command,
  decimal,
  flag,
  form,
  interfaceName,
  keyword,
  number,
  reference,
  SIGNED,
  text,
  TIMER_SECONDS,
  UNSIGNED,
  type Keyword,
} from './keyword';

const delay = (name: string, doc: string, least = 0): Keyword =>
  keyword(name, [decimal(least, TIMER_SECONDS, 6)], doc);
const TIMEOUT = keyword('connect_timeout', [decimal(0.000001, 4_294, 6)], 'How long a connection may take.', {
  default: '5',
});
const RETRY = keyword('retry', [number(0, UNSIGNED)], 'Failed tries before a server counts as down.');
const ALGORITHM = choice('rr wrr lc wlc lblc lblcr sh mh dh sed nq fo ovf twos'.split(' '), 'ALGORITHM');
/** Written in capitals by everyone; keepalived takes small letters, too. */
const DNS_TYPES = 'A NS CNAME SOA MX TXT AAAA RRSIG DNSKEY'.split(' ');
const DNS_TYPE = choice([...DNS_TYPES, ...DNS_TYPES.map((type) => type.toLowerCase())], 'TYPE');
const METHOD = choice(['NAT', 'DR', 'TUN']);

/** Keywords of all checkers. */
const CHECKER: readonly Keyword[] = [
  RETRY,
  delay('delay_before_retry', 'Pause before the next try.'),
  delay('warmup', 'Longest random pause before the first check.'),
  delay('delay_loop', 'Pause between two checks.', 0.000001),
  flag('alpha', 'Counts the server as down until the first success.'),
  flag('log_all_failures', 'Logs each failed check.'),
];

/** Keywords of checkers that open a connection. */
const CONNECTION: readonly Keyword[] = [
  keyword('connect_ip', [address()], 'Address to check instead of that of the server.'),
  keyword('connect_port', [number(1, 65_535, 'PORT')], 'Port to check instead of that of the server.'),
  keyword('bindto', [address()], 'Own address of the connection.'),
  keyword('bind_port', [number(1, 65_535, 'PORT')], 'Own port of the connection.'),
  keyword('bind_if', [interfaceName()], 'Interface of the connection.'),
  TIMEOUT,
  keyword('fwmark', [number(0, UNSIGNED)], 'Mark of its packets.'),
  ...CHECKER,
];

const HTTP: readonly Keyword[] = [
  ...CONNECTION,
  keyword('nb_get_retry', [number(0, UNSIGNED)], 'Old spelling of `retry`.', { replacedBy: 'retry' }),
  keyword('virtualhost', [text('NAME')], 'Host name in the request.'),
  keyword('http_protocol', [choice(['1.0', '1.1', '1.0C', '1.0c'])], 'Version of HTTP.'),
  flag('enable_sni', 'Names the host when TLS begins.'),
  flag('fast_recovery', 'Takes a server back after the first success.'),
  keyword('url', [], 'A page to ask for and what it must answer.', { block: 'url', repeats: true }),
];

/** Known in SSL_GET and its pages alone. */
const TLS_COMPLIANT = flag('tls_compliant', 'Takes a connection that TLS did not end well as failed.', {
  since: '2.3',
});

const SERVER_CHECKS: readonly Keyword[] = [
  ['HTTP_GET', 'Asks for pages by HTTP.'],
  ['SSL_GET', 'Asks for pages by HTTPS.'],
  ['TCP_CHECK', 'Opens a TCP connection.'],
  ['SMTP_CHECK', 'Talks to a mail server.'],
  ['DNS_CHECK', 'Asks a name server.'],
  ['MISC_CHECK', 'Runs a command.'],
  ['PING_CHECK', 'Sends a ping.'],
  ['UDP_CHECK', 'Sends a packet by UDP.'],
  ['BFD_CHECK', 'Follows a BFD session.'],
  ['FILE_CHECK', 'Follows the number in a file.'],
].map(([name = '', doc = '']) => keyword(name, [], doc, { block: name, repeats: true }));

const SHARED: readonly Keyword[] = [
  keyword('retry', [number(1, UNSIGNED)], 'Failed tries before a server counts as down.'),
  delay('delay_before_retry', 'Pause before the next try.'),
  delay('warmup', 'Longest random pause before the first check.'),
  delay('delay_loop', 'Pause between two checks.', 0.000001),
  TIMEOUT,
  flag('inhibit_on_failure', 'Gives a failed server the weight 0 instead of removing it.', {
    silent: 'value',
  }),
  flag('smtp_alert', 'Sends a mail on every change.'),
  keyword('virtualhost', [text('NAME')], 'Host name in requests of HTTP checks.'),
  keyword('snmp_name', [text('NAME')], 'Name in SNMP.'),
];

const FLAGS = [
  'hashed',
  'ops',
  'flag-1',
  'flag-2',
  'flag-3',
  'sh-port',
  'sh-fallback',
  'mh-port',
  'mh-fallback',
];

/** Keywords of `virtual_server` and the blocks in it. */
export const SERVER_BLOCKS: Readonly<Record<string, readonly Keyword[]>> = {
  SSL: [
    keyword('password', [text('PASSWORD')], 'Password of the key.'),
    keyword('ca', [text('FILE')], 'Certificates to trust.'),
    keyword('certificate', [text('FILE')], 'Own certificate.'),
    keyword('key', [text('FILE')], 'Key of the own certificate.'),
  ],
  virtual_server: [
    ...SHARED,
    keyword('ip_family', [choice(['inet', 'inet6'])], 'Family of a virtual server with a mark.'),
    keyword('lb_algo', [ALGORITHM], 'How servers are chosen: rr, wrr, lc, wlc, sh, mh, dh and others.'),
    keyword('lvs_sched', [ALGORITHM], 'How servers are chosen: rr, wrr, lc, wlc, sh, mh, dh and others.'),
    ...FLAGS.map((name) => alone(name, 'A flag of the way servers are chosen.')),
    keyword('lb_kind', [METHOD], 'How packets reach the servers: by NAT, direct routing, or a tunnel.', {
      rest: true,
    }),
    keyword('lvs_method', [METHOD], 'How packets reach the servers: by NAT, direct routing, or a tunnel.', {
      rest: true,
    }),
    keyword('persistence_engine', [text('NAME')], 'What tells sessions apart.'),
    keyword(
      'persistence_timeout',
      [number(1, 2_678_400, 'SECONDS')],
      'How long a client stays at its server.',
      { required: 0, default: '360' },
    ),
    keyword('persistence_granularity', [form('netmask', 'MASK')], 'Clients within this mask count as one.'),
    keyword('protocol', [form('protocol', 'TCP|UDP|SCTP')], 'Protocol of the service.', { default: 'TCP' }),
    alone('ha_suspend', 'Checks only while the address is on this node.'),
    alone('alpha', 'Counts servers as down until their first success.'),
    alone('omega', 'Runs the scripts for servers when keepalived stops.'),
    command('quorum_up', 'Runs when enough servers are there.'),
    command('quorum_down', 'Runs when too few servers are left.'),
    keyword('quorum', [number(1, UNSIGNED)], 'Weight of living servers that is enough.', { default: '1' }),
    keyword('hysteresis', [number(0, UNSIGNED)], 'How far the weight must rise or fall beyond the quorum.', {
      default: '0',
    }),
    keyword('weight', [number(1, SIGNED)], 'Weight of servers that do not say.', { default: '1' }),
    keyword('sorry_server', [address(), number(0, 65_535, 'PORT')], 'Server for when all others are down.', {
      required: 1,
    }),
    alone('sorry_server_inhibit', 'Treats it as inhibit_on_failure does.'),
    keyword('sorry_server_lvs_method', [METHOD], 'How packets reach it.', { rest: true }),
    keyword('real_server', [address(), text('PORT')], 'A server of the service.', {
      required: 1,
      block: 'real_server',
      repeats: true,
    }),
  ],
  real_server: [
    ...SHARED,
    keyword('weight', [number(0, SIGNED)], 'Share of the load.', { default: '1' }),
    keyword('lvs_method', [METHOD], 'How packets reach it.', { rest: true }),
    keyword('uthreshold', [number(0, UNSIGNED)], 'Connections it takes at most.'),
    keyword('lthreshold', [number(0, UNSIGNED)], 'Connections below which it takes new ones again.'),
    command('notify_up', 'Runs when it comes up.'),
    command('notify_down', 'Runs when it goes down.'),
    flag('alpha', 'Counts it as down until the first success.'),
    ...SERVER_CHECKS,
  ],
  HTTP_GET: HTTP,
  SSL_GET: [...HTTP, TLS_COMPLIANT],
  url: [
    keyword('path', [text('PATH')], 'Page to ask for.'),
    keyword('digest', [form('md5', 'MD5')], 'MD5 sum its text must have.'),
    keyword('status_code', [form('status-codes', 'CODE')], 'Codes that count as success.', {
      rest: true,
      alike: true,
      silent: 'missing',
      default: '200-299',
    }),
    keyword('virtualhost', [text('NAME')], 'Host name in the request.'),
    keyword('regex', [text('PATTERN')], 'Pattern its text must match.', { silent: 'missing' }),
    alone('regex_no_match', 'The text must not match.'),
    keyword('regex_options', [text('OPTION')], 'Options of the pattern.', { rest: true, silent: 'missing' }),
    keyword('regex_min_offset', [text('NUMBER')], 'Where a match may begin.', { silent: 'missing' }),
    keyword('regex_max_offset', [text('NUMBER')], 'Where a match must begin at last.', { silent: 'missing' }),
    keyword('regex_stack', [text('START'), text('MAX')], 'Memory for the pattern.', { silent: 'missing' }),
    TLS_COMPLIANT,
  ],
  TCP_CHECK: CONNECTION,
  SMTP_CHECK: [
    ...CONNECTION,
    keyword('helo_name', [text('NAME')], 'Name given to the mail server.'),
    keyword('host', [], 'Another address to check.', { block: 'host', repeats: true }),
  ],
  host: CONNECTION,
  DNS_CHECK: [
    ...CONNECTION,
    keyword('type', [DNS_TYPE], 'Kind of record to ask for.', { default: 'SOA' }),
    keyword('name', [text('NAME')], 'Name to ask for.', { default: 'the root' }),
  ],
  MISC_CHECK: [
    ...CHECKER,
    command('misc_path', 'Command whose exit code 0 means success.'),
    keyword('misc_timeout', [number(0, 4_294, 'SECONDS')], 'How long it may take.'),
    alone('misc_dynamic', 'Its exit code sets the weight of the server.'),
    keyword('user', [text('USER'), text('GROUP')], 'User that runs it.', { required: 1 }),
  ],
  PING_CHECK: CONNECTION,
  UDP_CHECK: [
    ...CONNECTION,
    keyword('payload', [form('hex', 'HEX')], 'Bytes to send.', { rest: true, alike: true }),
    keyword('require_reply', [form('hex-mask', 'HEX')], 'Bytes the answer must have.', {
      required: 0,
      rest: true,
      alike: true,
    }),
    keyword('min_reply_length', [number(0, 65_535)], 'Shortest answer.'),
    keyword('max_reply_length', [number(0, 65_535)], 'Longest answer.'),
  ],
  BFD_CHECK: [
    keyword('name', [reference('bfd_instance')], 'The BFD session to follow.'),
    flag('alpha', 'Counts the server as down until the session is up.'),
  ],
  FILE_CHECK: [
    keyword('track_file', [reference('track_file')], 'The file to follow.'),
    keyword('weight', [number(-SIGNED, SIGNED), choice(['reverse', 'noreverse'])], 'Factor on its number.', {
      required: 1,
    }),
  ],
};
