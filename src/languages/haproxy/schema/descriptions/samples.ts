import { readEntries } from './entries';

/** Sample fetches and keywords of ACLs. */
export const FETCH_DOCS = readEntries(`
  accept_date: When the connection was accepted.
  acl: True when all the named ACLs are.
  act_conn: Connections in the process now.
  always_false: Never true.
  always_true: Always true.
  avg_queue: Queued requests of a backend, divided by its servers.
  base: Host and path of the request.
  base32: Hash of host and path.
  base32+src: Hash of host, path and client address.
  bc_http_major: HTTP version towards the server.
  be_conn: Connections in a backend.
  be_conn_free: Connections a backend's servers can still take.
  be_id: Number of the backend.
  be_name: Name of the backend.
  be_sess_rate: New sessions in a second in a backend.
  bin: Constant bytes.
  bool: Constant true or false.
  capture.req.hdr: A captured request header, by its number.
  capture.req.method: Method of the request, still known with the response.
  capture.req.uri: Address of the request, still known with the response.
  capture.res.hdr: A captured response header, by its number.
  connslots: Connections and queue places left in a backend.
  cook: A cookie of the request.
  cookie: A cookie of the request or response.
  date: Now, in seconds since 1970.
  dst: Address the client connected to.
  dst_conn: Connections on the socket.
  dst_port: Port the client connected to.
  env: An environment variable.
  fc_http_major: HTTP version of the client.
  fc_rcvd_proxy: True when the client began with the PROXY protocol.
  fc_rtt: Round-trip time to the client.
  fe_conn: Connections in a frontend.
  fe_defbe: Default backend of the frontend.
  fe_id: Number of the frontend.
  fe_name: Name of the frontend.
  fe_req_rate: Requests in a second in a frontend.
  fe_sess_rate: New sessions in a second in a frontend.
  hdr: A header of the request (in responses: of the response).
  hdr_beg: A header that begins with one of the patterns.
  hdr_cnt: How often a header stands in the request.
  hdr_dom: A header that holds the domain.
  hdr_end: A header that ends with one of the patterns.
  hdr_ip: A header's address.
  hdr_reg: A header that matches a regular expression.
  hdr_sub: A header that holds one of the patterns.
  hdr_val: A header's number.
  hostname: Host name of this machine.
  http_auth: True when user and password are in the userlist.
  http_auth_group: Groups of the user, for a match with a group's name.
  http_auth_pass: Password of the request.
  http_auth_user: User of the request.
  http_first_req: True for the first request of a connection.
  int: Constant number.
  ipv4: Constant IPv4 address.
  ipv6: Constant IPv6 address.
  method: Method of the request.
  nbsrv: Servers of a backend that are up.
  path: Path of the request without the query.
  path_beg: Path that begins with one of the patterns.
  path_dir: Path with one of the patterns as a folder.
  path_end: Path that ends with one of the patterns.
  path_len: Length of the path.
  path_reg: Path that matches a regular expression.
  path_sub: Path that holds one of the patterns.
  pathq: Path with the query.
  payload: Bytes of the request or response.
  payload_lv: Bytes whose length is written before them.
  prio_class: Priority class of the stream.
  proc: Number of the process.
  query: The query of the address.
  queue: Queued requests of a backend.
  rand: A random number.
  req.body: Body of the request, as far as it is buffered.
  req.body_len: Length of the buffered body.
  req.body_param: A parameter in the body.
  req.body_size: Announced length of the body.
  req.cook: A cookie of the request.
  req.cook_cnt: Number of cookies of this name.
  req.fhdr: A request header as a whole, not split at commas.
  req.hdr: A request header; values divided by commas count one by one.
  req.hdr_cnt: How often a request header stands there.
  req.hdr_ip: Address in a request header.
  req.hdr_names: Names of all request headers.
  req.hdr_val: Number in a request header.
  req.hdrs: All request headers.
  req.len: Bytes in the request buffer.
  req.payload: Bytes of the request.
  req.proto_http: True when the data look like HTTP.
  req.ssl_alpn: Protocols the TLS client offers, before the handshake.
  req.ssl_hello_type: Type of the TLS greeting; 1 is a client's.
  req.ssl_sni: Host name in the TLS greeting, for TLS that is passed through.
  req.ssl_ver: TLS version in the greeting.
  req.ver: HTTP version of the request.
  req_ssl_hello_type: Old name of req.ssl_hello_type.
  req_ssl_sni: Old name of req.ssl_sni.
  request_date: When the request began.
  res.body: Body of the response, as far as it is buffered.
  res.cache_hit: True when the cache answered.
  res.comp: True when the response is compressed.
  res.cook: A cookie the response sets.
  res.fhdr: A response header as a whole.
  res.hdr: A response header.
  res.hdr_cnt: How often a response header stands there.
  res.hdrs: All response headers.
  res.payload: Bytes of the response.
  res.ver: HTTP version of the response.
  sc0_conn_cur: Connections of the client tracked by sc0 now.
  sc0_conn_rate: New connections of the client tracked by sc0.
  sc0_get_gpc0: First general counter of what sc0 tracks.
  sc0_http_err_rate: Client errors of what sc0 tracks.
  sc0_http_req_rate: Requests of what sc0 tracks.
  sc_conn_cur: Connections now of what a sticky counter tracks.
  sc_conn_rate: New connections of what a sticky counter tracks.
  sc_get_gpc0: First general counter.
  sc_http_err_rate: Rate of client errors.
  sc_http_req_rate: Rate of requests.
  server_status: State of a server as text.
  shdr: A response header (old name of res.hdr).
  so_id: Number of the listening socket.
  so_name: Name of the listening socket.
  src: Address of the client.
  src_conn_cur: Connections of the client's address in a table.
  src_conn_rate: New connections of the client's address in a table.
  src_get_gpc0: First general counter of the client's address in a table.
  src_http_req_rate: Requests of the client's address in a table.
  src_is_local: True when the client is on this machine.
  src_port: Port of the client.
  srv_conn: Connections of a server.
  srv_id: Number of the server.
  srv_is_up: True when a server is up: backend/server.
  srv_name: Name of the server.
  srv_queue: Queued requests of a server.
  srv_sess_rate: New sessions in a second on a server.
  srv_weight: Weight of a server.
  ssl_bc: True when the connection to the server is TLS.
  ssl_c_i_dn: Issuer in the client's certificate.
  ssl_c_s_dn: Subject of the client's certificate.
  ssl_c_used: True when the client showed a certificate.
  ssl_c_verify: Result of the certificate's verification; 0 is good.
  ssl_fc: True when the client's connection is TLS.
  ssl_fc_alpn: Protocol chosen with the client.
  ssl_fc_cipher: Cipher of the client's connection.
  ssl_fc_has_crt: True when the client sent a certificate.
  ssl_fc_has_sni: True when the client named a host.
  ssl_fc_protocol: TLS version of the client's connection.
  ssl_fc_sni: Host name the client asked for, after the handshake.
  status: Status of the response.
  stopping: True while HAProxy stops.
  str: Constant text.
  table_avl: Free entries of a table.
  table_cnt: Entries of a table.
  thread: Number of the thread.
  txn.status: Status sent to the client.
  unique-id: Identifier of the request.
  uptime: Seconds since HAProxy started.
  url: Address of the request as written.
  url_beg: Address that begins with one of the patterns.
  url_ip: Address of the host in the request's address.
  url_param: A parameter of the query.
  url_reg: Address that matches a regular expression.
  urlp: A parameter of the query.
  uuid: A new UUID.
  var: A variable.
  wait_end: True when the inspection is over; otherwise the rule waits.
`);

