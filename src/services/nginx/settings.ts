import { addresses, boolean, integer, listeningList, webAddress } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import type { KeyRule } from '../core/key-rule';
import { placeOf } from '../core/ports';
import { plainTable } from '../core/notation/plain-table';
import type { PlainTable } from '../core/notation/plain-table';
import { settingsSection } from '../core/settings';

export interface NginxSettings {
  /** Whether it ends TLS itself, and whether people come by HTTPS wherever that ends. */
  readonly https: boolean;
  readonly secure: boolean;
  /** What it tells Workhorse besides or otherwise, by header. */
  readonly headers: PlainTable;
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

const DECIDED_BY = {
  tls: "gitlab_rails['nginx']['listen_https']",
  proxyProtocol: "gitlab_rails['nginx']['proxy_protocol']",
};

export const NGINX_SETTINGS = settingsSection({
  name: 'nginx',
  defaults: ({ node }): NginxSettings => ({
    https: false,
    secure: false,
    headers: {},
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
  keys: [
    // Its port and whether it ends TLS follow from the site's address, where nothing else says it.
    key('external_url', webAddress, (settings, text) => {
      const { protocol, port } = new URL(text);
      settings.secure = protocol === 'https:';
      settings.https = settings.secure;
      settings.port = port === '' ? (settings.secure ? 443 : 80) : Number(port);
    }),
    // The second root is the one that GitLab 19.2 and later go by.
    ...['nginx', 'gitlab_rails.nginx'].flatMap(ownKeys),
  ],
  ports: ({ port: http, statusPort: status }) => ({ http, status }),
  hears: ({ https: tls, proxyProtocol }) => ({
    http: { tls, proxyProtocol: proxyProtocol ? 'must' : 'never', decidedBy: DECIDED_BY },
  }),
  listens: ({ listen }) => listen,
  places: ({ listen }) => ({ http: placeOf(listen), status: '127.0.0.1' }),
});

function ownKeys(root: string): readonly KeyRule<NginxSettings>[] {
  return [
    key(`${root}.listen_https`, boolean, 'https'),
    key(`${root}.proxy_set_headers`, plainTable, 'headers'),
    key(`${root}.listen_port`, integer(1, 65_535), 'port'),
    key(`${root}.listen_addresses`, listeningList, 'listen'),
    key(`${root}.worker_processes`, integer(1, 64), 'workers'),
    key(`${root}.worker_connections`, integer(64, 65_535), 'connections'),
    key(`${root}.keepalive_timeout`, integer(0, 3600), 'keepaliveTimeout'),
    key(`${root}.real_ip_trusted_addresses`, addresses, 'realIpNetworks'),
    key(`${root}.proxy_protocol`, boolean, 'proxyProtocol'),
    key(`${root}.status.port`, integer(1, 65_535), 'statusPort'),
  ];
}
