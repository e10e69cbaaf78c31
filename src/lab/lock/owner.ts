import { say, verbatim } from '../../words/message';
import type { Message } from '../../words/message';
import { randomUUID } from 'node:crypto';
import { thisPlace, whereIs } from './place';
import type { Place } from './place';
import { isRunning, isStartOf, startTimeOf } from './process-identity';

/** Who holds a lock; what the lock says of itself. Versions up to 0.1 told the host at most of its place. */
export interface Owner extends Partial<Place> {
  readonly pid: number;
  readonly started?: string | undefined;
  /** What it does, e.g. `deploy`. */
  readonly purpose: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** When it last showed that it lives, in milliseconds since the epoch; absent when it never does. */
  readonly seen?: number | undefined;
  /** Tells this lock from every other one, also of the same process. */
  readonly token: string;
}

/** How often a lock shows that its owner lives. Milliseconds. */
export const HEARTBEAT_MS = 2 * 60_000;

/**
 * An owner elsewhere cannot be asked whether it lives: so long after its last sign of life it does not. Several missed
 * ones, and clocks that differ a little, are forgiven. Milliseconds.
 */
const SILENCE_MS = 10 * 60_000;
/** The same since it began, for one that gives no signs. Milliseconds. */
const SIGNLESS_LIFE_MS = 30 * 60_000;

/** This process as an owner, for one lock. */
export async function thisProcess(purpose: string): Promise<Owner & Place> {
  const [started, place] = await Promise.all([startTimeOf(process.pid), thisPlace()]);
  return { pid: process.pid, started, ...place, purpose, since: Date.now(), token: randomUUID() };
}

/**
 * Whether the owner may still be at work.
 * @param here where to look for its process
 */
export async function lives(owner: Owner, here?: Place): Promise<boolean> {
  const where = whereIs(owner, here ?? (await thisPlace()));
  if (where === 'restarted') return false;
  if (where === 'elsewhere') return Date.now() < endOfTrust(owner);
  if (!isRunning(owner.pid)) return false;
  return owner.started === undefined || isStartOf(owner.pid, owner.started);
}

/** "process 12 has been working on it (deploy) since …", with the place when it is another one. */
export function describeOwner(owner: Owner, here: Place): Message {
  const since = new Date(owner.since).toISOString();
  return say(
    'process {0} has been working on it ({1}) since {2}',
    processName(owner, here),
    owner.purpose,
    since,
  );
}

/** What to do to get the lock of a living owner. */
export function waysToFree(owner: Owner, here: Place): Message {
  if (whereIs(owner, here) === 'here') {
    return say('Wait until it is done, or end that process; its lock is then taken over at once.');
  }
  const end = new Date(endOfTrust(owner)).toISOString();
  if (owner.seen === undefined) {
    return say(
      'Wait until it is done, or end that process where it runs. Its lock is taken over after {0}.',
      end,
    );
  }
  return say(
    'Wait until it is done, or end that process where it runs. Its lock is taken over after {0}, unless it shows again that it lives.',
    end,
  );
}

function endOfTrust({ seen, since }: Owner): number {
  return seen === undefined ? since + SIGNLESS_LIFE_MS : seen + SILENCE_MS;
}

function processName(owner: Owner, here: Place): Message {
  const pid = String(owner.pid);
  if (whereIs(owner, here) === 'here' || owner.host === undefined) return verbatim(pid);
  // A container, or WSL beside Windows: searching this system for the number would find somebody else.
  return owner.host === here.host
    ? say('{0} of another system on {1}', pid, owner.host)
    : say('{0} on {1}', pid, owner.host);
}

/** The owner a text describes; undefined when it is cut off or none. */
export function parseOwner(text: string): Owner | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isOwner(parsed) ? parsed : undefined;
}

const TEXTS = ['started', 'host', 'platform', 'boot', 'pids', 'machine'] as const;

function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  const { pid, since, seen, token, purpose } = fields;
  const named = typeof token === 'string' && typeof purpose === 'string';
  const timed = Number.isFinite(since) && (seen === undefined || Number.isFinite(seen));
  return (
    named &&
    timed &&
    Number.isInteger(pid) &&
    TEXTS.every((key) => ['undefined', 'string'].includes(typeof fields[key]))
  );
}
