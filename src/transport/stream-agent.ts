import type { AgentOptions } from 'node:http';
import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';

/** HTTP over any byte stream: every connection is a stream that `open` gives. */
export class StreamAgent extends Agent {
  constructor(
    private readonly open: () => Promise<Duplex>,
    options: AgentOptions = {},
  ) {
    super({ keepAlive: true, ...options });
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.open().then(
      (stream) => callback?.(null, withSocketMethods(stream)),
      // Node ignores the stream when there is an error.
      (error: unknown) => callback?.(error as Error, undefined as unknown as Duplex),
    );
    return undefined;
  }
}

/**
 * Node's agent calls these on every connection it keeps; on a plain stream they have nothing to do. Who asks hears of what
 * ends a connection by the request; between two requests Node leaves it without anybody who listens, and an error then
 * would end the whole program.
 */
function withSocketMethods(stream: Duplex): Duplex {
  const nothing = (): Duplex => stream;
  stream.on('error', () => undefined);
  const methods = {
    setKeepAlive: nothing,
    setNoDelay: nothing,
    setTimeout: nothing,
    ref: nothing,
    unref: nothing,
  };
  const missing = Object.entries(methods).filter(([name]) => !(name in stream));
  return Object.assign(stream, Object.fromEntries(missing), { timeout: 0 });
}
