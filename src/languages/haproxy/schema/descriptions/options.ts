import { readEntries } from './entries';

/** Names after `option`. */
export const OPTION_DOCS = readEntries(`
  abortonclose: Drops requests that still wait when their client has gone.
  accept-invalid-http-request: Old name of accept-unsafe-violations-in-http-request.
  accept-invalid-http-response: Old name of accept-unsafe-violations-in-http-response.
  accept-unsafe-violations-in-http-request: Lets requests pass that break the rules of HTTP.
  accept-unsafe-violations-in-http-response: Lets responses pass that break the rules of HTTP.
  allbackups: When only backup servers are left, all of them work, not just the first.
  checkcache: Blocks responses that could be cached although they set a cookie.
  clitcpka: Keep-alive probes to clients. Needed for long, quiet connections such as Gitaly's or PostgreSQL's.
  contstats: Counts bytes while a session runs, not only at its end.
  disable-h2-upgrade: No change from HTTP/1 to HTTP/2 inside a connection.
  dontlog-normal: Logs only what went wrong.
  dontlognull: Does not log connections without a byte, such as the checks of another load balancer.
  external-check: Health check by a program.
  forwarded: Adds the Forwarded header (RFC 7239).
  forwardfor: Adds X-Forwarded-For with the client's address.
  h1-case-adjust-bogus-client: Spells headers for old clients as "h1-case-adjust" says.
  h1-case-adjust-bogus-server: Spells headers for old servers as "h1-case-adjust" says.
  http-buffer-request: Waits for the body of a request before rules and servers see it. Holds back large uploads.
  http-ignore-probes: Ignores connections that browsers open in advance.
  http-keep-alive: Keeps connections on both sides between requests. The default.
  http-no-delay: Sends each piece at once.
  http-pretend-keepalive: Announces keep-alive to servers that behave badly otherwise.
  http-restrict-req-hdr-names: What happens to request headers with unusual names.
  http-server-close: Closes the server's connection after each response, keeps the client's.
  http-use-proxy-header: Honours Proxy-Connection.
  httpchk: HTTP health check: method, path and version. Refine it with "http-check" lines.
  httpclose: Closes both connections after each response.
  httplog: Log format with the details of HTTP requests.
  httpslog: Like httplog, with the details of TLS.
  idle-close-on-response: Announces before it closes an idle connection at a reload.
  independent-streams: Traffic one way does not prolong the timeout of the other way.
  ldap-check: Health check with an anonymous LDAP login.
  log-health-checks: Logs each change of a health check's result.
  log-separate-errors: Raises the log level of failed requests.
  logasap: Writes the log line when the response begins.
  mysql-check: Health check with the greeting of MySQL.
  nolinger: Closes connections with a reset.
  originalto: Adds X-Original-To with the address the client asked for.
  persist: Sends clients to their server even when it is down.
  pgsql-check: Health check with a PostgreSQL start message. A replica passes it too: it does not find the leader.
  prefer-last-server: Stays with the last server where its connection is still open.
  redis-check: Health check with PING. A replica passes it too: it does not find the master.
  redispatch: Lets a request go to another server when its own cannot be reached.
  smtpchk: Health check with a greeting of SMTP.
  socket-stats: Counters for each listening socket.
  splice-auto: Lets the kernel move data where it pays.
  splice-request: Lets the kernel move requests.
  splice-response: Lets the kernel move responses.
  spop-check: Health check of an SPOE agent.
  srvtcpka: Keep-alive probes to servers.
  ssl-hello-chk: Health check with an old TLS greeting. Prefer check-ssl.
  tcp-check: Health check made of "tcp-check" lines.
  tcp-smart-accept: Accepts with fewer packets.
  tcp-smart-connect: Connects with fewer packets.
  tcpka: Keep-alive probes on both sides.
  tcplog: Log format with the details of TCP sessions.
  transparent: Deprecated; use a server with the address 0.0.0.0.
  start-on-reload: Starts the program again at each reload.
  forceclose: Removed in 2.0.
  http-tunnel: Removed in 2.1.
  http_proxy: Removed in 2.5.
`);

