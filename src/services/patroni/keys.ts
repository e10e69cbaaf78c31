import { keyValues } from '../consul/answers';
import type { ConsulQuery } from '../consul/query';
import { declaredIn } from '../core/live/declared';
import type { Declared } from '../core/live/declared';
import { isFact, learned } from '../core/live/fact';
import type { FactObservation } from '../core/live/fact';
import { asNumber, asText, parseJson, parseObject } from '../core/live/json';
import { PATRONI_KEYS, PATRONI_LEADER, PATRONI_SCOPE } from './facts';
import type { PatroniKeys, PatroniMember } from './facts';

/** Patroni writes its member and status keys every second; reading them all that often would be a waste. */
const KEYS_GAP_MS = 600;

/** What Patroni keeps in Consul under its scope. */
export function patroniQueries(declared: Declared): readonly ConsulQuery[] {
  const scope = declaredIn(declared, PATRONI_SCOPE);
  const prefix = `/v1/kv/service/${encodeURIComponent(scope)}/`;
  return [
    {
      path: `${prefix}leader?stale`,
      gapMs: 0,
      hurries: true,
      read: (body, index, at) => learned(PATRONI_LEADER, at, parseLeaderKey(body), index),
    },
    {
      path: `${prefix}?recurse&stale`,
      gapMs: KEYS_GAP_MS,
      read: (body, index, at) => learned(PATRONI_KEYS, at, parsePatroniKeys(body, scope), index),
    },
  ];
}

/** The member in Patroni's leader key; undefined when the answer holds no key. */
export function parseLeaderKey(body: string): string | undefined {
  return [...keyValues(body).values()][0];
}

/** Somebody leads, and as many members as there should be have given notice. */
export function hasLeaderAndMembers(fact: FactObservation, instances: number): boolean {
  if (!isFact(PATRONI_KEYS, fact)) return false;
  const { leader, members } = fact.value;
  return leader !== undefined && members.length >= instances;
}

/** All keys below `service/<scope>/` in Consul as one picture. */
export function parsePatroniKeys(body: string, scope: string): PatroniKeys {
  return patroniKeysOf(keyValues(body), `service/${scope}/`);
}

/** Patroni's keys as one picture. @param pairs all keys below the prefix, with it, and their values */
export function patroniKeysOf(pairs: ReadonlyMap<string, string>, prefix: string): PatroniKeys {
  const values = new Map([...pairs].map(([key, value]) => [key.slice(prefix.length), value]));
  const sync = parseObject(values.get('sync') ?? '');
  const status = parseObject(values.get('status') ?? '');
  const history = parseJson(values.get('history') ?? '');
  const last = asNumber(Array.isArray(history) ? (history.at(-1) as unknown[] | undefined)?.[0] : undefined);
  const failover = parseObject(values.get('failover') ?? '');
  const standbys = (asText(sync?.['sync_standby']) ?? '').split(',').filter((name) => name !== '');
  // How many of them are needed to find a new leader; 0 where it is said by name who acknowledges.
  const quorum = asNumber(sync?.['quorum']) ?? 0;
  return {
    leader: values.get('leader'),
    members: [...values].flatMap(([key, value]) =>
      key.startsWith('members/') ? [parseMember(key.slice('members/'.length), value)] : [],
    ),
    sync: {
      leader: asText(sync?.['leader']),
      standbys,
      ...(quorum > 0 ? { acknowledging: Math.max(1, standbys.length - quorum) } : {}),
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

function hostOfUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return hostname === '' ? undefined : hostname;
}
