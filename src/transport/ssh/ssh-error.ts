import type { Message } from '../../words/message';

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
    /** The message, for those who show it in a language. */
    readonly said: Message,
    /** What to do, in the same way. */
    readonly advice: Message,
    options?: ErrorOptions,
  ) {
    super(String(said), options);
  }

  get remedy(): string {
    return String(this.advice);
  }
}
