import { heading } from '../core/starter';
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
    option redispatch
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

function text({ cluster, running }: StarterContext, proxies: readonly WrittenProxy[]): string {
  const http = httpSections(cluster.vip, running[0], proxies);
  const parts = [head(cluster.vip, proxies), PROCESS, http, ...proxies.map(({ sections }) => sections)];
  return [...parts, STATISTICS].join('\n\n');
}

function head(vip: string, proxies: readonly WrittenProxy[]): string {
  const column = `#   ${vip}:6432   `.length;
  const row = (where: string, what: string): string => `#   ${where}`.padEnd(column) + what;
  return [
    `# The entrance of the cluster, the same file on every node. Keepalived gives the virtual address ${vip} to one`,
    '# node at a time; net.ipv4.ip_nonlocal_bind=1 lets the others be ready for it.',
    '#',
    row(`${vip}:80`, "health page (the application's place, once there is one)"),
    ...proxies.map(({ port, about }) => row(`${vip}:${port}`, about)),
    row(':8404', 'statistics'),
    '#',
    '# "${REDIS_PASSWORD}" and "${HAPROXY_STATS_PASSWORD}" come from the environment HAProxy is started with.',
  ].join('\n');
}

function httpSections(
  vip: string,
  first: StarterContext['node'] | undefined,
  proxies: readonly WrittenProxy[],
): string {
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
    http-request return status 200 content-type "text/html; charset=utf-8" hdr Cache-Control no-store lf-string '${statusPage(proxies)}' if { path / }
    http-request return status 404 content-type text/plain string "Nothing here yet; the health page is at /"`;
}

function statusJson(proxies: readonly WrittenProxy[]): string {
  const counts = proxies.map(({ backend }) => `,"${backend}":%[nbsrv(${backend})]`);
  return `{"node":"%[hostname]"${counts.join('')}}`;
}

function statusPage(proxies: readonly WrittenProxy[]): string {
  const rows = proxies.map(({ title, backend }) => `<tr><td>${title}<td>%[nbsrv(${backend})]`);
  return `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>HA cluster</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:3em auto;padding:0 1em;color-scheme:light dark}td,th{padding:.2em 1em .2em 0;text-align:left}</style><h1>The cluster answers</h1><p>Node <b>%[hostname]</b> holds the virtual address. There is no application behind it yet; this page comes from HAProxy.<table><tr><th>Behind it<th>Servers that pass their check${rows.join('')}</table></html>`;
}
