import { readEntries } from './entries';

export const SECTION_DOCS = readEntries(`
  global: Settings of the process: limits, logging, TLS defaults, the admin socket. Once per configuration.
  defaults: Settings that the proxies below inherit. Give it a name to choose it with "from".
  frontend: Where clients connect: listening addresses and the rules that pick a backend.
  backend: Servers that do the work, how load is spread over them and how their health is checked.
  listen: A frontend and a backend in one section. Handy for TCP services such as PostgreSQL, Redis or SSH.
  peers: HAProxy processes that share the contents of their stick tables.
  mailers: Mail servers for alerts about servers that change their state.
  resolvers: DNS servers that are asked while HAProxy runs, for servers named by a host name.
  userlist: User names, passwords and groups for HTTP authentication.
  cache: A small memory cache for HTTP responses.
  ring: A buffer in memory for log lines, which can be read on the admin socket or sent to a TCP log server.
  log-forward: Receives syslog messages and sends them on to log targets.
  http-errors: A set of error pages that proxies can use with "errorfiles".
  fcgi-app: How requests are translated for a FastCGI application.
  namespace_list: Network namespaces that addresses may name.
  program: A program that HAProxy starts beside itself. Removed in 3.4.
  crt-store: Certificates that are loaded once and named by an alias elsewhere.
  log-profile: Log formats for each step of a stream, chosen with "profile" on log lines.
  traces: Traces that are switched on when HAProxy starts.
  acme: An ACME account that gets certificates automatically.
  healthcheck: A health check that several servers can share.
`);

/** Keywords of the smaller sections, by `section keyword`. */
export const SMALL_SECTION_DOCS = readEntries(`
  resolvers~nameserver: A DNS server: its name and address with port.
  resolvers~parse-resolv-conf: Adds the name servers of /etc/resolv.conf.
  resolvers~hold: How long an answer of this kind stays in use. "valid" decides how soon a changed record counts.
  resolvers~accepted_payload_size: Largest UDP answer announced to the DNS servers, in bytes. Consul's larger answers need 8192.
  resolvers~resolve_retries: Attempts for one query before it counts as failed.
  resolvers~timeout: "resolve" is the time between two queries, "retry" the time before one is repeated.
  resolvers~timeout~resolve: Time between two rounds of queries when all is well.
  resolvers~timeout~retry: Time without an answer after which a query is repeated.
  mailers~mailer: A mail server: its name and address with port.
  mailers~timeout: "timeout mail" bounds how long sending a mail may take.
  userlist~user: A user, the password (hashed, or in clear text as insecure-password) and the groups.
  userlist~group: A group and its users.
  cache~total-max-size: Memory for the cache in megabytes.
  cache~max-age: Longest time a response is kept, in seconds.
  cache~max-object-size: Largest response that is kept, in bytes.
  cache~max-secondary-entries: Most variants of one response when "process-vary" is on.
  cache~process-vary: Whether the Vary header decides between variants.
  ring~size: Size of the buffer in bytes.
  ring~maxlen: Longest message that is kept.
  ring~format: Format of the messages, e.g. rfc5424.
  ring~server: TCP log server that gets the messages.
  ring~timeout: Times of the connection to the log servers: connect, server.
  ring~backing-file: File the buffer is kept in, so that it outlives a crash.
  ring~description: Free text that names the ring for people.
  peers~peer: A member: its name (the host name, or that of "localpeer") and address. The same list on every node.
  peers~server: A member of the peers, with the parameters of a server line.
  peers~bind: Where this process listens for the other members.
  peers~default-bind: Parameters of the listening address that are shared.
  peers~default-server: Parameters of all members, e.g. ssl.
  peers~table: A stick table that belongs to the section itself; others refer to it as section/table.
  peers~shards: Spreads the content of the tables over so many groups of members.
  http-errors~errorfile: The file that is sent for a status.
  log-forward~bind: TCP address for incoming syslog messages.
  log-forward~dgram-bind: UDP address for incoming syslog messages.
  log-forward~maxconn: Most TCP connections for messages.
  program~command: The program and its arguments.
  program~user: User the program runs as.
  program~group: Group the program runs as.
  fcgi-app~docroot: Folder of the scripts on the FastCGI server.
  fcgi-app~index: Script for addresses that end with a slash.
  fcgi-app~set-param: Sets a FastCGI parameter for requests.
  fcgi-app~pass-header: Passes a header on that is withheld otherwise.
  fcgi-app~path-info: Expression that cuts the script from the rest of the path.
  fcgi-app~log-stderr: Sends what the application writes to its error output to the log.
  crt-store~load: A certificate with its key and an alias.
  crt-store~crt-base: Folder of relative certificate paths in this section.
  crt-store~key-base: Folder of relative key paths in this section.
  acme~directory: Address of the ACME server's directory.
  acme~account-key: File of the account's key.
  acme~contact: Mail address the ACME server knows for the account.
  acme~challenge: How ownership is proved, e.g. HTTP-01.
  acme~challenge-ready: What is waited for before the server looks at a challenge: a command, DNS, a delay.
  acme~dns-delay: How long to wait before DNS is asked for a challenge.
  acme~dns-timeout: How long to wait for a challenge to show up in DNS.
  acme~keytype: Kind of key of new certificates, RSA or ECDSA.
  acme~bits: Length of new RSA keys.
  acme~curves: Curve of new ECDSA keys.
  acme~map: Map that holds the tokens of HTTP challenges, e.g. virt@acme.
  acme~profile: Profile asked of the ACME server, e.g. shortlived.
  acme~reuse-key: Whether a renewed certificate keeps its key.
  traces~trace: Switches traces of a source on or off, or sets their level and where they go.
  log-profile~log-tag: Program name in log lines of this profile.
  log-profile~on: Format of the log line of a step, or drop for none.
`);
