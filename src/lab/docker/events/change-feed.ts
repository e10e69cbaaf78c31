import type Docker from 'dockerode';
import { openEngineEvents } from './engine-events';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;
/** Starting a lab is dozens of events; listeners are told once per burst. */
const SETTLE_MS = 100;

/**
 * Tells listeners that some lab changed. Listens to Docker only while somebody listens here; when Docker goes
 * away it tries again with growing pauses, and tells once it is back, because anything may have changed.
 */
export class ChangeFeed {
  private readonly listeners = new Set<() => void>();
  private stop: AbortController | undefined;
  private settling: NodeJS.Timeout | undefined;

  constructor(private readonly connect: () => Promise<Docker>) {}

  listen(listener: () => void): { dispose(): void } {
    // One entry per call, so that the same function may listen twice.
    const entry = (): void => listener();
    this.listeners.add(entry);
    if (!this.stop) {
      this.stop = new AbortController();
      void this.follow(this.stop.signal);
    }
    return {
      dispose: () => {
        this.listeners.delete(entry);
        if (this.listeners.size > 0) return;
        this.stop?.abort();
        this.stop = undefined;
        clearTimeout(this.settling);
        this.settling = undefined;
      },
    };
  }

  private async follow(signal: AbortSignal): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const events = await openEngineEvents(await this.connect(), signal);
        retryMs = FIRST_RETRY_MS;
        if (attempt > 0) this.tell();
        for await (const event of events) if (event.action) this.tell();
      } catch {
        // Docker is away or was restarted; whoever asks for a lab meanwhile is told why by that call.
      }
      if (signal.aborted) return;
      await pause(retryMs, signal);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
  }

  private tell(): void {
    this.settling ??= setTimeout(() => {
      this.settling = undefined;
      for (const listener of this.listeners) listener();
    }, SETTLE_MS);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
