import { addresses, anyAddresses, boolean, integer, webAddress, word } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { settingsSection } from '../core/settings';
import type { SectionInput } from '../core/settings';

/** Where the application finds what is behind it, and who may ask how it is. */
export interface RailsSettings {
  /** Where people find the site, as gitlab.rb says it. */
  readonly externalUrl: string;
  /** Where hooks of git find it; absent: as people do. */
  readonly internalUrl?: string;
  /** Address of the database's entrance, as gitlab.rb names it. */
  readonly databaseHost: string;
  readonly databasePort: number;
  readonly databasePool: number;
  /** Networks that the health pages answer. */
  readonly monitoringNetworks: readonly string[];
  /** Networks whose word about the client's address is believed. */
  readonly trustedProxies: readonly string[];
  readonly autoMigrate: boolean;
}

const key = keysOf<RailsSettings>();

/** `gitlab_rails[...]` as far as it says where things are. */
export const RAILS_SETTINGS = settingsSection({
  name: 'rails',
  defaults: ({ cluster }: SectionInput): RailsSettings => ({
    externalUrl: `http://${cluster.domain}`,
    databaseHost: cluster.vip,
    databasePort: 6432,
    databasePool: 10,
    monitoringNetworks: ['127.0.0.0/8', '::1/128'],
    trustedProxies: [],
    autoMigrate: true,
  }),
  keys: [
    key('external_url', webAddress, 'externalUrl'),
    key('gitlab_rails.internal_api_url', webAddress, 'internalUrl'),
    key('gitlab_rails.db_host', word, 'databaseHost'),
    key('gitlab_rails.db_port', integer(1, 65_535), 'databasePort'),
    key('gitlab_rails.db_pool', integer(1, 200), 'databasePool'),
    key('gitlab_rails.monitoring_whitelist', anyAddresses, 'monitoringNetworks'),
    key('gitlab_rails.trusted_proxies', addresses, 'trustedProxies'),
    key('gitlab_rails.auto_migrate', boolean, 'autoMigrate'),
  ],
  urls: ({ externalUrl }) => [externalUrl],
});
