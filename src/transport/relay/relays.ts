import type { NodeTransport } from '../transport';
import { RelayedTransport } from './relayed-transport';

/** Ways to nodes that all who ask them meanwhile share. */
export class Relays {
  private readonly known = new Map<string, RelayedTransport>();
  private holders = 0;

  /**
   * A way to a node: the one there is, while somebody is about to ask it more.
   * @param id of the container or machine: a node that is made anew is another one
   */
  to(id: string, direct: NodeTransport): NodeTransport {
    if (this.holders === 0) return new RelayedTransport(direct);
    const transport = this.known.get(id) ?? new RelayedTransport(direct);
    this.known.set(id, transport);
    transport.hold(true);
    return transport;
  }

  /** Does work that asks the same nodes again and again: what is shared stays for so long. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.holders += 1;
    try {
      return await work();
    } finally {
      this.holders -= 1;
      if (this.holders === 0) this.release();
    }
  }

  /** Nobody is going to ask soon; who still holds a way goes on with it. */
  private release(): void {
    for (const transport of this.known.values()) transport.hold(false);
    this.known.clear();
  }
}
