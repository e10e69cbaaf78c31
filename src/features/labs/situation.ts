import type { Message } from '../../words/message';
import { LabError } from '../../lab/lab-error';

/** What the user interface knows about Docker on this machine. */
export type Situation =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'no-docker'; readonly message: Message | string; readonly remedy: Message | string }
  | { readonly kind: 'no-permission'; readonly message: Message | string; readonly remedy: Message | string }
  | { readonly kind: 'trouble'; readonly message: Message | string; readonly remedy: Message | string };

/** What an error of the lab service says about Docker. */
export function situationOf(error: unknown): Situation {
  if (!(error instanceof LabError)) {
    return { kind: 'trouble', message: error instanceof Error ? error.message : String(error), remedy: '' };
  }
  const { said: message, advice: remedy } = error;
  if (error.code === 'no-docker') return { kind: 'no-docker', message, remedy };
  if (error.code === 'no-permission') return { kind: 'no-permission', message, remedy };
  return { kind: 'trouble', message, remedy };
}
