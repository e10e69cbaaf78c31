import { seenOn } from '../core/live/fact';
import type { WatchContext } from '../core/watch/context';
import type { Pace } from '../core/watch/poll';
import { pollByScript } from '../core/watch/poll-by-script';
import { OBJECT_STORAGE_SOURCE, OBJECT_WRITTEN } from './facts';
import type { Written } from './facts';

const PACE: Pace = { quietMs: 5_000, hurriedMs: 1_000 };
const SILENCE_MS = 20_000;
/** A written object costs the store some work, so a good answer holds for a while. */
const RESTED_MS = 4_000;

/** The image's own program (lab/services/object-storage/image): one answer for each line of input. */
const SCRIPT = 'exec /opt/gitlab/lab/write-and-read';

/** What a line of the program says: `kept`, `silent REASON`, `refused REASON`; undefined for anything else. */
export function parseWritten(line: string): Written | undefined {
  const [, kind, reason = ''] = /^(kept|silent|refused)(?: (.*))?$/.exec(line) ?? [];
  if (kind === 'kept') return { kind };
  return kind === 'silent' || kind === 'refused' ? { kind, reason } : undefined;
}

/** Writes an object through the front as clients do, and reads it back. */
export function watchObjectStorage(context: WatchContext, node: string): Promise<void> {
  return pollByScript(context, OBJECT_STORAGE_SOURCE, {
    node,
    name: 'observe-object-storage',
    script: SCRIPT,
    parameters: [],
    pace: PACE,
    silenceMs: SILENCE_MS,
    holdsMs: (line) => (parseWritten(line)?.kind === 'kept' ? RESTED_MS : 0),
    isPoor: (line) => parseWritten(line)?.kind !== 'kept',
    onLine: (line) => {
      const written = parseWritten(line);
      if (written) context.emit(seenOn(OBJECT_WRITTEN, node, context.now(), written));
    },
  });
}
