/** The ways a client writes, by the names the gateway's `probe` has for them, and their titles. */
const TITLES = { postgres: 'PostgreSQL', redis: 'Redis' } as const;

export type ClientWay = keyof typeof TITLES;

/** The title of a way, for people; of a way only a newer image knows, its name. */
export function clientWayTitle(way: string): string {
  return isClientWay(way) ? TITLES[way] : way;
}

function isClientWay(way: string): way is ClientWay {
  return Object.hasOwn(TITLES, way);
}
