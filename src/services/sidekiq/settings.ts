import { boolean, integer, listening, port, texts } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { NOWHERE, placeOf } from '../core/ports';
import { settingsSection } from '../core/settings';

export interface SidekiqSettings {
  readonly concurrency: number;
  /** One process each; `*` is every queue. */
  readonly queueGroups: readonly string[];
  readonly healthChecks: boolean;
  readonly healthAddress: string;
  readonly healthPort: number;
  /** How long a job may go on after the process was told to end. */
  readonly shutdownTimeout: number;
}

const key = keysOf<SidekiqSettings>();

/** Names of queues by commas, or every queue. */
const queues = texts((text) => text === '*' || /^[\w:,-]{1,1000}$/.test(text));

export const SIDEKIQ_SETTINGS = settingsSection({
  name: 'sidekiq',
  defaults: (): SidekiqSettings => ({
    // The package's 20 threads would each want a connection to the database, on three nodes.
    concurrency: 5,
    queueGroups: ['*'],
    healthChecks: true,
    healthAddress: '127.0.0.1',
    healthPort: 8092,
    shutdownTimeout: 25,
  }),
  keys: [
    key('sidekiq.concurrency', integer(1, 50), 'concurrency'),
    key('sidekiq.queue_groups', queues, 'queueGroups'),
    key('sidekiq.health_checks_enabled', boolean, 'healthChecks'),
    key('sidekiq.health_checks_listen_address', listening, 'healthAddress'),
    key('sidekiq.health_checks_listen_port', port, 'healthPort'),
    key('sidekiq.shutdown_timeout', integer(1, 300), 'shutdownTimeout'),
  ],
  ports: ({ healthPort: health }) => ({ health }),
  listens: ({ healthAddress }) => healthAddress,
  places: ({ healthChecks, healthAddress }) => ({ health: healthChecks ? placeOf(healthAddress) : NOWHERE }),
});
