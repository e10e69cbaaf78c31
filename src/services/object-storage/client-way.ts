import type { ClientWay } from '../core/client-way';
import { OBJECT_STORE_KEY, OBJECT_STORE_SECRET } from './secrets';
import { objectStorage } from './service';
import { endpointOf, OBJECT_STORAGE_SETTINGS } from './settings';

/** Straight to the store, as clients go with an address that GitLab signed. */
export const objectWay = {
  id: 'object',
  title: 'object storage',
  passes: ['object-storage'],
  command: 'object',
  layer: 'objects',
  port: (settings) => endpointOf(settings(OBJECT_STORAGE_SETTINGS)).port,
  direct({ outside = [] }, settings) {
    const machine = outside.find(({ name }) => name === objectStorage.id);
    return machine && { host: machine.address, port: endpointOf(settings(OBJECT_STORAGE_SETTINGS)).port };
  },
  login: (settings, secret) => ({
    key: secret(OBJECT_STORE_KEY),
    secret: secret(OBJECT_STORE_SECRET),
    region: settings(OBJECT_STORAGE_SETTINGS).region,
  }),
  pace: { intervalMs: 250, timeoutMs: 2_000, slowMs: 1_000 },
} as const satisfies ClientWay;