/** Parameters of bind lines. */
export const BIND_DOCS = readEntries(`
  accept-netscaler-cip: Expects the client's address in NetScaler's protocol.
  accept-proxy: Expects the PROXY protocol, so that the client's real address is known. Whoever connects must send it.
  allow-0rtt: Accepts data in the first flight of TLS 1.3; it can be replayed.
  alpn: Protocols offered in TLS, e.g. h2,http/1.1.
  backlog: Length of the queue of this socket.
  ca-file: Authorities that client certificates are verified with.
  ca-ignore-err: Errors about authorities that are tolerated.
  ca-verify-file: Authorities for verification that are not announced to clients.
  ciphers: Ciphers up to TLS 1.2.
  ciphersuites: Ciphers of TLS 1.3.
  crl-file: Lists of revoked client certificates.
  crt: Certificate with its key, or a folder of them. The first one answers clients without SNI.
  crt-list: File that lists certificates with their TLS settings.
  curves: Elliptic curves.
  default-crt: Certificate for clients without SNI.
  defer-accept: Wakes up only when the client has sent data.
  ecdhe: One elliptic curve.
  expose-fd: Hands sockets to the next process at a reload: expose-fd listeners on the admin socket.
  force-tlsv12: Only TLS 1.2.
  force-tlsv13: Only TLS 1.3.
  generate-certificates: Makes certificates for names as they come.
  gid: Group number of a UNIX socket.
  group: Group of a UNIX socket.
  id: Number of the socket.
  interface: Only connections that come in on this interface.
  label: Name of the socket for other directives.
  level: Rights on the admin socket: user, operator, admin.
  maxconn: Most connections of this socket.
  mode: File mode of a UNIX socket, e.g. 660.
  mss: Largest TCP segment.
  name: Name of the socket in logs and statistics.
  namespace: Network namespace to listen in.
  nice: Priority of these connections: lower is sooner.
  no-ca-names: Does not announce authorities to clients.
  no-sslv3: No SSL 3.
  no-tls-tickets: No TLS tickets.
  no-tlsv10: No TLS 1.0.
  no-tlsv11: No TLS 1.1.
  no-tlsv12: No TLS 1.2.
  no-tlsv13: No TLS 1.3.
  npn: Forerunner of ALPN.
  prefer-client-ciphers: The client's order of ciphers counts.
  process: Removed in 2.7; see "thread".
  proto: Protocol without negotiation, e.g. h2.
  quic-cc-algo: Congestion control of QUIC.
  quic-force-retry: Every QUIC client must prove its address.
  severity-output: How severities are shown on the admin socket.
  shards: Splits the socket so that threads share the load.
  ssl: Talks TLS; needs a certificate with crt.
  ssl-max-ver: Newest TLS version.
  ssl-min-ver: Oldest TLS version.
  strict-sni: Refuses clients whose host name has no certificate.
  tcp-ut: Longest time data may stay unacknowledged.
  tfo: TCP Fast Open.
  thread: Threads that serve this socket.
  tls-ticket-keys: File of keys for TLS tickets. Share it so that sessions survive a change of the node.
  tls-tickets: TLS tickets, in spite of the defaults.
  transparent: Listens on addresses this machine does not have (yet).
  uid: User number of a UNIX socket.
  user: User of a UNIX socket.
  v4v6: One socket for IPv4 and IPv6.
  v6only: IPv6 only.
  verify: Whether clients must show a certificate: none, optional, required.
`);

