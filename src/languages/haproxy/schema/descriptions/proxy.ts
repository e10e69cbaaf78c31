import { readEntries } from './entries';

/** Keywords of frontend, backend, listen and defaults. */
export const PROXY_DOCS = readEntries(`
  acl: Names a condition: an expression and patterns. Several lines with one name are joined by "or".
  backlog: Length of the system's queue for connections that wait to be accepted.
  balance: How a server is chosen: roundrobin, leastconn, source, first, hash …
  bind: Address and port to listen on, with parameters such as ssl, crt or accept-proxy.
  capture: Keeps a cookie or header for the log.
  capture~cookie: Keeps a cookie of requests and responses for the log.
  capture~request: Keeps a request header for the log.
  capture~response: Keeps a response header for the log.
  clitcpka-cnt: Unanswered keep-alive probes before a client's connection counts as dead.
  clitcpka-idle: Idle time before keep-alive probes are sent to clients.
  clitcpka-intvl: Time between keep-alive probes to clients.
  clitimeout: Old name of "timeout client". Removed in 2.1.
  compression: HTTP compression: algorithm and content types.
  compression~algo: Algorithms that responses are compressed with.
  compression~type: Content types that are compressed.
  compression~offload: Hides the client's wish for compression from the server.
  compression~direction: Whether requests, responses or both are compressed.
  contimeout: Old name of "timeout connect". Removed in 2.1.
  cookie: Keeps clients on their server with a cookie.
  declare: Reserves a slot for a capture.
  default_backend: Backend for requests no "use_backend" line has taken.
  default-server: Parameters of all server lines below it in the section, e.g. check inter 2s fall 3 rise 2.
  description: Free text, shown on the statistics page.
  disabled: The proxy is read but does not run.
  dispatch: Sends everything to one address. Deprecated: use a server line.
  dynamic-cookie-key: Key for cookies that are computed from the server's address.
  email-alert: Sends mails when servers change their state.
  email-alert~from: Sender of the mails.
  email-alert~level: Least important level that sends a mail.
  email-alert~mailers: The mailers section that knows the mail servers.
  email-alert~myhostname: Host name in the mails.
  email-alert~to: Receiver of the mails.
  enabled: The proxy runs, in spite of "disabled" in the defaults.
  error-log-format: Log format of connections that fail before a request.
  errorfile: File sent instead of HAProxy's own answer with this status. It holds a whole HTTP response.
  errorfiles: Uses the error pages of an http-errors section.
  errorloc: Redirects to an address (302) instead of an own error answer.
  errorloc302: Redirects with status 302 instead of an own error answer.
  errorloc303: Redirects with status 303, so that the client uses GET.
  external-check: Program of "option external-check".
  external-check~command: The program that checks a server: exit code 0 means healthy.
  external-check~path: PATH of that program.
  filter: Puts a filter into the streams, e.g. compression, cache or spoe.
  force-persist: Sends clients to their server although it is down, where the condition is met.
  fullconn: Connections at which servers reach their maxconn when they have a minconn too.
  grace: Removed from proxies in 2.5; the global section has one.
  guid: Identifier that survives renames, for the counters.
  hash-balance-factor: How much more than the average a server may get with consistent hashing, in percent.
  hash-type: How hashes are mapped to servers; "consistent" moves few clients when a server goes.
  http-after-response: Rules for all responses, including those HAProxy makes itself.
  http-check: What is sent and expected in HTTP health checks.
  http-check~comment: Names the step in messages about a failed check.
  http-check~connect: Opens the connection of a check, e.g. to another port or with TLS.
  http-check~disable-on-404: A server that answers 404 gets no new sessions but keeps its old ones.
  http-check~expect: What a healthy answer has: a status, a header or text.
  http-check~send: The request of the check: method, path, headers, body.
  http-check~send-state: Tells the server its state as HAProxy sees it.
  http-check~set-var: Keeps a value of the answer in a variable.
  http-check~set-var-fmt: Keeps a log format in a variable.
  http-check~unset-var: Removes a variable of the check.
  http-error: The answer for a status: a file or text.
  http-request: Rules for requests: deny, redirect, set headers, choose variables, track clients.
  http-response: Rules for responses of the servers.
  http-reuse: When an idle server connection may serve other clients: never, safe, aggressive, always.
  http-send-name-header: Header that tells the server its own name.
  id: Number of the proxy, for the admin socket and SNMP.
  ignore-persist: Ignores the persistence cookie where the condition is met.
  load-server-state-from-file: Restores states of servers after a reload.
  log: Log target of the proxy; "log global" uses those of the global section.
  log-format: Format of the log lines with %[expressions] and aliases such as %ci.
  log-format-sd: Structured part of RFC 5424 log lines.
  log-steps: At which steps of a stream a log line is written.
  log-tag: Name of the program in this proxy's log lines.
  max-keep-alive-queue: Longest queue in front of a server for which a client waits to keep its connection.
  max-session-srv-conns: Most idle server connections of one client connection.
  maxconn: Most connections of this frontend at the same time; further ones wait.
  mode: tcp passes bytes on (SSH, PostgreSQL, Redis, Gitaly); http understands requests.
  monitor: "monitor fail" makes the monitor address fail where the condition is met.
  monitor-net: Removed in 2.5; use "http-request return" for these sources.
  monitor-uri: A path HAProxy answers itself with 200, for whoever watches it.
  option: Switches a feature on, "no option" off.
  persist: "persist rdp-cookie" keeps RDP clients on their server.
  rate-limit: "rate-limit sessions" bounds new sessions in a second.
  redirect: Redirects requests. "http-request redirect" is the modern form.
  retries: Attempts to connect to a server before the request fails; 3 by default.
  retry-on: Failures after which a request is sent again, e.g. conn-failure empty-response.
  server: A server: name, address, parameters. Add "check", or it counts as healthy for ever.
  server-state-file-name: File with the states of this backend's servers.
  server-template: Prepares several servers of one DNS name, e.g. for service discovery with Consul.
  source: Address connections to the servers come from.
  srvtcpka-cnt: Unanswered keep-alive probes before a server's connection counts as dead.
  srvtcpka-idle: Idle time before keep-alive probes are sent to servers.
  srvtcpka-intvl: Time between keep-alive probes to servers.
  srvtimeout: Old name of "timeout server". Removed in 2.1.
  stats: The statistics page.
  stats~admin: Allows changes on the statistics page where the condition is met.
  stats~auth: User and password of the statistics page.
  stats~enable: Switches the statistics page on.
  stats~hide-version: Hides HAProxy's version on the statistics page. Already the default.
  stats~http-request: Who may see the statistics page.
  stats~realm: Text of the password question.
  stats~refresh: The page reloads itself after this time.
  stats~scope: Shows only these proxies.
  stats~show-desc: Shows a description on the page.
  stats~show-legends: Shows details when the mouse rests on a value.
  stats~show-modules: Shows statistics of modules.
  stats~show-node: Shows the node's name; useful where several nodes share an address.
  stats~uri: Path of the statistics page.
  stick: Keeps clients on their server with a stick table.
  stick~match: Looks the client up in a table to find its server.
  stick~on: Looks the client up, and remembers its server.
  stick~store-request: Remembers the server under a key of the request.
  stick~store-response: Remembers the server under a key of the response.
  stick-table: A table in memory of clients with their counters or server. "peers" shares it between nodes.
  tcp-check: Steps of a TCP health check after "option tcp-check": connect, send, expect.
  tcp-check~comment: Names the step in messages about a failed check.
  tcp-check~connect: Opens the connection of the check.
  tcp-check~expect: What the server must answer for the check to go on.
  tcp-check~send: Sends text; \\r\\n are written as escapes.
  tcp-check~send-lf: Sends text with expressions.
  tcp-check~send-binary: Sends bytes given in hexadecimal.
  tcp-check~send-binary-lf: Sends bytes computed by expressions.
  tcp-check~set-var: Keeps a value of the answer in a variable.
  tcp-check~set-var-fmt: Keeps a log format in a variable.
  tcp-check~unset-var: Removes a variable of the check.
  tcp-request: Rules for connections, sessions or content, before HTTP is understood.
  tcp-request~connection: Rules when a connection is accepted, before anything is read.
  tcp-request~session: Rules when handshakes such as TLS and PROXY protocol are done.
  tcp-request~content: Rules on the first bytes of a request.
  tcp-request~inspect-delay: How long content rules may wait for data.
  tcp-response: Rules on what servers answer.
  tcp-response~content: Rules on the first bytes of an answer.
  tcp-response~inspect-delay: How long content rules may wait for data.
  timeout: How long HAProxy waits. Without client, connect and server timeouts, dead connections pile up.
  timeout~check: Time for a health check's answer once connected. Otherwise "inter" bounds it.
  timeout~client: Longest silence of a client.
  timeout~client-fin: Longest silence of a client that has closed its side.
  timeout~client-hs: Time for the client's TLS handshake.
  timeout~connect: Time to reach a server. A few seconds; it bounds how fast the next server is tried.
  timeout~http-keep-alive: Time an idle client may keep its connection between two requests.
  timeout~http-request: Time for a whole request to arrive; keeps slow senders from taking all connections.
  timeout~queue: Longest wait for a free server connection before the client gets 503.
  timeout~server: Longest silence of a server: for GitLab longer than its slowest request.
  timeout~server-fin: Longest silence of a server that has closed its side.
  timeout~tarpit: How long a tarpitted request is held.
  timeout~tunnel: Longest silence once a connection carries WebSocket, CONNECT or plain TCP. Replaces client and server.
  transparent: Deprecated; use a server with the address 0.0.0.0.
  unique-id-format: Format of an identifier made for each request.
  unique-id-header: Header that carries it to the server.
  use-fcgi-app: FastCGI application of the backend.
  use-server: Sends requests to one server where the condition is met.
  use_backend: Sends requests to a backend where the condition is met. The first that matches wins.
  be-unpublished: Whether the backend is hidden from rules until it is published.
  force-be-switch: Lets requests reach a backend that is not published.
  quic-initial: Rules for the first packet of a QUIC connection.
  ssl-f-use: A certificate of the frontend with its own TLS settings.
  hash-preserve-affinity: When a client leaves its hashed server because that is full.
`);
