import { asNumber, asObject, asText, parseJson, parseObject } from '../core/live/json';
import type { ConsulCheck, ConsulServer } from './facts';

/** `"172.30.0.11:8300"` of /v1/status/leader as an address; undefined when it is empty: no leader. */
export function parseRaftLeader(body: string): string | undefined {
  const value = parseJson(body);
  return typeof value === 'string' ? hostOf(value) : undefined;
}

/** Answer of /v1/operator/autopilot/health; undefined when it is none. */
export function parseAutopilot(
  body: string,
): { readonly servers: readonly ConsulServer[]; readonly failureTolerance: number | undefined } | undefined {
  const value = parseObject(body);
  const list = value?.['Servers'];
  if (!value || !Array.isArray(list)) return undefined;
  const servers = list.flatMap((entry: unknown): ConsulServer[] => {
    const server = asObject(entry);
    const name = asText(server?.['Name']);
    const address = hostOf(asText(server?.['Address']) ?? '');
    if (!server || name === undefined || address === undefined) return [];
    return [
      {
        name,
        address,
        serf: asText(server['SerfStatus']) ?? 'none',
        voter: server['Voter'] === true,
        leader: server['Leader'] === true,
        healthy: server['Healthy'] === true,
        version: asText(server['Version']),
      },
    ];
  });
  return { servers, failureTolerance: asNumber(value['FailureTolerance']) };
}

/** Answer of /v1/health/state/any. */
export function parseChecks(body: string): readonly ConsulCheck[] {
  const value = parseJson(body);
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown): ConsulCheck[] => {
    const check = asObject(entry);
    const node = asText(check?.['Node']);
    const id = asText(check?.['CheckID']);
    const status = asText(check?.['Status']);
    if (node === undefined || id === undefined || status === undefined) return [];
    return [{ node, id, status, service: asText(check?.['ServiceName']) ?? '' }];
  });
}

/** Keys and values of an answer of /v1/kv. Values come in base64; keys without one are left out. */
export function keyValues(body: string): ReadonlyMap<string, string> {
  const list = parseJson(body);
  const values = new Map<string, string>();
  if (!Array.isArray(list)) return values;
  for (const entry of list as readonly unknown[]) {
    const pair = asObject(entry);
    const key = asText(pair?.['Key']);
    const value = asText(pair?.['Value']);
    if (key !== undefined && value !== undefined)
      values.set(key, Buffer.from(value, 'base64').toString('utf8'));
  }
  return values;
}

function hostOf(hostPort: string): string | undefined {
  const host = hostPort.slice(0, hostPort.lastIndexOf(':'));
  return host === '' ? undefined : host;
}
