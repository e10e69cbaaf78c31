import type { ServiceFault } from '../core/fault';
import { vipHolder } from '../keepalived/faults';

/** Faults of HAProxy: its check must hand the virtual address on. */
export const haproxyFaults = [
  {
    id: 'stop-haproxy',
    title: 'Stop HAProxy on the VIP holder',
    deed: 'Stop HAProxy',
    description:
      "Keepalived's check notices that HAProxy is gone and hands the virtual address to another node.",
    aim: vipHolder.id,
    action: { on: 'service', service: 'haproxy' },
  },
] as const satisfies readonly ServiceFault[];
