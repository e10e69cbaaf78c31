import { machinesOf } from '../../cluster/machines';
import type { ContainerState } from '../../services/core/live/view';
import { DOCKER_SOURCE } from '../container-source';
import type { ContainerEvents } from '../container-source';
import type { Observation } from '../../services/core/live/observation';
import { BackOff } from '../../services/core/watch/back-off';
import type { WatchContext } from '../../services/core/watch/context';
import { pause } from '../../services/core/watch/hints';
import { reasonOf } from '../../services/core/watch/keep-connected';

/** The list is ground truth besides the events. */
const LIST_EVERY_MS = 15_000;
/** After an event the list is read again, once the engine has settled. */
const LIST_AFTER_EVENT_MS = 400;

/**
 * For so long the list is not believed where an event has said otherwise: a busy engine tells of a container's end before
 * its list knows of it.
 */
const EVENT_TRUST_MS = 5_000;

/** What the engine's events said last of each node. */
type Said = Map<string, { readonly at: number; readonly state: ContainerState }>;

/** Watches the lab's containers: their state and whether they are attached to the lab's network. */
export async function watchDocker(context: WatchContext, containers: ContainerEvents): Promise<void> {
  const { signal } = context;
  const backOff = new BackOff();
  while (!signal.aborted) {
    const own = new AbortController();
    const said: Said = new Map();
    const stop = (): void => own.abort();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await Promise.race([
        followEvents(context, containers, said, own.signal),
        followList(context, containers, said, own.signal, () => backOff.reset()),
      ]);
    } catch (error) {
      if (!own.signal.aborted) {
        const reason = reasonOf(error);
        context.log(`${DOCKER_SOURCE.id}: ${reason}`);
        context.emit({
          kind: 'source',
          at: context.now(),
          source: DOCKER_SOURCE.id,
          connected: false,
          reason,
        });
      }
    } finally {
      signal.removeEventListener('abort', stop);
      own.abort();
    }
    await pause(backOff.next(), signal);
  }
}

async function followEvents(
  context: WatchContext,
  containers: ContainerEvents,
  said: Said,
  signal: AbortSignal,
): Promise<void> {
  for await (const change of containers.stream(signal)) {
    if (signal.aborted) return;
    const observation: Observation = { kind: 'container', at: context.now(), ...change };
    if (change.state !== undefined) said.set(change.node, { at: observation.at, state: change.state });
    context.emit(observation);
    context.hints.hurry(5_000);
    void pause(LIST_AFTER_EVENT_MS, signal).then(async () => {
      // A failure here shows in the regular list as well.
      if (!signal.aborted) await list(context, containers, said, signal).catch(() => undefined);
    });
  }
}

async function followList(
  context: WatchContext,
  containers: ContainerEvents,
  said: Said,
  signal: AbortSignal,
  onSuccess: () => void,
): Promise<void> {
  while (!signal.aborted) {
    await list(context, containers, said, signal);
    onSuccess();
    await pause(LIST_EVERY_MS, signal);
  }
}

async function list(
  context: WatchContext,
  containers: ContainerEvents,
  said: Said,
  signal: AbortSignal,
): Promise<void> {
  // What the engine says was so when it was asked; events that come meanwhile are newer.
  const at = context.now();
  const found = await containers.list(signal);
  for (const { name } of machinesOf(context.cluster)) {
    const container = found.find(({ node }) => node === name);
    const event = said.get(name);
    const behind = event !== undefined && at - event.at < EVENT_TRUST_MS;
    if (behind && event.state !== (container?.state ?? 'missing')) continue;
    context.emit(
      container
        ? { kind: 'container', at, ...container }
        : { kind: 'container', at, node: name, state: 'missing', connected: undefined },
    );
  }
}
