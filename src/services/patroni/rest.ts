import { asNumber, asObject, asText, parseObject } from '../core/live/json';
import type { PatroniRest } from './facts';

/** Reads the answer to `GET /patroni`; undefined when it is none. */
export function parsePatroniRest(text: string): PatroniRest | undefined {
  const value = parseObject(text);
  if (!value) return undefined;
  const { role, state } = value;
  if (typeof role !== 'string' || typeof state !== 'string') return undefined;
  const patroni = asObject(value['patroni']);
  const xlog = asObject(value['xlog']);
  return {
    role,
    state,
    timeline: asNumber(value['timeline']),
    replication: asText(value['replication_state']),
    position: asNumber(xlog?.['location']) ?? asNumber(xlog?.['received_location']),
    syncStandby: value['sync_standby'] === true,
    ...(value['quorum_standby'] === true ? { quorumStandby: true as const } : {}),
    patroniVersion: asText(patroni?.['version']),
    serverVersion: serverVersion(asNumber(value['server_version'])),
    attached: attached(value['replication']),
  };
}

/** PostgreSQL writes 17.6 as 170006. */
function serverVersion(version: number | undefined): string | undefined {
  return version === undefined ? undefined : `${Math.floor(version / 10_000)}.${version % 10_000}`;
}

function attached(value: unknown): PatroniRest['attached'] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const row = asObject(entry);
    const name = asText(row?.['application_name']);
    return name === undefined
      ? []
      : [{ name, state: asText(row?.['state']) ?? '', sync: asText(row?.['sync_state']) ?? '' }];
  });
}
