import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { isRunning, isStartOf, startTimeOf } from './process-identity';

/** Who holds a lock; what the lock says of itself. */
export interface Owner {
  readonly pid: number;
  readonly started?: string | undefined;
  /** Name of the machine; versions up to 0.1 did not write it. */
  readonly host?: string | undefined;
  /** What it does, e.g. `deploy`. */
  readonly purpose: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Tells this lock from every other one, also of the same process. */
  readonly token: string;
}

/** An owner on another machine cannot be asked whether it lives: after this it does not. Milliseconds. */
const FOREIGN_LIFE_MS = 30 * 60_000;

/** This process as an owner, for one lock. */
export async function thisProcess(purpose: string): Promise<Owner> {
  const started = await startTimeOf(process.pid);
  const token = randomUUID();
  return { pid: process.pid, started, host: hostname(), purpose, since: Date.now(), token };
}

/** Whether the owner may still be at work. */
export async function lives(owner: Owner): Promise<boolean> {
  if (isForeign(owner)) return Date.now() - owner.since < FOREIGN_LIFE_MS;
  if (!isRunning(owner.pid)) return false;
  return owner.started === undefined || isStartOf(owner.pid, owner.started);
}

/** "process 12 has been working on it (deploy) since …", with the machine when it is another one. */
export function describeOwner(owner: Owner): string {
  const place = isForeign(owner) ? ` on ${owner.host}` : '';
  return `process ${owner.pid}${place} has been working on it (${owner.purpose}) since ${new Date(owner.since).toISOString()}`;
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

function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, since, token, purpose } = value as Record<string, unknown>;
  const named = typeof token === 'string' && typeof purpose === 'string';
  return Number.isInteger(pid) && Number.isFinite(since) && named;
}

function isForeign(owner: Owner): boolean {
  return owner.host !== undefined && owner.host !== hostname();
}