/** Converters. */
export const CONVERTER_DOCS = readEntries(`
  add: Adds a number or variable.
  and: Bitwise and.
  b64dec: Decodes Base64.
  base64: Encodes as Base64.
  bool: Number to true or false.
  bytes: A part of the bytes: offset and length.
  capture-req: Keeps the sample in a request capture slot.
  capture-res: Keeps the sample in a response capture slot.
  concat: Joins text before, a variable, and text behind.
  cpl: Bitwise complement.
  crc32: CRC32 of the bytes.
  debug: Writes the sample to a ring for finding mistakes.
  digest: A hash such as sha256.
  div: Divides.
  djb2: Hash of the bytes.
  even: True when even.
  field: The n-th part between delimiters.
  hex: Bytes as hexadecimal text.
  hex2i: Hexadecimal text to a number.
  hmac: Keyed hash.
  host_only: Host without the port.
  http_date: Number to an HTTP date.
  iif: One text for true, another for false.
  in_table: True when the key is in a stick table.
  ipmask: Cuts an address to its network.
  json: Escapes for JSON.
  json_query: A value out of JSON.
  jwt_header_query: A value of a JWT's header.
  jwt_payload_query: A value of a JWT's payload.
  jwt_verify: Checks the signature of a JWT.
  language: Best language of a list.
  length: Length of the text.
  lower: To lower case.
  ltime: Number to local time with this format.
  ltrim: Cuts these characters on the left.
  map: Looks the value up in a map file.
  map_beg: Looks up the entry the value begins with.
  map_dom: Looks the domain up.
  map_end: Looks up the entry the value ends with.
  map_int: Looks a number up.
  map_ip: Looks an address up among networks.
  map_reg: Looks up the first regular expression that matches.
  map_str: Looks the text up.
  map_sub: Looks up the entry the value holds.
  mod: Remainder of a division.
  mul: Multiplies.
  nbsrv: Servers that are up in the backend of this name.
  neg: Changes the sign.
  not: True to false and the other way.
  odd: True when odd.
  or: Bitwise or.
  port_only: Port of a host and port.
  regsub: Replaces by a regular expression.
  rtrim: Cuts these characters on the right.
  sdbm: Hash of the bytes.
  secure_memcmp: Compares with a variable in constant time.
  set-var: Keeps the sample in a variable.
  sha1: SHA-1 hash.
  sha2: SHA-2 hash.
  srv_is_up: True when the server of this name is up.
  strcmp: Compares with a variable.
  sub: Subtracts.
  table_conn_cur: Connections of the key in a table.
  table_conn_rate: New connections of the key in a table.
  table_gpc0: First general counter of the key in a table.
  table_http_req_rate: Requests of the key in a table.
  ub64dec: Decodes Base64 for addresses.
  ub64enc: Encodes as Base64 for addresses.
  unset-var: Removes a variable.
  upper: To upper case.
  url_dec: Decodes percent signs.
  url_enc: Encodes with percent signs.
  utime: Number to UTC with this format.
  when: Only when the condition is met.
  word: The n-th word between delimiters.
  wt6: Hash of the bytes.
  xor: Bitwise exclusive or.
  xxh32: Hash of the bytes.
  xxh64: Hash of the bytes.
`);
