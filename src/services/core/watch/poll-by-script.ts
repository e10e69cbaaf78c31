import type { Source } from '../live/fact';
import type { WatchContext } from './context';
import { keepConnected } from './keep-connected';
import { poll } from './poll';
import type { Pace } from './poll';
import { runScript } from './script-session';
import type { ScriptOptions } from './script-session';

/** A part that starts is well within this time; one that is not may never be. Milliseconds since the session began. */
const STARTING_MS = 60_000;

/** A script that prints one line for each line of its input. */
export interface AskingScript extends Omit<ScriptOptions, 'onStarted'> {
  readonly pace: Pace;
  /** The line that is written; empty when absent. Never rejects. */
  readonly question?: () => Promise<string>;
  /** Milliseconds for which this answer saves the next question; less than `silenceMs`. None when absent. */
  readonly holdsMs?: (line: string) => number;
  /** True for an answer of something that is not well, and may be on its way: the next question comes soon at first. */
  readonly isPoor?: (line: string) => boolean;
}

/** Keeps a script running in a node and asks it at the given pace; the next question waits for the answer. */
export function pollByScript(
  context: WatchContext,
  source: Source,
  { pace, holdsMs, isPoor, question, ...session }: AskingScript,
): Promise<void> {
  const { node } = session;
  return keepConnected(context, source, node, async (signal) => {
    const stop = new AbortController();
    signal.addEventListener('abort', () => stop.abort(), { once: true });
    let answered = (): void => undefined;
    stop.signal.addEventListener('abort', () => answered());
    let restsUntil = -Infinity;
    let poor = false;
    const startedAt = context.now();
    const hurries = (): boolean => poor && context.now() - startedAt < STARTING_MS;
    let polling = Promise.resolve();
    const onStarted = (write: (line: string) => void): void => {
      polling = poll(context, node, { ...pace, hurries }, stop.signal, async () => {
        if (context.now() < restsUntil) return;
        const line = question ? await question() : '';
        if (stop.signal.aborted) return;
        const answer = new Promise<void>((resolve) => (answered = resolve));
        write(line);
        await answer;
      });
    };
    const onLine = (line: string): void => {
      poor = isPoor?.(line) === true;
      answered();
      restsUntil = context.now() + (holdsMs?.(line) ?? 0);
      session.onLine(line);
    };
    try {
      await runScript(context, { ...session, onStarted, onLine }, signal);
    } finally {
      stop.abort();
      await polling;
    }
  });
}
