import { addresses, boolean, integer, listeningList } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { settingsSection } from '../core/settings';

export interface NginxSettings {
  /** The node's own address by default, because HAProxy of the same machine listens on the virtual one. */
  readonly listen: string;
  readonly port: number;
  readonly workers: number;
  readonly connections: number;
  readonly keepaliveTimeout: number;
  /** Networks whose `real_ip_header` is believed. */
  readonly realIpNetworks: readonly string[];
  readonly proxyProtocol: boolean;
  /** In megabytes; 0: any. */
  readonly clientMaxBody: number;
  readonly statusPort: number;
}

const key = keysOf<NginxSettings>();

export const NGINX_SETTINGS = settingsSection({
  name: 'nginx',
  defaults: ({ node }): NginxSettings => ({
    listen: node.address,
    port: 80,
    workers: 1,
    connections: 1024,
    keepaliveTimeout: 65,
    realIpNetworks: [],
    proxyProtocol: false,
    clientMaxBody: 0,
    statusPort: 8060,
  }),
  // The second root is the one that GitLab 19.2 and later go by.
  keys: ['nginx', 'gitlab_rails.nginx'].flatMap((root) => [
    key(`${root}.listen_port`, integer(1, 65_535), 'port'),
    key(`${root}.listen_addresses`, listeningList, 'listen'),
    key(`${root}.worker_processes`, integer(1, 64), 'workers'),
    key(`${root}.worker_connections`, integer(64, 65_535), 'connections'),
    key(`${root}.keepalive_timeout`, integer(0, 3600), 'keepaliveTimeout'),
    key(`${root}.real_ip_trusted_addresses`, addresses, 'realIpNetworks'),
    key(`${root}.proxy_protocol`, boolean, 'proxyProtocol'),
    key(`${root}.status.port`, integer(1, 65_535), 'statusPort'),
  ]),
  ports: ({ port: http, statusPort: status }) => ({ http, status }),
  listens: ({ listen }) => listen,
});
