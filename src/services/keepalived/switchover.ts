import type { Switchover } from '../core/switchover';
import type { VipState } from './whole';

/** The state as far as it says who may take the virtual address. */
interface VipSeen {
  readonly vip: VipState;
  readonly nodes: readonly {
    readonly name: string;
    readonly services: readonly { readonly service: string; readonly health: string }[];
  }[];
}

/** Keepalived hands the virtual address over, to the backup with the highest priority. */
export const vipSwitchover = {
  service: 'keepalived',
  title: 'VIP holder',
  choosable: false,
  seconds: 1,
  holder: ({ vip: { holders } }) => (holders.length === 1 ? holders[0] : undefined),
  candidates: ({ vip: { holders }, nodes }) =>
    nodes
      .filter(({ name, services }) => !holders.includes(name) && services.some(isWell))
      .map(({ name }) => name),
  // The tree needs to know who can take over, not how.
  command: async () => (await import('./hand-over')).handOver(),
} as const satisfies Switchover<VipSeen>;

function isWell({ service, health }: VipSeen['nodes'][number]['services'][number]): boolean {
  return service === 'keepalived' && health === 'ok';
}