/** Parameters of server and default-server lines. */
export const SERVER_DOCS = readEntries(`
  addr: Address that health checks go to instead.
  agent-addr: Address of the agent.
  agent-check: Asks an agent on the server about its load and wish to work.
  agent-inter: Time between questions to the agent.
  agent-port: Port of the agent.
  agent-send: Text sent to the agent.
  allow-0rtt: Early data of TLS 1.3 to the server.
  alpn: Protocols offered to the server.
  backup: Works only when all other servers are down.
  ca-file: Authorities that the server's certificate is verified with.
  check: Health checks. Without it the server counts as healthy for ever.
  check-alpn: Protocols offered in the check.
  check-proto: Protocol of the check.
  check-send-proxy: The check begins with the PROXY protocol. Needed where the server expects it.
  check-sni: Host name sent in the check's TLS handshake.
  check-ssl: The check talks TLS although the traffic may not.
  check-via-socks4: The check goes through the SOCKS4 proxy.
  ciphers: Ciphers up to TLS 1.2.
  ciphersuites: Ciphers of TLS 1.3.
  cookie: Value of the persistence cookie for this server.
  crl-file: Lists of revoked certificates.
  crt: Certificate HAProxy shows to the server.
  disabled: The server starts in maintenance.
  downinter: Time between checks while the server is down.
  enabled: Undoes "disabled" of default-server.
  error-limit: Errors seen by "observe" before "on-error" acts.
  fall: Failed checks until the server is down; 3 by default.
  fastinter: Time between checks while the state is changing. Makes a failover faster.
  force-tlsv12: Only TLS 1.2.
  force-tlsv13: Only TLS 1.3.
  guid: Identifier for the counters.
  hash-key: What stands for the server in consistent hashing.
  healthcheck: Uses this health check section.
  id: Number of the server.
  init-addr: Where the address comes from when HAProxy starts: last, libc, none. "none" starts without DNS.
  init-state: State before the first check: up, down, fully-up, fully-down.
  inter: Time between two health checks; 2 seconds by default.
  log-proto: Framing of log messages over TCP.
  max-reuse: Requests a server connection may carry.
  maxconn: Most connections to the server at the same time; further requests wait in the queue.
  maxqueue: Most requests that wait for this server.
  minconn: Lower bound of a maxconn that moves with the load.
  namespace: Network namespace of the server.
  no-check: Undoes "check" of default-server.
  no-ssl: Undoes "ssl" of default-server.
  no-ssl-reuse: A new TLS session each time.
  no-tls-tickets: No TLS tickets.
  no-tlsv10: No TLS 1.0.
  no-tlsv11: No TLS 1.1.
  non-stick: Never remembered in stick tables.
  npn: Forerunner of ALPN.
  observe: Watches the traffic too, not only the checks: layer4 or layer7.
  on-error: What follows from too many errors: fastinter, fail-check, sudden-death, mark-down.
  on-marked-down: "shutdown-sessions" cuts sessions when the server goes down, so that clients find the new primary.
  on-marked-up: "shutdown-backup-sessions" cuts sessions on backup servers when this server is back.
  pool-low-conn: Idle connections a thread keeps before it takes those of others.
  pool-max-conn: Most idle connections kept.
  pool-purge-delay: How soon idle connections are closed.
  port: Port that health checks go to, e.g. 8008 for Patroni.
  proto: Protocol without negotiation, e.g. h2.
  proxy-v2-options: What else is told in PROXY protocol version 2.
  redir: Redirects requests to this address.
  resolve-net: Networks that are preferred among a name's addresses.
  resolve-opts: Options of resolving, e.g. allow-dup-ip.
  resolve-prefer: Preferred family of addresses: ipv4 or ipv6.
  resolvers: Section of the DNS servers that are asked while HAProxy runs.
  rise: Good checks until the server is up again; 2 by default.
  send-proxy: Tells the server the client's address with the PROXY protocol, version 1.
  send-proxy-v2: PROXY protocol, version 2.
  send-proxy-v2-ssl: Version 2 with details of TLS.
  send-proxy-v2-ssl-cn: Version 2 with details of TLS and the client's name.
  set-proxy-v2-tlv-fmt: An entry of its own in PROXY protocol version 2.
  shard: Which share of the tables this peer keeps.
  slowstart: How long a server that is back gets less than its share.
  sni: Expression for the host name in the TLS handshake, e.g. req.hdr(host).
  sni-auto: The host name of the request is sent in the TLS handshake.
  socks4: SOCKS4 proxy on the way to the server.
  source: Address the connection comes from.
  ssl: Talks TLS to the server. Add "verify required ca-file …".
  ssl-max-ver: Newest TLS version.
  ssl-min-ver: Oldest TLS version.
  ssl-reuse: Resumes TLS sessions.
  stick: Undoes "non-stick" of default-server.
  tcp-ut: Longest time data may stay unacknowledged.
  tfo: TCP Fast Open.
  tls-tickets: TLS tickets, in spite of the defaults.
  track: Takes its state from another server instead of checking itself: backend/server.
  usesrc: Address of the client that the connection pretends to come from.
  verify: Whether the server's certificate is verified: none or required.
  verifyhost: Host name the certificate must have.
  weight: Share of the load from 0 to 256; 1 by default, 0 takes no new clients.
  ws: Protocol for WebSocket: auto, h1, h2.
`);
