import type { FaultAim, ServiceFault } from '../core/fault';
import type { VipState } from './whole';

/** Undefined while no or more than one node holds the virtual address. */
export const vipHolder = {
  id: 'vip-holder',
  title: 'VIP holder',
  needs: 'keepalived',
  feltBy: 'postgres',
  node: ({ vip }) => (vip.holders.length === 1 ? vip.holders[0] : undefined),
} as const satisfies FaultAim<{ readonly vip: VipState }>;

/** Faults that show what Keepalived does. */
export const keepalivedFaults = [
  {
    id: 'pause-vip-holder',
    title: 'Freeze the VIP holder',
    deed: 'Freeze the node',
    description: 'VRRP advertisements stop coming; a backup takes the virtual address.',
    aim: vipHolder.id,
    action: { on: 'node', inject: 'pause', heal: 'unpause' },
  },
] as const satisfies readonly ServiceFault[];
