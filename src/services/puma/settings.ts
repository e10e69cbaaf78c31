import { integer, listening, port } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { placeOf } from '../core/ports';
import { settingsSection } from '../core/settings';

export interface PumaSettings {
  /** Processes beside the first one; 0: that one serves itself, which saves memory. */
  readonly workers: number;
  readonly minThreads: number;
  readonly maxThreads: number;
  readonly listen: string;
  readonly port: number;
  readonly workerTimeout: number;
}

const key = keysOf<PumaSettings>();

export const PUMA_SETTINGS = settingsSection({
  name: 'puma',
  // The package takes as many workers as the machine has processors; three nodes share one machine here.
  defaults: (): PumaSettings => ({
    workers: 0,
    minThreads: 4,
    maxThreads: 4,
    listen: '127.0.0.1',
    port: 8080,
    workerTimeout: 60,
  }),
  keys: [
    key('puma.worker_processes', integer(0, 64), 'workers'),
    key('puma.min_threads', integer(1, 64), 'minThreads'),
    key('puma.max_threads', integer(1, 64), 'maxThreads'),
    key('puma.listen', listening, 'listen'),
    key('puma.port', port, 'port'),
    key('puma.worker_timeout', integer(5, 3600), 'workerTimeout'),
  ],
  ports: ({ port: puma }) => ({ puma }),
  listens: ({ listen }) => listen,
  places: ({ listen }) => ({ puma: placeOf(listen) }),
});
