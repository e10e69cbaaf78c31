import { TransportError } from '../transport';

/** HTTP status of a failed Docker call, as dockerode attaches it, or undefined when no answer came. */
export function statusCodeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/**
 * Says why a process could not be started in a container.
 * 404: no such container; 409: stopped or paused; 500 at start: it ended in between; no status: no Docker.
 */
export function startFailure(node: string, error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const status = statusCodeOf(error);
  if (status === 404 || status === 409 || status === 500) {
    return new TransportError(
      'not-running',
      node,
      `${node} is not running, so nothing can be started on it`,
      {
        cause: error,
      },
    );
  }
  return new TransportError('unreachable', node, `${node} cannot be reached through Docker`, {
    cause: error,
  });
}

/** The connection broke while the process ran. */
export function lost(node: string, cause?: unknown): TransportError {
  return new TransportError('lost', node, `the connection to ${node} was lost`, { cause });
}

/** The caller gave up. */
export function aborted(node: string, cause?: unknown): TransportError {
  return new TransportError('aborted', node, `the operation on ${node} was cancelled`, { cause });
}

/** @throws TransportError `aborted` when the signal has fired. */
export function throwIfAborted(node: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(node, signal.reason);
}
