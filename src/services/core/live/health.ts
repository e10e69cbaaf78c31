import type { Message } from '../../../words/message';

/** Unknown is never shown as ok. `starting`: its node was started a moment ago, and it has not been well since. */
export type Health = 'ok' | 'degraded' | 'failed' | 'starting' | 'unknown';

/** What a service is at this moment among its peers: one vocabulary for all services. */
export type Role =
  | 'leader'
  | 'sync-standby'
  | 'quorum-standby'
  | 'replica'
  | 'master'
  | 'voter'
  | 'non-voter'
  | 'active'
  | 'backup'
  | 'member';

/** Roles that only one member has, and the others follow. */
const LEADING: ReadonlySet<Role | undefined> = new Set(['leader', 'master', 'active']);

/** True for a role that only one member has, and the others follow; no role is none. */
export function isLeading(role: Role | undefined): boolean {
  return LEADING.has(role);
}

/** More for a tooltip, by its name; what is no name, number or word of the program is said by us. */
export type Facts = Readonly<Record<string, string | Message>>;

/** What is concluded about one service of one node, apart from its process. */
export interface Verdict {
  readonly health: Health;
  /** One short sentence: why this health. */
  readonly detail: Message;
  readonly role?: Role;
  readonly facts?: Facts;
}

/** Facts for a tooltip; entries without a value are left out, order is kept. */
export function facts(entries: Readonly<Record<string, string | number | Message | undefined>>): Facts {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, typeof value === 'number' ? String(value) : value]],
    ),
  );
}

/**
 * Health of a group (layer, node, cluster) from its members': ok only when all are; failed when none works;
 * degraded when some work and some do not; starting when nothing is wrong but something is not up yet; unknown when
 * nothing is wrong but something is not known.
 */
export function aggregateHealth(members: readonly Health[]): Health {
  if (members.length === 0) return 'unknown';
  if (members.every((health) => health === 'ok')) return 'ok';
  const works = members.some((health) => ['ok', 'degraded', 'starting'].includes(health));
  if (members.includes('failed')) return works ? 'degraded' : 'failed';
  if (members.includes('degraded')) return 'degraded';
  return members.includes('starting') ? 'starting' : 'unknown';
}
