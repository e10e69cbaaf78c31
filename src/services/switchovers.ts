/** The roles that services hand over in good order: one line each for a service that has one. */
import type { Switchover } from './core/switchover';
import type { ServiceStates } from './live';
import { vipSwitchover } from './keepalived/switchover';
import { databaseSwitchover } from './patroni/switchover';
import { redisSwitchover } from './redis/switchover';

const DECLARED = [databaseSwitchover, redisSwitchover, vipSwitchover] as const;

export type SwitchoverId = (typeof DECLARED)[number]['service'];

/** A role as those see it who know no service by name. */
export type ServiceSwitchover = Switchover<RolesSeen> & { readonly service: SwitchoverId };

/** What is seen of the cluster, and how its services are. */
type RolesSeen = ServiceStates & {
  readonly nodes: readonly {
    readonly name: string;
    readonly services: readonly { readonly service: string; readonly health: string }[];
  }[];
};

/** In the order in which people are offered them. */
export const SWITCHOVERS: readonly ServiceSwitchover[] = DECLARED;

/** What a service hands over; undefined for one that has nothing to hand over. */
export function switchoverOf(service: string): ServiceSwitchover | undefined {
  return SWITCHOVERS.find((candidate) => candidate.service === service);
}
