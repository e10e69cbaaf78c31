import { readEntries } from './entries';

/** Keywords of the global section. */
export const GLOBAL_DOCS = readEntries(`
  anonkey: Key that turns names and addresses into stand-ins when the CLI prints anonymised output.
  busy-polling: Threads never sleep: lower latency for a whole CPU core each.
  ca-base: Folder for relative paths of "ca-file" and "crl-file".
  chroot: HAProxy locks itself into this folder after the start. Files it opens later must be inside.
  close-spread-time: Spreads the closing of idle connections over this time when HAProxy stops.
  cluster-secret: Secret that nodes share, from which stateless QUIC tokens are derived.
  cpu-map: Binds threads to CPUs.
  cpu-policy: How threads are placed on the CPUs the machine has.
  crt-base: Folder for relative paths of certificates.
  daemon: Goes to the background. Not under systemd, Docker or runit, which watch the process.
  default-path: What relative paths start from: the working folder, the file, its parent, or a fixed folder.
  description: Free text about the process, shown on the statistics page.
  expose-experimental-directives: Allows keywords that are still experimental.
  expose-deprecated-directives: Allows keywords that a coming version removes.
  external-check: Allows "option external-check", which runs programs.
  fd-hard-limit: Most file descriptors HAProxy asks for. Helps where the system's limit is enormous.
  gid: Group number the process runs as.
  grace: Time between the signal to stop and the closing of the listening sockets.
  group: Group the process runs as.
  h1-case-adjust: Writes a header in this spelling for clients or servers that insist on it.
  h1-case-adjust-file: File of header spellings.
  hard-stop-after: Longest life of the old process after a reload; connections left are then cut.
  insecure-fork-wanted: Allows new processes, which external checks need.
  insecure-setuid-wanted: Lets programs that HAProxy starts gain rights.
  issuers-chain-path: Folder of issuer certificates that complete chains.
  key-base: Folder for relative paths of private keys.
  localpeer: Name of this process in peers sections; otherwise the host name.
  log: Log target: address, facility, and the least important level that is sent. Proxies use it with "log global".
  log-send-hostname: Puts the host name into syslog messages.
  log-tag: Name of the program in syslog messages.
  lua-load: Runs a Lua file when HAProxy starts; it may add actions, fetches, converters and services.
  lua-load-per-thread: Like lua-load, with one Lua state for each thread.
  lua-prepend-path: Folder Lua looks for modules in first.
  master-worker: A master process that restarts workers. Deprecated in 3.4: start with -W or -Ws instead.
  max-spread-checks: Longest time within which the first health checks of all servers begin.
  maxcompcpuusage: CPU share in percent above which compression pauses.
  maxcomprate: Most data compressed in a second, in kilobytes.
  maxconn: Most connections at the same time in the whole process. Further ones wait in the system's queue.
  maxconnrate: Most new connections in a second.
  maxpipes: Most pipes for splicing.
  maxsessrate: Most new sessions in a second.
  maxsslconn: Most TLS connections at the same time.
  maxsslrate: Most new TLS sessions in a second.
  maxzlibmem: Memory for compression in megabytes.
  mworker-max-reloads: How many reloads a worker may survive before the master stops it.
  nbproc: Number of processes. Removed in 2.5: HAProxy runs threads.
  nbthread: Number of threads; one for each CPU by default.
  node: Name of this node, shown on the statistics page.
  noepoll: Does not use epoll.
  nosplice: Does not splice data inside the kernel.
  numa-cpu-mapping: Binds threads to one NUMA node where nothing else is configured.
  ocsp-update.mode: Whether OCSP answers of certificates are kept fresh automatically.
  pidfile: File for the process number.
  pp2-never-send-local: Never announces HAProxy's own checks as local in PROXY protocol version 2.
  presetenv: Sets an environment variable unless it is set.
  profiling.tasks: Measures CPU time of tasks.
  quiet: Writes nothing when it starts.
  resetenv: Removes all environment variables but the named ones.
  server-state-base: Folder for server state files.
  server-state-file: File with the states of servers, read after a reload.
  set-dumpable: Allows core dumps.
  set-var: Sets a process-wide variable (proc.) when HAProxy starts.
  set-var-fmt: Sets a process-wide variable from a log format.
  setcap: Linux capabilities to keep, e.g. cap_net_bind_service.
  setenv: Sets an environment variable.
  shm-stats-file: File that keeps counters over reloads.
  spread-checks: Spreads health checks by so many percent, so that they do not beat together. 2 to 5 is usual.
  ssl-default-bind-ciphers: Ciphers for clients up to TLS 1.2.
  ssl-default-bind-ciphersuites: Ciphers for clients with TLS 1.3.
  ssl-default-bind-curves: Elliptic curves for clients.
  ssl-default-bind-options: TLS options of all bind lines, e.g. ssl-min-ver TLSv1.2 no-tls-tickets.
  ssl-default-server-ciphers: Ciphers for servers up to TLS 1.2.
  ssl-default-server-ciphersuites: Ciphers for servers with TLS 1.3.
  ssl-default-server-options: TLS options of all server lines.
  ssl-dh-param-file: Diffie-Hellman parameters for certificates that hold none.
  ssl-load-extra-files: Which files beside a certificate are loaded too: key, issuer, ocsp.
  ssl-server-verify: Whether certificates of servers are verified when the server line does not say.
  stats: "stats socket" opens the admin socket, "stats timeout" bounds its sessions.
  stats~socket: The admin socket: a path or address, with mode, user, group and level.
  stats~timeout: How long a session on the admin socket may be idle.
  stats~maxconn: Most sessions on the admin socket.
  stats-file: File that counters are read from when HAProxy starts.
  strict-limits: Refuses to start when the system's limits are too low. On by default.
  thread-group: Which threads form a group.
  thread-groups: Number of thread groups, for machines with more than 64 threads.
  tune.bufsize: Size of a buffer in bytes. Bounds the headers of a request; each connection needs two.
  tune.comp.maxlevel: Compression level from 1 to 9.
  tune.h2.initial-window-size: Receive window of HTTP/2 streams.
  tune.h2.max-concurrent-streams: Most HTTP/2 streams in one connection.
  tune.http.cookielen: Longest captured cookie.
  tune.http.logurilen: Longest address in logs; 1024 characters by default.
  tune.http.maxhdr: Most headers in a message.
  tune.idle-pool.shared: Whether threads share idle server connections.
  tune.maxaccept: Most connections accepted in one go.
  tune.maxrewrite: Room in a buffer that rules may use to add headers.
  tune.pattern.cache-size: Entries of the cache for pattern lookups.
  tune.rcvbuf.client: Receive buffer of client sockets.
  tune.rcvbuf.server: Receive buffer of server sockets.
  tune.sndbuf.client: Send buffer of client sockets.
  tune.sndbuf.server: Send buffer of server sockets.
  tune.ssl.cachesize: Entries of the TLS session cache.
  tune.ssl.default-dh-param: Size of generated Diffie-Hellman parameters; 2048 or more.
  tune.ssl.lifetime: How long a TLS session can be resumed.
  tune.ssl.maxrecord: Most bytes in a TLS record.
  tune.stick-counters: Number of counters sc0, sc1, … a stream can track.
  tune.vars.global-max-size: Memory for all variables.
  uid: User number the process runs as.
  ulimit-n: Limit of file descriptors. HAProxy computes it from maxconn; rarely needed.
  unix-bind: Owner and mode of all listening UNIX sockets.
  unsetenv: Removes environment variables.
  user: User the process runs as after it has bound its ports.
  warn-blocked-traffic-after: Warns when a thread is stuck for longer than this.
  zero-warning: Refuses to start when there is a warning.
`);
