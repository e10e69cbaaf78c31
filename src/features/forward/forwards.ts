import type { Disposable } from '../common/disposables';
import { Forward } from './forward';
import type { Dial } from './forward';

/** All open forwards: one per service, shared by everyone who opens it, closed with its lab. */
export class Forwards implements Disposable {
  private readonly open = new Map<string, { readonly lab: string; readonly forward: Promise<Forward> }>();

  constructor(private readonly onError: (error: unknown) => void) {}

  /** The loopback port for a service, opened at the first call. @param key names the service within its lab */
  async port(lab: string, key: string, dial: Dial): Promise<number> {
    const id = `${lab}/${key}`;
    const known = this.open.get(id);
    if (known) return (await known.forward).port;
    const forward = Forward.open(dial, this.onError);
    this.open.set(id, { lab, forward });
    try {
      return (await forward).port;
    } catch (error) {
      this.open.delete(id);
      throw error;
    }
  }

  /** Closes the forwards of labs that are not among these. */
  keep(labs: ReadonlySet<string>): void {
    for (const [id, { lab, forward }] of this.open) {
      if (labs.has(lab)) continue;
      this.open.delete(id);
      this.close(forward);
    }
  }

  dispose(): void {
    this.keep(new Set());
  }

  private close(forward: Promise<Forward>): void {
    forward.then((opened) => opened.dispose(), this.onError);
  }
}
