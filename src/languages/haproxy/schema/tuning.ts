import { readKeywords } from './keyword';

/** Settings of the global section that few files hold, with their arguments; what is not here is not judged. */
export const TUNING_KEYWORDS = readKeywords(`
  - max-threads-per-group <group-threads> *
  - ocsp-update.httpproxy <plain> *
  - shm-stats-file <text> *
  - shm-stats-file-max-objects <text> *
  - ssl-propquery <text> *
  - ssl-provider <text> *
  - tune.cli.max-payload-size <global-size> *
  - tune.disable-fast-forward
  - tune.disable-zero-copy-forwarding
  - tune.epoll.mask-events [ <epoll-events> ] *
  - tune.lua.openlibs <lua-libraries> *
  - tune.ssl.capture-buffer-size <text> *
  - tune.ssl.capture-cipherlist-size <text> *
  - warn-blocked-traffic-after <blocked-time> *
  - acme.scheduler auto|off *
  - cpu-policy <cpu-policy> *
  - cpu-affinity per-core|per-group|per-thread|per-ccx|auto *
  - cpu-set <directive:cpu-choice> *
  - dns-accept-family <families> *
  - h1-do-not-close-on-insecure-transfer-encoding
  - harden.reject-privileged-ports.quic on|off *
  - harden.reject-privileged-ports.tcp on|off *
  - httpclient.resolvers.disabled on|off *
  - http-err-codes <code-ranges> *
  - http-fail-codes <code-ranges> *
  - httpclient.resolvers.id <resolvers>
  - httpclient.resolvers.prefer ipv4|ipv6 *
  - httpclient.retries <atol>
  - httpclient.ssl.ca-file <text>
  - httpclient.ssl.verify none|required *
  - httpclient.timeout.connect <time> *
  - jwt.allow_none_alg
  - jwt.decrypt_alg_list [ <jwt-algorithms> ] *
  - jwt.decrypt_enc_list [ <jwt-encodings> ] *
  - no-memory-trimming
  - noktls
  - prealloc-fd
  - ssl-default-bind-client-sigalgs <text>
  - ssl-default-bind-sigalgs <text>
  - ssl-default-server-client-sigalgs <text>
  - ssl-default-server-curves <text>
  - ssl-default-server-sigalgs <text>
  - ssl-load-extra-files none|all|bundle|sctl|ocsp|issuer|key { bundle / sctl / ocsp / issuer / key }
  - ssl-provider-path <text> *
  - thread-group <posint> *
  - stress-level <stress> *
  - thread-hard-limit <thread-limit> *
  - tune.applet.zero-copy-forwarding on|off *
  - tune.buffers.limit [ <atol> ]
  - tune.buffers.reserve [ <atol> ]
  - tune.bufsize.large <positive-size> *
  - tune.bufsize.small <positive-size> *
  - tune.events.max-events-at-once <events> *
  - tune.fail-alloc [ <percent-atol> ]
  - tune.glitches.kill.cpu-usage <percent-atol>
  - tune.h1.be.glitches-threshold [ <natural> ]
  - tune.h1.fe.glitches-threshold [ <natural> ]
  - tune.h1.zero-copy-fwd-recv on|off *
  - tune.h1.zero-copy-fwd-send on|off *
  - tune.h2.be.glitches-threshold [ <natural> ]
  - tune.h2.be.initial-window-size [ <natural> ]
  - tune.h2.be.max-concurrent-streams [ <natural> ]
  - tune.h2.be.rxbuf <size> *
  - tune.h2.fe.glitches-threshold [ <natural> ]
  - tune.h2.fe.initial-window-size [ <natural> ]
  - tune.h2.fe.max-concurrent-streams [ <natural> ]
  - tune.h2.fe.max-total-streams [ <natural> ]
  - tune.h2.fe.rxbuf <size> *
  - tune.h2.log-errors none|connection|stream *
  - tune.h2.zero-copy-fwd-send on|off *
  - tune.listener.default-shards by-process|by-group|by-thread *
  - tune.lua.bool-sample-conversion normal|pre-3.1-bug *
  - tune.lua.burst-timeout <time> *
  - tune.lua.forced-yield [ <int> ] *
  - tune.lua.maxmem <int> *
  - tune.max-checks-per-thread [ <atol> ]
  - tune.max-rules-at-once <natural>
  - tune.memory.hot-size <posint-atol> *
  - tune.notsent-lowat.client <size-or-digits>
  - tune.notsent-lowat.server <size-or-digits>
  - tune.peers.max-updates-at-once <posint-atol> *
  - tune.pool-high-fd-ratio <percent-atol>
  - tune.pool-low-fd-ratio <percent-atol>
  - tune.pt.zero-copy-forwarding on|off *
  - tune.quic.be.cc.cubic-min-losses <nonzero>
  - tune.quic.be.cc.max-frame-loss <nonzero>
  - tune.quic.be.cc.max-win-size <window-size>
  - tune.quic.be.cc.reorder-ratio <nonzero>
  - tune.quic.be.sec.glitches-threshold <nonzero>
  - tune.quic.be.stream.data-ratio <ratio>
  - tune.quic.be.stream.max-concurrent <nonzero>
  - tune.quic.be.stream.rxbuf <nonzero-size>
  - tune.quic.fe.cc.cubic-min-losses <nonzero>
  - tune.quic.fe.cc.max-frame-loss <nonzero>
  - tune.quic.fe.cc.max-win-size <window-size>
  - tune.quic.fe.cc.reorder-ratio <nonzero>
  - tune.quic.frontend.glitches-threshold <nonzero>
  - tune.quic.fe.sec.glitches-threshold <nonzero>
  - tune.quic.fe.stream.data-ratio <ratio>
  - tune.quic.fe.stream.max-concurrent <nonzero>
  - tune.quic.fe.stream.rxbuf <nonzero-size>
  - tune.quic.fe.sec.retry-threshold <nonzero>
  - tune.quic.fe.stream.max-total <nonzero>
  - tune.quic.cc.cubic.min-losses <nonzero>
  - tune.quic.frontend.default-max-window-size <window-size>
  - tune.quic.frontend.stream-data-ratio <ratio> *
  - tune.quic.be.cc.hystart on|off *
  - tune.quic.be.max-idle-timeout <time> *
  - tune.quic.be.tx.pacing on|off *
  - tune.quic.be.tx.udp-gso on|off *
  - tune.quic.cc-hystart on|off *
  - tune.quic.disable-tx-pacing
  - tune.quic.disable-udp-gso
  - tune.quic.fe.cc.hystart on|off *
  - tune.quic.fe.max-idle-timeout <time> *
  - tune.quic.fe.sock-per-conn default-on|force-off *
  - tune.quic.fe.tx.pacing on|off *
  - tune.quic.fe.tx.udp-gso on|off *
  - tune.quic.frontend.conn-tx-buffers.limit <nonzero> *
  - tune.quic.frontend.max-data-size <positive-size> *
  - tune.quic.frontend.max-idle-timeout <time> *
  - tune.quic.frontend.max-streams-bidi <nonzero> *
  - tune.quic.frontend.max-tx-mem <positive-size> *
  - tune.quic.listen on|off *
  - tune.quic.max-frame-loss <nonzero> *
  - tune.quic.mem.tx-max <positive-size> *
  - tune.quic.reorder-ratio <ratio> *
  - tune.quic.retry-threshold <nonzero> *
  - tune.quic.socket-owner listener|connection *
  - tune.quic.zero-copy-fwd-send on|off *
  - tune.rcvbuf.backend <digits-or-size>
  - tune.rcvbuf.frontend <digits-or-size>
  - tune.renice.runtime [ <renice> ]
  - tune.renice.startup [ <renice> ]
  - tune.ring.queues [ <ring-queues> ]
  - tune.sndbuf.backend <digits-or-size>
  - tune.sndbuf.frontend <digits-or-size>
  - tune.ssl.ocsp-update.maxdelay <ocsp-most>
  - tune.ssl.ocsp-update.mindelay <ocsp-least>
  - ocsp-update.maxdelay <ocsp-most>
  - ocsp-update.mindelay <ocsp-least>
  - ssl-security-level <security-level>
  - tune.ssl.certificate-compression auto|off *
  - tune.ssl.hard-maxrecord <natural>
  - tune.ssl.keylog on|off *
  - tune.ssl.keyupdate-rate-limit <natural>
  - tune.ssl.ssl-ctx-cache-size <natural>
  - tune.stick-counters [ <stick-counters> ] *
  - tune.streams-elasticity <elasticity> *
  - tune.takeover-other-tg-connections none|restricted|full *
  - tune.vars.check-max-size [ <vars-size> ] *
  - tune.vars.global-max-size [ <vars-size> ] *
  - tune.vars.proc-max-size [ <vars-size> ] *
  - tune.vars.reqres-max-size [ <vars-size> ] *
  - tune.vars.sess-max-size [ <vars-size> ] *
  - tune.vars.txn-max-size [ <vars-size> ] *
`);

/** Settings of the global section that count once: HAProxy keeps the first line and ignores the others. */
export const GIVEN_ONCE: ReadonlySet<string> = new Set(
  (
    'chroot cluster-secret fd-hard-limit gid group log-send-hostname maxconn maxconnrate maxpipes maxsessrate ' +
    'maxsslrate pidfile server-state-base server-state-file spread-checks stats-file tune.maxaccept ' +
    'tune.maxpollevents tune.notsent-lowat.client tune.notsent-lowat.server tune.rcvbuf.backend tune.rcvbuf.client ' +
    'tune.rcvbuf.frontend tune.rcvbuf.server tune.runqueue-depth tune.sndbuf.backend tune.sndbuf.client ' +
    'tune.sndbuf.frontend tune.sndbuf.server uid ulimit-n user'
  ).split(' '),
);

/** Settings of the global section whose second line HAProxy refuses. */
export const REFUSED_TWICE: ReadonlySet<string> = new Set([
  'ca-base',
  'crt-base',
  'key-base',
  'shm-stats-file',
  'shm-stats-file-max-objects',
  'tune.ssl.capture-buffer-size',
  'tune.ssl.capture-cipherlist-size',
]);
