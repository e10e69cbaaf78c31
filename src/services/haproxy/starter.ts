import { nodesOf } from '../core/placement';
import { heading, serverLines } from '../core/starter';
import type { Starter, StarterContext, WrittenProxy } from '../core/starter';

/** HAProxy in a new workspace: one file for all nodes that leads clients to whatever runs somewhere. */
export const haproxyStarter: Starter = { file: { path: () => 'haproxy/haproxy.cfg', text } };

const PROCESS = `global
    log stdout format raw local0 notice
    maxconn 4096
    stats socket /run/haproxy/admin.sock mode 600 level admin
    stats timeout 2m
    # Health checks of all servers spread out instead of beating together.
    spread-checks 5

defaults
    log global
    mode tcp
    option dontlognull
    # A connection that fails goes to another server at once.
    option redispatch 1
    retries 2
    timeout connect 2s
    timeout check 2s
    # Database sessions may be idle for long.
    timeout client 30m
    timeout server 30m
    # One failed check makes the next ones come faster, so three failures take about two seconds.
    default-server inter 1s fastinter 500ms downinter 1s fall 3 rise 1`;

const STATISTICS = `${heading('Statistics', 114)}

listen stats
    bind :8404
    mode http
    timeout client 30s
    timeout server 30s
    # What Keepalived asks on its own node.
    monitor-uri /health
    stats enable
    stats uri /
    stats refresh 5s
    stats show-node
`;

function text(context: StarterContext, proxies: readonly WrittenProxy[]): string {
  const http = isServed(context) ? siteSections(context, proxies) : httpSections(context, proxies);
  const parts = [head(context, proxies), PROCESS, http, ...proxies.map(({ sections }) => sections)];
  return [...parts, STATISTICS].join('\n\n');
}

/** True where there is an application to lead people to. */
function isServed(context: StarterContext): boolean {
  return nodesOf(context, 'application').length > 0;
}

function head(context: StarterContext, proxies: readonly WrittenProxy[]): string {
  const { vip } = context.cluster;
  const column = `#   ${vip}:6432   `.length;
  const row = (where: string, what: string): string => `#   ${where}`.padEnd(column) + what;
  return [
    `# The entrance of the cluster, the same file on every node. Keepalived gives the virtual address ${vip} to one`,
    '# node at a time; net.ipv4.ip_nonlocal_bind=1 lets the others be ready for it.',
    '#',
    ...(isServed(context)
      ? [row(`${vip}:443`, 'GitLab, over HTTPS'), row(`${vip}:80`, 'sends browsers to HTTPS')]
      : [row(`${vip}:80`, "health page (the application's place, once there is one)")]),
    ...proxies.map(({ port, about }) => row(`${vip}:${port}`, about)),
    row(':8404', 'statistics'),
    '#',
    '# "${REDIS_PASSWORD}" and "${HAPROXY_STATS_PASSWORD}" come from the environment HAProxy is started with.',
  ].join('\n');
}

