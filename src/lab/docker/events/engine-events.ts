import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { LABEL } from '../labels';
import { isDescription, networkName } from '../../plan/names';
import { readLines } from '../read-lines';

/** One thing that happened to a container or network of a lab, or to what is remembered of it. */
export interface EngineEvent {
  readonly type: 'container' | 'network' | 'description';
  /** Docker's word: create, start, die, pause, unpause, destroy; connect, disconnect. */
  readonly action: string;
  readonly containerId: string;
  /** Present for containers; networks do not tell. */
  readonly lab?: string;
  readonly node?: string;
  readonly role?: string;
  /** Present for networks. */
  readonly network?: string;
}

/** Execs are events too, and every dial is one: they are left out at the source. */
const ACTIONS = ['create', 'start', 'die', 'pause', 'unpause', 'destroy', 'connect', 'disconnect'];

interface RawEvent {
  readonly Type?: string;
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
}

/** An open stream of events. Iterating it closes it in the end; who never comes to iterate it must close it. */
export interface OpenEvents extends AsyncIterable<EngineEvent> {
  /** Closing what is closed does nothing. */
  close(): void;
}

/**
 * Opens Docker's stream of events about labs. Events from this call on are not missed.
 * The iteration ends when the signal is aborted and throws when the connection is lost.
 */
export async function openEngineEvents(docker: Docker, signal: AbortSignal): Promise<OpenEvents> {
  const stream = (await docker.getEvents({
    filters: { type: ['container', 'network', 'volume'], event: ACTIONS },
    abortSignal: signal,
  })) as Readable;
  return {
    [Symbol.asyncIterator]: () => readEvents(stream, signal),
    close: () => {
      // Nobody listens any more, so nobody may meet the error of the connection that is cut now.
      stream.on('error', () => undefined);
      stream.destroy();
    },
  };
}

async function* readEvents(stream: Readable, signal: AbortSignal): AsyncGenerator<EngineEvent> {
  try {
    for await (const line of readLines(stream, signal)) {
      const event = parseEngineEvent(line);
      if (event) yield event;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (!signal.aborted) throw new Error('Docker ended its stream of events');
}

/** One line of Docker's stream, or undefined when it is about something else. */
export function parseEngineEvent(line: string): EngineEvent | undefined {
  if (line.trim() === '') return undefined;
  const raw = JSON.parse(line) as RawEvent;
  const attributes = raw.Actor?.Attributes ?? {};
  const action = raw.Action ?? '';
  if (raw.Type === 'container') {
    const lab = attributes[LABEL.lab];
    const node = attributes[LABEL.node];
    const role = attributes[LABEL.role];
    if (lab === undefined || node === undefined || role === undefined) return undefined;
    return { type: 'container', action, containerId: raw.Actor?.ID ?? '', lab, node, role };
  }
  if (raw.Type === 'volume') {
    return isDescription(raw.Actor?.ID ?? '') ? { type: 'description', action, containerId: '' } : undefined;
  }
  const network = attributes['name'];
  if (raw.Type !== 'network' || !network?.startsWith(networkName(''))) return undefined;
  return { type: 'network', action, containerId: attributes['container'] ?? '', network };
}
