import type { ServiceContext } from '../core/context';
import { ROOT } from '../core/file';
import type { NodeFile } from '../core/file';
import { listenAddresses } from '../core/placement';
import { WORKHORSE_SETTINGS } from '../gitlab-workhorse/settings';
import { NGINX_SETTINGS } from './settings';
import type { NginxSettings } from './settings';

/** nginx.conf with the one site there is: everything goes to Workhorse. */
export function renderNginx(context: ServiceContext): readonly NodeFile[] {
  const content = `${[...head(context.settings(NGINX_SETTINGS)), ...http(context)].join('\n')}\n`;
  return [{ path: '/var/opt/gitlab/nginx/conf/nginx.conf', content, mode: 0o644, ...ROOT }];
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

function site({ cluster, node }: ServiceContext, nginx: NginxSettings): readonly string[] {
  const protocol = nginx.proxyProtocol ? ' proxy_protocol' : '';
  return [
    '  server {',
    ...listenAddresses(nginx.listen, node).map(
      (address) => `    listen ${address}:${nginx.port}${protocol};`,
    ),
    `    server_name ${cluster.domain};`,
    `    client_max_body_size ${nginx.clientMaxBody}m;`,
    ...nginx.realIpNetworks.map((network) => `    set_real_ip_from ${network};`),
    `    real_ip_header ${nginx.proxyProtocol ? 'proxy_protocol' : 'X-Forwarded-For'};`,
    '    location / {',
    '      proxy_pass http://gitlab-workhorse;',
    '      proxy_http_version 1.1;',
    '      proxy_set_header Host $http_host_with_default;',
    '      proxy_set_header Connection "";',
    '      proxy_set_header X-Real-IP $remote_addr;',
    '      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    '      proxy_set_header X-Forwarded-Proto $forwarded_proto;',
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
