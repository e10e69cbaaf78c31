import { say, together } from '../../words/message';
import type { Message } from '../../words/message';
/** The virtual address as everybody may see it. */
export interface VipState {
  readonly address: string;
  readonly holders: readonly string[];
}

/** Exactly one holder. */
export function missingVip({ holders }: VipState): readonly Message[] {
  if (holders.length === 1) return [];
  return [holders.length === 0 ? say('VIP: no node holds it') : say('VIP: held by {0}', together(holders))];
}
