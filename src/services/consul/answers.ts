import type { ConsulCheck, ConsulServer, PatroniKeys, PatroniMember } from '../../observe/observation';
import { asNumber, asObject, asText, parseObject } from '../patroni/rest';

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

/** The member in Patroni's leader key; undefined when the answer holds no key. */
export function parseLeaderKey(body: string): string | undefined {
  return [...keyValues(body).values()][0];
}

/** All keys below `service/<scope>/` as one picture. */
export function parsePatroniKeys(body: string, scope: string): PatroniKeys {
  const prefix = `service/${scope}/`;
  const values = new Map([...keyValues(body)].map(([key, value]) => [key.slice(prefix.length), value]));
  const sync = parseObject(values.get('sync') ?? '');
  const status = parseObject(values.get('status') ?? '');
  const history = parseJson(values.get('history') ?? '');
  const last = asNumber(Array.isArray(history) ? (history.at(-1) as unknown[] | undefined)?.[0] : undefined);
  const failover = parseObject(values.get('failover') ?? '');
  return {
    leader: values.get('leader'),
    members: [...values].flatMap(([key, value]) =>
      key.startsWith('members/') ? [parseMember(key.slice('members/'.length), value)] : [],
    ),
    sync: {
      leader: asText(sync?.['leader']),
      standbys: (asText(sync?.['sync_standby']) ?? '').split(',').filter((name) => name !== ''),
    },
    failoverRequested: failover !== undefined && Object.keys(failover).length > 0,
    historyTimeline: last === undefined ? undefined : last + 1,
    leaderPosition: asNumber(status?.['optime']),
  };
}

function parseMember(name: string, text: string): PatroniMember {
  const value = parseObject(text);
  return {
    name,
    address: hostOfUrl(asText(value?.['conn_url'])),
    role: asText(value?.['role']) ?? '',
    state: asText(value?.['state']) ?? 'unknown',
    replication: asText(value?.['replication_state']),
    timeline: asNumber(value?.['timeline']),
    position: asNumber(value?.['xlog_location']),
    version: asText(value?.['version']),
  };
}

/** Consul gives values in base64; a key without a value has null. */
function keyValues(body: string): ReadonlyMap<string, string> {
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function hostOf(hostPort: string): string | undefined {
  const host = hostPort.slice(0, hostPort.lastIndexOf(':'));
  return host === '' ? undefined : host;
}

function hostOfUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return hostname === '' ? undefined : hostname;
}