/** GitLab over HTTPS, and a page in its place while none of it passes its check. */
function siteSections(context: StarterContext, proxies: readonly WrittenProxy[]): string {
  const { vip, domain } = context.cluster;
  const nodes = nodesOf(context, 'application');
  return `${heading('HTTP and HTTPS', 114)}

frontend http
    bind ${vip}:80
    mode http
    timeout client 30s
    timeout http-request 10s
    monitor-uri /-/haproxy
    # Everything is HTTPS; only what HAProxy says of the entrance may be asked without.
    http-request redirect scheme https code 301 unless { path /status.json }
    default_backend status_page

# The file holds the certificate of the domain, what leads from it to the authority, and the key. The lab makes one with
# an authority of its own (\`gitlab-ha ca\` prints that).
frontend https
    bind ${vip}:443 ssl crt /etc/haproxy/certs/${domain}.pem alpn h2,http/1.1
    mode http
    # A large push takes its time.
    timeout client 10m
    timeout http-request 30s
    monitor-uri /-/haproxy
    # What clients say of themselves here would be believed further on.
    http-request del-header X-Forwarded-For
    option forwardfor
    http-request set-header X-Forwarded-Proto https
    http-response set-header X-Served-By %[hostname]
    use_backend status_page if { path /status.json } || !{ nbsrv(gitlab) gt 0 }
    default_backend gitlab

# nginx of every node, in front of Workhorse and Puma. Readiness asks whether the node itself can serve; what all nodes
# share (database, Redis) is not asked, or all would go at once.
backend gitlab
    mode http
    balance leastconn
    # Git over HTTP and uploads; terminals and live updates are a tunnel.
    timeout server 1h
    timeout tunnel 1h
    option httpchk GET /-/readiness
    http-check expect status 200
    # A node that went between two checks: the request goes to the next one. Of those that are sent to change something only
    # the question whether a push is allowed, which changes nothing; the other calls of git's hooks count and start things.
    retry-on conn-failure empty-response 502
    http-request disable-l7-retry unless METH_GET or { path /api/v4/internal/allowed }
    default-server fastinter 300ms fall 2 on-marked-down shutdown-sessions
${serverLines(nodes, 80)}

${insteadSection(proxies)}`;
}

/** What answers while no node does. */
function insteadSection(proxies: readonly WrittenProxy[]): string {
  return `# Answers itself: which node holds the virtual address, and what is behind it.
backend status_page
    mode http
    timeout server 30s
    http-request return status 200 content-type application/json hdr Cache-Control no-store lf-string '${statusJson(proxies)}' if { path /status.json }
    http-request return status 503 content-type "text/html; charset=utf-8" hdr Cache-Control no-store lf-string '${statusPage(proxies, 'None of the GitLab nodes passes its check at the moment; this page comes from HAProxy.')}'`;
}

function httpSections({ cluster, running }: StarterContext, proxies: readonly WrittenProxy[]): string {
  const { vip } = cluster;
  const [first] = running;
  return `${heading('HTTP', 114)}

frontend http
    bind ${vip}:80
    mode http
    timeout client 30s
    timeout http-request 10s
    monitor-uri /-/haproxy
    http-request set-header X-Forwarded-Proto http
    http-response set-header X-Served-By %[hostname]
    default_backend status_page

# Answers itself: which node holds the virtual address, and what is behind it. GitLab takes this backend's place:
#   option httpchk GET /-/readiness
#   server ${first?.name ?? 'node1'} ${first?.address ?? vip}:80 check
backend status_page
    mode http
    timeout server 30s
    http-request return status 200 content-type application/json hdr Cache-Control no-store lf-string '${statusJson(proxies)}' if { path /status.json }
    http-request return status 200 content-type "text/html; charset=utf-8" hdr Cache-Control no-store lf-string '${statusPage(proxies, 'There is no application behind it yet; this page comes from HAProxy.')}' if { path / }
    http-request return status 404 content-type text/plain string "Nothing here yet; the health page is at /"`;
}

function statusJson(proxies: readonly WrittenProxy[]): string {
  const counts = proxies.map(({ backend }) => `,"${backend}":%[nbsrv(${backend})]`);
  return `{"node":"%[hostname]"${counts.join('')}}`;
}

function statusPage(proxies: readonly WrittenProxy[], sentence: string): string {
  const rows = proxies.map(({ title, backend }) => `<tr><td>${title}<td>%[nbsrv(${backend})]`);
  return `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>HA cluster</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:3em auto;padding:0 1em;color-scheme:light dark}td,th{padding:.2em 1em .2em 0;text-align:left}</style><h1>The cluster answers</h1><p>Node <b>%[hostname]</b> holds the virtual address. ${sentence}<table><tr><th>Behind it<th>Servers that pass their check${rows.join('')}</table></html>`;
}
