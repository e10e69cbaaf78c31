/** A keyword HAProxy has given up: since when, and what to write instead. */
export interface Removal {
  /** First branch that refuses it; older ones of the covered branches still take it. */
  readonly since: string;
  readonly remedy: string;
  /** The word to put in its place, when that alone repairs the line. */
  readonly replacement?: string;
}

const gone = (since: string, remedy: string, replacement?: string): Removal => ({
  since,
  remedy,
  ...(replacement === undefined ? {} : { replacement }),
});

const REWRITE =
  'Rewrite it as an http-request or http-response rule: replace-header, del-header, deny, set-header.';

/** Keywords of proxies. */
export const REMOVED_PROXY: ReadonlyMap<string, Removal> = new Map<string, Removal>([
  ['appsession', gone('1.6', 'Use a "cookie" or a "stick-table" for persistence.')],
  [
    'bind-process',
    gone('2.7', 'Remove it: HAProxy runs threads in one process; see "thread" on bind lines.'),
  ],
  ['block', gone('2.1', 'Use "http-request deny" with the same condition.', 'http-request deny')],
  ['clitimeout', gone('2.1', 'Use "timeout client".', 'timeout client')],
  ['contimeout', gone('2.1', 'Use "timeout connect".', 'timeout connect')],
  ['srvtimeout', gone('2.1', 'Use "timeout server".', 'timeout server')],
  ['grace', gone('2.5', 'Remove it, or use "grace" in the global section.')],
  ['monitor-net', gone('2.5', 'Use "http-request return status 200 if { src … }".')],
  ['redispatch', gone('2.1', 'Use "option redispatch".', 'option redispatch')],
  ['redisp', gone('2.1', 'Use "option redispatch".', 'option redispatch')],
  ['reqadd', gone('2.1', 'Use "http-request add-header <name> <value>".')],
  ['rspadd', gone('2.1', 'Use "http-response add-header <name> <value>".')],
  ...(
    'reqrep reqirep reqdel reqidel reqdeny reqideny reqpass reqipass reqallow reqiallow reqtarpit reqitarpit reqiadd ' +
    'rsprep rspirep rspdel rspidel rspdeny rspideny rspiadd reqsetbe reqisetbe srvexp cliexp'
  )
    .split(' ')
    .map((name): [string, Removal] => [name, gone('2.1', REWRITE)]),
]);

export const REMOVED_GLOBAL: ReadonlyMap<string, Removal> = new Map([
  ['nbproc', gone('2.5', 'Remove it: HAProxy uses one thread per CPU by itself; "nbthread" limits them.')],
  ['tune.chksize', gone('2.5', 'Use "tune.bufsize".', 'tune.bufsize')],
]);

export const REMOVED_OPTIONS: ReadonlyMap<string, Removal> = new Map([
  ['forceclose', gone('2.0', 'Remove it, or use "option httpclose".', 'httpclose')],
  ['http-tunnel', gone('2.1', 'Remove it; "timeout tunnel" bounds upgraded connections.')],
  ['http_proxy', gone('2.5', 'Use "http-request set-dst" and "http-request set-uri".')],
]);

/** Still read, but with a warning and an end in sight: since which branch, and what to write. */
export const DEPRECATED: ReadonlyMap<string, Removal> = new Map([
  ['global master-worker', gone('3.4', 'Start HAProxy with -W or -Ws, as the Debian service does.')],
  ['option transparent', gone('3.4', 'Give the server the address 0.0.0.0 instead.')],
  [
    'option accept-invalid-http-request',
    gone('3.2', 'Use "option accept-unsafe-violations-in-http-request".'),
  ],
  [
    'option accept-invalid-http-response',
    gone('3.2', 'Use "option accept-unsafe-violations-in-http-response".'),
  ],
  ['proxy dispatch', gone('3.4', 'Use a "server" line.')],
  ['proxy transparent', gone('3.4', 'Use a "server" line with the address 0.0.0.0.')],
]);
