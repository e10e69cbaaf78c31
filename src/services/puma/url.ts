import type { PumaSettings } from './settings';

/** Where the other services of a node reach its Puma: whatever else it listens at, the loopback is among it. */
export function pumaUrl({ port }: Pick<PumaSettings, 'port'>): string {
  return `http://127.0.0.1:${port}`;
}
