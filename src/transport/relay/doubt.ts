import type { TransportError } from '../transport';
import type { ChannelId } from './frames';

/** So long nothing may be heard before it is asked for, and again before the engine is. Milliseconds. */
const PATIENCE_MS = 2_000;

export interface Askable {
  /** Asks the relay for a word. */
  ping(): void;
  /** Asks the engine. @returns why nothing can be started in the node; undefined where something can */
  obstacle(): Promise<TransportError | undefined>;
}

/**
 * A frozen node says nothing, where the engine refuses at once to start something there. So while somebody waits for a
 * relay's first word and none at all is heard, the engine is asked.
 */
export class Doubt {
  private readonly waiting = new Set<ChannelId>();
  private timer: NodeJS.Timeout | undefined;
  private pinged = false;

  /** @param refused told of who waits in vain, and why */
  constructor(
    private readonly asked: Askable,
    private readonly refused: (waiting: readonly ChannelId[], error: TransportError) => void,
  ) {}

  /** Somebody waits for the first word of a conversation. */
  wait(id: ChannelId): void {
    this.waiting.add(id);
    this.timer ??= this.later();
  }

  /** The relay has said something of a conversation. */
  hear(id: ChannelId): void {
    this.pinged = false;
    this.forget(id);
  }

  forget(id: ChannelId): void {
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.stop();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pinged = false;
    this.waiting.clear();
  }

  private later(): NodeJS.Timeout {
    return setTimeout(() => void this.look(), PATIENCE_MS);
  }

  private async look(): Promise<void> {
    const mine = this.timer;
    if (this.pinged) {
      const obstacle = await this.asked.obstacle();
      this.pinged = false;
      // What was heard meanwhile has been taken out.
      if (obstacle) this.refused([...this.waiting], obstacle);
    } else {
      this.pinged = true;
      this.asked.ping();
    }
    if (this.timer === mine) this.timer = this.waiting.size > 0 ? this.later() : undefined;
  }
}
