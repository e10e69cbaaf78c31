import { asNumber, asObject, asText, parseObject } from '../core/live/json';
import type { Repository, RepositoryCounts } from './facts';

/** What a line of the script in the node says; undefined for anything else. */
export function parseCounts(line: string): RepositoryCounts | undefined {
  const [, text = '', names = ''] = /^R (\{[^\t]*\})(?:\t(.*))?$/.exec(line) ?? [];
  const value = parseObject(text);
  const repositories = asNumber(value?.['repositories']);
  const behind = asNumber(value?.['behind']);
  const unavailable = asNumber(value?.['unavailable']);
  if (repositories === undefined || behind === undefined || unavailable === undefined) return undefined;
  const held = Object.entries(asObject(value?.['primaries']) ?? {}).flatMap(([storage, number]) => {
    const count = asNumber(number);
    return count === undefined ? [] : [[storage, count] as const];
  });
  const asOf = asNumber(value?.['asOf']);
  const listed = repositoriesIn(value?.['listed'], parseObject(names) ?? {});
  return {
    repositories,
    behind,
    unavailable,
    primaries: Object.fromEntries(held),
    ...(asOf === undefined ? {} : { asOf }),
    ...(listed === undefined ? {} : { listed }),
  };
}

type Names = Readonly<Record<string, unknown>>;

function repositoriesIn(list: unknown, names: Names): readonly Repository[] | undefined {
  return Array.isArray(list) ? list.flatMap((item: unknown) => repositoryIn(item, names) ?? []) : undefined;
}

function repositoryIn(item: unknown, names: Names): Repository | undefined {
  const value = asObject(item);
  const path = asText(value?.['path']);
  const available = value?.['available'];
  if (path === undefined || typeof available !== 'boolean') return undefined;
  const replicas = Object.entries(asObject(value?.['replicas']) ?? {}).map(
    ([storage, behind]) => [storage, asNumber(behind) ?? 'missing'] as const,
  );
  const project = asText(names[path]);
  return {
    path,
    ...(project === undefined ? {} : { project }),
    primary: asText(value?.['primary']),
    available,
    replicas: Object.fromEntries(replicas.sort(([one], [other]) => one.localeCompare(other))),
  };
}
