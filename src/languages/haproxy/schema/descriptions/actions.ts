import { readEntries } from './entries';

/** Actions of http-request, tcp-request and their like. */
export const ACTION_DOCS = readEntries(`
  accept: Lets the connection pass; no further rule of this set is looked at.
  add-acl: Adds an entry to a pattern file in memory.
  add-header: Adds a header and keeps those of the same name.
  allow: Lets it pass; no further rule of this set is looked at.
  attach-srv: Hands the connection to a server as an idle one.
  auth: Asks for user and password (401).
  cache-store: Keeps the response in the cache.
  cache-use: Answers from the cache.
  capture: Keeps a sample for the log.
  close: Closes the server's connection.
  del-acl: Removes an entry of a pattern file in memory.
  del-header: Removes a header.
  del-map: Removes an entry of a map in memory.
  deny: Refuses with 403 or another status.
  disable-l7-retry: No second attempt for this request.
  do-log: Writes a log line here.
  do-resolve: Resolves a host name into a variable.
  early-hint: Sends 103 Early Hints.
  expect-netscaler-cip: Expects NetScaler's protocol on this connection.
  expect-proxy: Expects the PROXY protocol on this connection.
  normalize-uri: Writes the address in a normal form.
  pause: Holds the request for a time.
  redirect: Redirects: location, prefix or scheme.
  reject: Closes the connection without an answer.
  replace-header: Rewrites a header with a regular expression.
  replace-path: Rewrites the path with a regular expression.
  replace-pathq: Rewrites path and query with a regular expression.
  replace-uri: Rewrites the whole address with a regular expression.
  replace-value: Rewrites each value of a header that holds a list.
  return: Answers right away, with a file or text.
  sc-add-gpc: Adds to a general counter.
  sc-inc-gpc: Increments a general counter.
  sc-inc-gpc0: Increments the first general counter.
  sc-inc-gpc1: Increments the second general counter.
  sc-set-gpt: Sets a general tag.
  sc-set-gpt0: Sets the first general tag.
  send-spoe-group: Sends a group of messages to an SPOE agent.
  set-bandwidth-limit: Bounds the bandwidth of this stream.
  set-dst: Sets the destination address.
  set-dst-port: Sets the destination port.
  set-header: Sets a header in place of those of the same name.
  set-log-level: Level of this request's log line; silent writes none.
  set-map: Sets an entry of a map in memory.
  set-mark: Marks the packets to the client.
  set-method: Sets the method.
  set-nice: Priority of this request.
  set-path: Sets the path, without the query.
  set-pathq: Sets path and query.
  set-priority-class: Class in the queue: lower is sooner.
  set-priority-offset: Moves the request in the queue by milliseconds.
  set-query: Sets the query.
  set-retries: Number of attempts for this stream.
  set-src: Sets the client's address, e.g. from a header of a proxy that is trusted.
  set-src-port: Sets the client's port.
  set-status: Sets the status.
  set-timeout: Sets a timeout of this stream: server, tunnel, client.
  set-tos: Sets the type of service of packets to the client.
  set-uri: Sets the whole address.
  set-var: Keeps the value of an expression in a variable.
  set-var-fmt: Keeps a log format in a variable.
  silent-drop: Drops the connection without telling the client.
  strict-mode: Whether a rewrite that fails ends the request.
  switch-mode: Changes a TCP connection to HTTP.
  tarpit: Holds the request for "timeout tarpit", then refuses it.
  track-sc0: Counts under this key in the first sticky counter.
  track-sc1: Counts under this key in the second sticky counter.
  track-sc2: Counts under this key in the third sticky counter.
  unset-var: Removes a variable.
  use-service: A built-in service answers, e.g. prometheus-exporter.
  wait-for-body: Waits for the body.
  wait-for-handshake: Waits for the TLS handshake before early data counts.
`);

/** Aliases of log formats. */
export const ALIAS_DOCS = readEntries(`
  o: Turns flags on for what follows.
  B: Bytes sent to the client.
  CC: Cookie of the request.
  CS: Cookie of the response.
  H: Host name of this machine.
  HM: Method of the request.
  HP: Path and query before any rewrite.
  HPO: Path without the query.
  HQ: Query.
  HU: Address of the request before any rewrite.
  HV: HTTP version of the request.
  ID: Unique identifier of the request.
  OG: Where the request came from.
  ST: Status of the response.
  T: Date in GMT.
  Ta: Active time of the request, from its first byte to the end.
  Tc: Time to connect to the server.
  Td: Time to transfer the response.
  Th: Time of handshakes.
  Ti: Idle time before the request.
  Tl: Local date.
  Tq: Time to get the request, with idle time and handshakes.
  TR: Time to receive the request once it began.
  Tr: Time until the server's headers came.
  Ts: Seconds since 1970.
  Tt: Time from connection to close.
  Tu: Time as the user feels it.
  Tw: Time in queues.
  U: Bytes sent to the server.
  ac: Connections in the process.
  b: Name of the backend.
  bc: Connections in the backend.
  bi: Source address towards the server.
  bp: Source port towards the server.
  bq: Place in the queue of the backend.
  ci: Address of the client.
  cp: Port of the client.
  f: Name of the frontend.
  fc: Connections in the frontend.
  fi: Address the client connected to.
  fp: Port the client connected to.
  ft: Name of the frontend, with a tilde for TLS.
  hr: Captured request headers.
  hrl: Captured request headers as a list.
  hs: Captured response headers.
  hsl: Captured response headers as a list.
  lc: Number of the log line.
  ms: Milliseconds of the date.
  pid: Process number.
  r: Request line.
  rc: Number of attempts.
  rt: Counter of requests.
  s: Name of the server.
  sc: Connections on the server.
  si: Address of the server.
  sp: Port of the server.
  sq: Place in the queue of the server.
  sslc: TLS cipher of the client's connection.
  sslv: TLS version of the client's connection.
  t: Date.
  tr: Date when the request began.
  trg: Date in GMT when the request began.
  trl: Local date when the request began.
  ts: Why and when the session ended: two letters.
  tsc: Like ts, with two letters about the cookie.
`);
