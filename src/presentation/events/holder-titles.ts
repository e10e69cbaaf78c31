import type { Message } from '../../words/message';
import { LIVE_SERVICES } from '../../observe/live';

/** What only one node may hold, by the kind of event that tells that it moved, as the services declare it. */
export function holderTitles(): ReadonlyMap<string, Message> {
  return new Map(
    LIVE_SERVICES.flatMap(([, { holders = [] }]) => holders.map(({ kind, title }) => [kind, title] as const)),
  );
}
