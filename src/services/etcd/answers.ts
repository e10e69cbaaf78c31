import { asObject, asText, parseObject } from '../core/live/json';
import type { EtcdMember, EtcdStatus } from './facts';

/** What etcd says in its place while it knows of no leader; told by the leader's absence already. */
const NO_LEADER = 'etcdserver: no leader';

/** Answers of /v3/maintenance/status and /v3/cluster/member/list together; undefined when the first is none. */
export function parseStatus(status: string, members: string): EtcdStatus | undefined {
  const value = parseObject(status);
  const id = asText(asObject(value?.['header'])?.['member_id']);
  if (value === undefined || id === undefined) return undefined;
  return {
    id,
    version: asText(value['version']),
    // What is zero is left out, or written so.
    leader: [undefined, '0'].includes(asText(value['leader'])) ? undefined : asText(value['leader']),
    term: numeral(value['raftTerm']) ?? 0,
    learner: value['isLearner'] === true,
    size: numeral(value['dbSize']),
    errors: texts(value['errors']).filter((error) => error !== NO_LEADER),
    members: parseMembers(members),
  };
}

/** Members of an answer of /v3/cluster/member/list. */
export function parseMembers(body: string): readonly EtcdMember[] {
  const list = parseObject(body)?.['members'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown): EtcdMember[] => {
    const member = asObject(entry);
    const id = asText(member?.['ID']);
    if (member === undefined || id === undefined) return [];
    return [
      {
        id,
        name: asText(member['name']) ?? '',
        address: hostOf(texts(member['peerURLs'])[0]),
        learner: member['isLearner'] === true,
      },
    ];
  });
}

export interface Range {
  /** Of the whole store: a higher one is newer, whichever member answered. */
  readonly revision: number;
  readonly values: ReadonlyMap<string, string>;
}

/** Keys and values of an answer of /v3/kv/range; undefined when it is none. */
export function parseRange(body: string): Range | undefined {
  const value = parseObject(body);
  const revision = numeral(asObject(value?.['header'])?.['revision']);
  if (value === undefined || revision === undefined) return undefined;
  const list: readonly unknown[] = Array.isArray(value['kvs']) ? value['kvs'] : [];
  const pairs = list.flatMap((entry): [string, string][] => {
    const pair = asObject(entry);
    const key = asText(pair?.['key']);
    return key === undefined ? [] : [[plain(key), plain(asText(pair?.['value']) ?? '')]];
  });
  return { revision, values: new Map(pairs) };
}

/** The end of the range of all keys that begin so (the last byte counted up), and the beginning, in base64. */
export function rangeOf(prefix: string): { readonly key: string; readonly range_end: string } {
  const end = Buffer.from(prefix);
  end[end.length - 1] = (end.at(-1) ?? 0) + 1;
  return { key: base64(prefix), range_end: end.toString('base64') };
}

/** A text as etcd takes keys and values in JSON: its UTF-8 bytes in base64. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function plain(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

/** Numbers of 64 bits come as text. */
function numeral(value: unknown): number | undefined {
  const text = asText(value);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}
