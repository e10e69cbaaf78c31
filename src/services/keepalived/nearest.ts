import type { VipState } from './whole';

/** What is seen of the nodes and of the virtual address, as far as it says who serves a client first. */
export interface NearestState {
  readonly vip: VipState;
  readonly nodes: readonly {
    readonly name: string;
    readonly services: readonly { readonly service: string; readonly health: string }[];
  }[];
}

/**
 * A node where one of the services is well: the holder of the virtual address if it runs them, else the first. Of services
 * that all nodes run alike none leads, and one is as good as another. Undefined while none is known to be well.
 */
export function nearest(...wanted: readonly string[]) {
  return ({ vip, nodes }: NearestState): string | undefined => {
    const serving = nodes
      .filter(({ services }) =>
        wanted.every((id) => services.some(({ service, health }) => service === id && health === 'ok')),
      )
      .map(({ name }) => name);
    return serving.find((name) => vip.holders.includes(name)) ?? serving[0];
  };
}
