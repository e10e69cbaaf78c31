export type SshFailure =
  /** The server's key is not known, not the known one, revoked, or known by an authority only: nothing was sent. */
  | 'host-key'
  /** The server does not let this user in. */
  | 'login'
  | 'unreachable'
  /** The connection ended while it was used. */
  | 'lost'
  /** The server is there and did not open what was asked for. */
  | 'refused';

/** What failed with a machine behind SSH, why, and what to do. */
export class SshError extends Error {
  override readonly name = 'SshError';
  constructor(
    readonly reason: SshFailure,
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
