import type { ServiceContext } from '../core/context';
import { ROOT, privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { listenAddresses } from '../core/placement';
import { WORKHORSE_SETTINGS } from '../gitlab-workhorse/settings';
import { NGINX_SETTINGS } from './settings';
import type { NginxSettings } from './settings';

/** nginx.conf with the one site there is: everything goes to Workhorse. */
export function renderNginx(context: ServiceContext): readonly NodeFile[] {
  const content = `${[...head(context.settings(NGINX_SETTINGS)), ...http(context)].join('\n')}\n`;
  const conf = { path: '/var/opt/gitlab/nginx/conf/nginx.conf', content, mode: 0o644, ...ROOT };
  return [conf, ...certificateFiles(context)];
}

/** Where the package looks for them. */
function certificatePaths({ cluster }: ServiceContext): {
  readonly certificate: string;
  readonly key: string;
} {
  const path = `/etc/gitlab/ssl/${cluster.domain}`;
  return { certificate: `${path}.crt`, key: `${path}.key` };
}

function certificateFiles(context: ServiceContext): readonly NodeFile[] {
  if (!context.settings(NGINX_SETTINGS).https) return [];
  const { certificate, key } = context.certificate('nginx', context.siteNames);
  const paths = certificatePaths(context);
  return [
    { path: paths.certificate, content: certificate, mode: 0o644, ...ROOT },
    privateFile(paths.key, key, ROOT),
  ];
}

function head({ workers, connections }: NginxSettings): readonly string[] {
  return [
    'user gitlab-www gitlab-www;',
    `worker_processes ${workers};`,
    'error_log stderr;',
    'pid nginx.pid;',
    'daemon off;',
    `events { worker_connections ${connections}; }`,
  ];
}

function http(context: ServiceContext): readonly string[] {
  const nginx = context.settings(NGINX_SETTINGS);
  return [
    'http {',
    '  access_log /dev/stdout combined;',
    '  server_tokens off;',
    `  keepalive_timeout ${nginx.keepaliveTimeout};`,
    // Health checks of HTTP/1.0 name no host, and Workhorse refuses a request without one.
    '  map $http_host $http_host_with_default { default $http_host; "" $host; }',
    '  map $http_x_forwarded_proto $forwarded_proto { default $scheme; https https; }',
    '  upstream gitlab-workhorse {',
    `    server ${workhorse(context)} fail_timeout=0;`,
    '  }',
    ...site(context, nginx),
    ...status(nginx),
    '}',
  ];
}

function workhorse({ settings }: ServiceContext): string {
  const { listenNetwork, listenAddress } = settings(WORKHORSE_SETTINGS);
  return listenNetwork === 'unix' ? `unix:${listenAddress}` : listenAddress;
}

/** What Workhorse is told of a request, by header: as the package has it, then what gitlab.rb says otherwise. */
function headersOf({ secure, headers }: NginxSettings): readonly string[] {
  const own = Object.entries(headers)
    .filter(([name]) => /^[\w-]+$/.test(name))
    .map(([name, value]) => [name, JSON.stringify(typeof value === 'object' ? '' : String(value))] as const);
  const told = new Map<string, string>([
    ['Host', '$http_host_with_default'],
    ['Connection', '""'],
    ['X-Real-IP', '$remote_addr'],
    ['X-Forwarded-For', '$proxy_add_x_forwarded_for'],
    ['X-Forwarded-Proto', secure ? 'https' : '$forwarded_proto'],
    ...(secure ? [['X-Forwarded-Ssl', 'on'] as const] : []),
    ...own,
  ]);
  return [...told].map(([name, value]) => `      proxy_set_header ${name} ${value};`);
}

function tls(context: ServiceContext, { https }: NginxSettings): readonly string[] {
  if (!https) return [];
  const { certificate, key } = certificatePaths(context);
  return [`    ssl_certificate ${certificate};`, `    ssl_certificate_key ${key};`];
}

function site(context: ServiceContext, nginx: NginxSettings): readonly string[] {
  const { cluster, node } = context;
  const protocol = (nginx.https ? ' ssl' : '') + (nginx.proxyProtocol ? ' proxy_protocol' : '');
  return [
    '  server {',
    ...listenAddresses(nginx.listen, node).map(
      (address) => `    listen ${address}:${nginx.port}${protocol};`,
    ),
    ...tls(context, nginx),
    `    server_name ${cluster.domain};`,
    `    client_max_body_size ${nginx.clientMaxBody}m;`,
    ...nginx.realIpNetworks.map((network) => `    set_real_ip_from ${network};`),
    `    real_ip_header ${nginx.proxyProtocol ? 'proxy_protocol' : 'X-Forwarded-For'};`,
    '    location / {',
    '      proxy_pass http://gitlab-workhorse;',
    '      proxy_http_version 1.1;',
    ...headersOf(nginx),
    '      proxy_read_timeout 3600;',
    '      proxy_connect_timeout 300;',
    '      # What git sends is passed on as it comes.',
    '      proxy_request_buffering off;',
    '      proxy_buffering off;',
    '    }',
    '  }',
  ];
}

function status({ statusPort }: NginxSettings): readonly string[] {
  return [
    '  server {',
    `    listen 127.0.0.1:${statusPort};`,
    '    location /nginx_status { stub_status; access_log off; }',
    '  }',
  ];
}
