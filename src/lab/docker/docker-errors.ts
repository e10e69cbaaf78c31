import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { SshError } from '../../transport/ssh/ssh-error';
import { LabError } from '../lab-error';

/** HTTP status of a failed Docker call as dockerode attaches it; undefined when no answer came. */
export function statusOf(error: unknown): number | undefined {
  const status = property(error, 'statusCode');
  return typeof status === 'number' ? status : undefined;
}

/** Errno name (`ECONNREFUSED`) of a failed system call, also one level down in its cause. */
export function errnoOf(error: unknown): string | undefined {
  const code = property(error, 'code');
  if (typeof code === 'string') return code;
  const cause = property(error, 'cause');
  return cause === undefined ? undefined : errnoOf(cause);
}

/** What the daemon said, or the error's own text; for people and logs only. */
export function reasonOf(error: unknown): string {
  const said = property(property(error, 'json'), 'message');
  if (typeof said === 'string') return said.trim();
  return error instanceof Error ? error.message.trim() : String(error);
}

/** True for "no such container, network, image…". */
export function isGone(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** True when the object already is in the asked state, exists already, or is being removed. */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 409;
}

/** True when the object already is as asked (Docker answers 304 to a start of a running container). */
export function isUnchanged(error: unknown): boolean {
  return statusOf(error) === 304;
}

/** True when an AbortSignal ended the call. */
export function isAbort(error: unknown): boolean {
  return property(error, 'name') === 'AbortError' || errnoOf(error) === 'ABORT_ERR';
}

/**
 * A LabError for a Docker call that failed while doing `what`; LabErrors pass unchanged.
 * @param what what was being done, e.g. `create network x`
 */
export function dockerFailure(what: Message, error: unknown): LabError {
  if (error instanceof LabError) return error;
  const details = { cause: error };
  const errno = errnoOf(error);
  if (isAbort(error)) return cancelled(error);
  if (error instanceof SshError) {
    return new LabError('no-docker', say('Could not {0}: {1}', what, error.said), error.advice, details);
  }
  if (errno === 'EACCES' || errno === 'EPERM') {
    return new LabError(
      'no-permission',
      say("Could not {0}: this user may not use Docker's socket.", what),
      PERMISSION,
      details,
    );
  }
  if (errno === 'ENOSPC' || saysDiskFull(error)) {
    return new LabError('no-disk', say('Could not {0}: the disk is full.', what), DISK, details);
  }
  if (errno !== undefined && CONNECTION_ERRORS.has(errno)) {
    return new LabError(
      'no-docker',
      say('Could not {0}: Docker no longer answers ({1}).', what, errno),
      NO_DOCKER,
      details,
    );
  }
  return new LabError(
    'docker-failed',
    say('Could not {0}: {1}', what, reasonOf(error)),
    say(
      'Read the log for the step that failed, then deploy again; "destroy" removes everything of this lab.',
    ),
    details,
  );
}

/**
 * The engine hands on what its own system call said and has no code for it. The words are those of ENOSPC, the same in
 * every version and language of the engine.
 */
function saysDiskFull(error: unknown): boolean {
  return statusOf(error) !== undefined && reasonOf(error).includes('no space left on device');
}

/** The operation was cancelled by its caller. */
export function cancelled(cause?: unknown): LabError {
  return new LabError(
    'cancelled',
    say('The operation was cancelled.'),
    say('Start it again whenever you like.'),
    {
      cause,
    },
  );
}

/** Sentences shared by the errors about reaching Docker. */
export const NO_DOCKER = say(
  'Start Docker (Linux: "sudo systemctl start docker"; macOS and Windows: start Docker Desktop), or point DOCKER_HOST at an engine.',
);
export const PERMISSION = say(
  'Add yourself to the group that owns the socket ("sudo usermod -aG docker $USER"), then log out and in again.',
);
export const DISK = say(
  'Free some space where Docker keeps its data ("docker system df" shows what uses it), then deploy again. The lab needs about 3 GB.',
);

const CONNECTION_ERRORS = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** Undefined when what was asked about was removed since it was listed, or is on its way. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isGone(error) || isConflict(error)) return undefined;
    throw error;
  }
}
