/** The virtual address as everybody may see it. */
export interface VipState {
  readonly address: string;
  readonly holders: readonly string[];
}

/** Exactly one holder. */
export function missingVip({ holders }: VipState): readonly string[] {
  if (holders.length === 1) return [];
  return [holders.length === 0 ? 'VIP: no node holds it' : `VIP: held by ${holders.join(' and ')}`];
}
