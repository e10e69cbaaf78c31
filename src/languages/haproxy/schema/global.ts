import { readKeywords, type KeywordMap } from './keyword';
import { TUNING_KEYWORDS } from './tuning';

const BASE_KEYWORDS = readKeywords(`
  - anonkey <text> *
  - busy-polling
  - ca-base <text>
  - chroot <text>
  - close-spread-time <time-or-infinite> *
  - cluster-secret <text>
  - cpu-map <thread-set> <cpu-set> { <cpu-set> }
  - crt-base <text>
  - daemon
  - default-path current|config|parent|origin *
  - default-path~origin <folder:text> *
  - description <text> *
  - expose-deprecated-directives
  - expose-experimental-directives *
  - external-check [ preserve-env ]
  - fd-hard-limit <atol>
  - gid <atol>
  - grace <time> *
  - group <text>
  - h1-accept-payload-with-any-method
  - h1-case-adjust <text> <text> *
  - h1-case-adjust-file <text> *
  - h2-workaround-bogus-websocket-clients
  - hard-stop-after <time-or-infinite> *
  - insecure-fork-wanted
  - insecure-setuid-wanted
  - issuers-chain-path <text>
  - key-base <text>
  - limited-quic
  - localpeer <text>
  - log *
  - log-send-hostname *
  - log-tag <text>
  - lua-load <text> *
  - lua-load-per-thread <text> *
  - lua-prepend-path <text> *
  - master-worker *
  - max-spread-checks <time>
  - maxcompcpuusage <percent-atol>
  - maxcomprate <atol>
  - maxconn <maxconn>
  - maxconnrate <atol>
  - maxpipes <atol>
  - maxsessrate <atol>
  - maxsslconn <natural>
  - maxsslrate <atol>
  - maxzlibmem <atol>
  - mworker-max-reloads [ <atol> ]
  - nbthread <thread-count>
  - no-quic
  - node <node-name>
  - noepoll
  - noevports
  - nogetaddrinfo
  - nokqueue
  - nopoll
  - noreuseport
  - nosplice
  - numa-cpu-mapping *
  - pidfile <text>
  - pp2-never-send-local
  - presetenv <text> <text> *
  - profiling.tasks on|auto|off *
  - quick-exit
  - quiet
  - resetenv *
  - server-state-base <text> *
  - server-state-file <text> *
  - set-dumpable [ on|off|libs ]
  - set-var <var> <expr>
  - set-var-fmt <var> <fmt> *
  - setcap <capabilities> *
  - setenv <text> <text> *
  - spread-checks <percent50>
  - ssl-default-bind-ciphers <text>
  - ssl-default-bind-ciphersuites <text>
  - ssl-default-bind-curves <text>
  - ssl-default-bind-options *
  - ssl-default-server-ciphers <text>
  - ssl-default-server-ciphersuites <text>
  - ssl-default-server-options *
  - ssl-dh-param-file <text>
  - ssl-server-verify none|required
  - stats~bind-process *
  - stats~maxconn <posint-atol> *
  - stats~socket *
  - stats~timeout <time> *
  - stats-file <text> *
  - strict-limits
  - thread-groups <posint>
  - tune.fd.edge-triggered on|off
  - tune.idle-pool.shared on|off
  - tune.listener.multi-queue on|off|fair
  - tune.lua.log.loggers on|off *
  - tune.lua.log.stderr on|off|auto *
  - tune.sched.low-latency on|off
  - tune.bufsize <buffer-size>
  - tune.comp.maxlevel <comp-level>
  - tune.h2.header-table-size <h2-table>
  - tune.h2.initial-window-size [ <natural> ]
  - tune.h2.max-concurrent-streams [ <natural> ]
  - tune.h2.max-frame-size <h2-frame>
  - tune.http.cookielen <atol>
  - tune.http.logurilen <atol>
  - tune.http.maxhdr <maxhdr>
  - tune.idletimer <time>
  - tune.lua.service-timeout <time> *
  - tune.lua.session-timeout <time> *
  - tune.lua.task-timeout <time> *
  - tune.maxaccept <atol>
  - tune.maxpollevents <poll-events>
  - tune.maxrewrite <natural>
  - tune.pattern.cache-size <natural> *
  - tune.pipesize <tune-size>
  - tune.rcvbuf.client <tune-size>
  - tune.rcvbuf.server <tune-size>
  - tune.recv_enough <tune-size>
  - tune.runqueue-depth <atol>
  - tune.sndbuf.client <tune-size>
  - tune.sndbuf.server <tune-size>
  - tune.ssl.cachesize <natural>
  - tune.ssl.default-dh-param <dh-size>
  - tune.ssl.force-private-cache
  - tune.ssl.lifetime <seconds>
  - tune.ssl.maxrecord <natural>
  - uid <atol>
  - ulimit-n <atol>
  - unix-bind { prefix <text> / mode <text> / uid <text> / gid <text> / user <text> / group <text> }
  - unsetenv <text> *
  - user <text>
  - zero-warning
`);

/** Keywords of the global section with their arguments. */
export const GLOBAL_KEYWORDS: KeywordMap = new Map([...BASE_KEYWORDS, ...TUNING_KEYWORDS]);

/** Names every branch reads in the global section without listing them, where the listing of a branch is short. */
export const CLASSIC_GLOBAL_KEYWORDS: ReadonlySet<string> = new Set([
  ...[...BASE_KEYWORDS.keys()]
    .map((name) => name.split(' ')[0] ?? '')
    .filter(
      (name) =>
        ![
          'anonkey',
          'expose-deprecated-directives',
          'limited-quic',
          'no-quic',
          'quick-exit',
          'setcap',
          'stats-file',
          'key-base',
        ].includes(name),
    ),
  'tune.buffers.limit',
  'tune.buffers.reserve',
  'nbproc',
  'tune.chksize',
]);

/** Global names some branches read without listing them: the first branch that does, and the last. */
export const UNLISTED_GLOBAL_KEYWORDS: ReadonlyMap<
  string,
  { readonly since: string; readonly until?: string }
> = new Map([
  ['anonkey', { since: '3.0' }],
  ['expose-deprecated-directives', { since: '3.0' }],
  ['limited-quic', { since: '3.0' }],
  ['no-quic', { since: '3.0', until: '3.2' }],
  ['quick-exit', { since: '3.0' }],
  ['setcap', { since: '3.0' }],
  ['stats-file', { since: '3.0' }],
  ['tune.disable-fast-forward', { since: '3.0' }],
  ['tune.disable-zero-copy-forwarding', { since: '3.0' }],
]);
