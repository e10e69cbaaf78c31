import { asNumber, asObject, parseObject } from '../core/live/json';
import type { RepositoryCounts } from './facts';

/** What a line of the script in the node says; undefined for anything else. */
export function parseCounts(line: string): RepositoryCounts | undefined {
  const [, text = ''] = /^R (\{.*\})$/.exec(line) ?? [];
  const value = parseObject(text);
  const repositories = asNumber(value?.['repositories']);
  const behind = asNumber(value?.['behind']);
  const unavailable = asNumber(value?.['unavailable']);
  if (repositories === undefined || behind === undefined || unavailable === undefined) return undefined;
  const held = Object.entries(asObject(value?.['primaries']) ?? {}).flatMap(([storage, number]) => {
    const count = asNumber(number);
    return count === undefined ? [] : [[storage, count] as const];
  });
  return { repositories, behind, unavailable, primaries: Object.fromEntries(held) };
}
