import { say } from '../../words/message';
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
      say('{0} is not running, so nothing can be started on it', node),
      {
        cause: error,
      },
    );
  }
  return new TransportError('unreachable', node, say('{0} cannot be reached through Docker', node), {
    cause: error,
  });
}

/** The connection broke while the process ran. */
export function lost(node: string, cause?: unknown): TransportError {
  return new TransportError('lost', node, say('the connection to {0} was lost', node), { cause });
}

/** The caller gave up. */
export function aborted(node: string, cause?: unknown): TransportError {
  return new TransportError('aborted', node, say('the operation on {0} was cancelled', node), { cause });
}

/** @throws TransportError `aborted` when the signal has fired. */
export function throwIfAborted(node: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(node, signal.reason);
}
