import { clientWay } from '../../services/client-ways';
import { declaredAs, listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import { LabError } from '../../lab/lab-error';
import type { ProbeSession } from './probe-session';
import type { ProbePath } from './write-attempt';

/**
 * Resolves when `count` writes begun at or after `since` were acknowledged in a row.
 * @param since Milliseconds since the epoch.
 * @throws LabError `not-healthy` after `limitMs`, `cancelled` when the signal says so
 */
export function acknowledgedInARow(
  session: Pick<ProbeSession, 'attempts' | 'onAttempt' | 'options'>,
  count: number,
  since: number,
  limitMs: number,
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    const reached = (): boolean => {
      const newest = session.attempts.slice(-count);
      return (
        newest.length === count &&
        newest.every((attempt) => attempt.acknowledged && attempt.startedAt >= since)
      );
    };
    const end = (settle: () => void): void => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', cancel);
      listening.dispose();
      settle();
    };
    const cancel = (): void => end(() => reject(cancelled()));
    const limit = setTimeout(() => {
      const told = session.attempts.at(-1)?.error ?? say('the probe said nothing');
      end(() => reject(notAcknowledged(session.options.path, limitMs, told)));
    }, limitMs);
    signal?.addEventListener('abort', cancel, { once: true });
    const listening = session.onAttempt(() => {
      if (reached()) end(resolve);
    });
    if (reached()) end(resolve);
  });
}

function cancelled(): LabError {
  return new LabError('cancelled', say('Measuring was cancelled.'), say('Start again when you like.'));
}

function notAcknowledged(path: ProbePath, limitMs: number, told: Message | string): LabError {
  const { title, attempts, passes } = clientWay(path);
  const seconds = Math.round(limitMs / 1000);
  const said =
    attempts === undefined
      ? say('No write to {0} was acknowledged for {1} s; the last answer: {2}', title, seconds, told)
      : say('{0}: none succeeded for {1} s; the last answer: {2}', declaredAs(attempts), seconds, told);
  return new LabError('not-healthy', said, say('Look at what it passes: {0}', listed(passes)));
}
