import type { WatchContext } from './context';

/** A connection that a session opens. */
interface Closable {
  close(): void;
}

/** One stay at a node, of a watch that may ask any of several. */
export interface Session<Connection extends Closable> {
  /** Aborted when the watch ends or the node is lost. */
  readonly signal: AbortSignal;
  /** Opens one more connection; all are closed when the session ends. */
  readonly connect: () => Connection;
}

/**
 * Asks through one node until something fails, the watch ends, or nobody sees the node any more. Leaves nothing open.
 * @param open one connection to the node, given up when its signal is aborted
 * @param run asks; it ends by failing
 * @returns the failure; why the node was left where that is the reason
 */
export async function sessionThrough<Connection extends Closable>(
  { signal, hints }: Pick<WatchContext, 'signal' | 'hints'>,
  node: string,
  open: (signal: AbortSignal) => Connection,
  run: (session: Session<Connection>) => Promise<void>,
): Promise<unknown> {
  const own = new AbortController();
  const stop = (): void => own.abort();
  signal.addEventListener('abort', stop, { once: true });
  const leaveWhenBlind = hints.onChange(() => {
    if (!hints.sees(node)) own.abort(new Error(`${node} was lost`));
  });
  const connections: Connection[] = [];
  const connect = (): Connection => {
    const connection = open(own.signal);
    connections.push(connection);
    return connection;
  };
  try {
    await run({ signal: own.signal, connect });
    return new Error('the connection ended');
  } catch (error) {
    return own.signal.aborted && own.signal.reason instanceof Error ? own.signal.reason : error;
  } finally {
    own.abort();
    leaveWhenBlind();
    signal.removeEventListener('abort', stop);
    for (const connection of connections) connection.close();
  }
}
