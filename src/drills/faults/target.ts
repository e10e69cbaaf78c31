import type { ClusterState } from '../../observe/state';
import type { Fault, FaultAim } from './fault';

/**
 * The node a fault would hit in this state, or undefined while the state does not say who that is (nobody leads,
 * no master known, no or more than one holder of the virtual address).
 */
export function targetOf(fault: Fault, state: ClusterState): string | undefined {
  switch (fault.aim) {
    case 'database-leader':
      return state.database.leader;
    case 'redis-master':
      return state.redis.master;
    case 'vip-holder':
      return state.vip.holders.length === 1 ? state.vip.holders[0] : undefined;
  }
}

const AIM_TITLES: Readonly<Record<FaultAim, string>> = {
  'database-leader': 'database leader',
  'redis-master': 'Redis master',
  'vip-holder': 'VIP holder',
};

/** The aim in words, as used in messages: "database leader". */
export function aimTitle(aim: FaultAim): string {
  return AIM_TITLES[aim];
}
