import { setMaxListeners } from 'node:events';
import type { NodeTransport } from '../transport/transport';
import type { Event } from './event';
import type { Observation } from '../services/core/live/observation';
import type { Observer, Subscription } from './observer';
import { encodeEvent } from './recording';
import type { RecordingSink } from './recording';
import { initial, reduce, restart } from './reducer';
import type { Reduced } from './reducer';
import { secretReader } from './secrets';
import type { SecretReader } from './secrets';
import type { ClusterState } from './state';
import type { ObservedTarget } from './target';
import type { WatchContext, Watcher } from '../services/core/watch/context';
import { Hints } from '../services/core/watch/hints';

export interface LiveObserverOptions {
  readonly target: ObservedTarget;
  /** All nodes have been started a moment ago. */
  readonly justStarted?: boolean;
  readonly watchers: readonly Watcher[];
  readonly recording: RecordingSink | undefined;
  readonly clock: () => number;
  readonly log: (line: string) => void;
}

/** States are handed out at most this often, milliseconds. */
const NOTIFY_MS = 30;
const TICK_MS = 1_000;
/** A view that closes while another opens must not tear everything down. */
const LINGER_MS = 200;
/** After such an event polls hurry. */
const HURRY_MS = 5_000;
const CALM_EVENTS: ReadonlySet<string> = new Set([
  'health-changed',
  'source-lost',
  'source-found',
  'cluster-whole',
]);

/** Everything that runs while somebody looks. */
interface Watch {
  readonly stop: AbortController;
  readonly hints: Hints;
  readonly done: Promise<unknown>;
}

/** Feeds the watchers' observations to the reducer and its results to the subscribers. */
export class LiveObserver implements Observer {
  private reduced: Reduced;
  private readonly stateListeners = new Set<(state: ClusterState) => void>();
  private readonly eventListeners = new Set<(event: Event) => void>();
  private readonly transports = new Map<string, Promise<NodeTransport>>();
  private readonly secrets: SecretReader;
  private watch: Watch | undefined;
  private readonly ending = new Set<Promise<unknown>>();
  private linger: NodeJS.Timeout | undefined;
  private notification: NodeJS.Timeout | undefined;
  /** The last state handed out, without its time, as text. */
  private told = '';
  private disposed = false;

  constructor(private readonly options: LiveObserverOptions) {
    const { target, justStarted, clock } = options;
    this.reduced = initial(target.name, target.cluster, justStarted === true ? clock() : undefined);
    this.secrets = secretReader((node) => this.transport(node), options.target.profile.readSecret);
  }

  get state(): ClusterState {
    return this.reduced.state;
  }

  onState(listener: (state: ClusterState) => void): Subscription {
    if (this.disposed) return { dispose: () => undefined };
    // Wrapped, so that the same function subscribed twice counts twice.
    const own = (state: ClusterState): void => listener(state);
    const subscription = this.subscribe(this.stateListeners, own);
    own(this.state);
    return subscription;
  }

  onEvent(listener: (event: Event) => void): Subscription {
    return this.subscribe(this.eventListeners, (event: Event): void => listener(event));
  }

  record(event: Event): void {
    if (this.disposed) return;
    this.watch?.hints.hurry(HURRY_MS);
    this.publish(event);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    this.stateListeners.clear();
    this.eventListeners.clear();
    clearTimeout(this.linger);
    this.stop();
    await Promise.allSettled(this.ending);
    await this.options.recording?.close();
  }

  private subscribe<T>(listeners: Set<T>, listener: T): Subscription {
    if (this.disposed) return { dispose: () => undefined };
    listeners.add(listener);
    clearTimeout(this.linger);
    if (!this.watch) this.start();
    return {
      dispose: () => {
        if (!listeners.delete(listener) || this.stateListeners.size + this.eventListeners.size > 0) return;
        clearTimeout(this.linger);
        this.linger = setTimeout(() => this.stop(), LINGER_MS);
      },
    };
  }

  private start(): void {
    const stop = new AbortController();
    // Every watcher listens to it; that is no leak.
    setMaxListeners(0, stop.signal);
    const { clock, log, target, watchers } = this.options;
    const hints = new Hints(clock);
    const context: WatchContext = {
      cluster: target.cluster,
      placement: this.reduced.placement,
      ports: target.ports,
      ...(target.places ? { places: target.places } : {}),
      declared: target.declared,
      log,
      hints,
      now: clock,
      signal: stop.signal,
      transport: (node) => this.transport(node),
      secret: this.secrets.read,
      forgetSecret: this.secrets.forget,
      emit: (observation) => {
        if (!stop.signal.aborted) this.take(observation, hints);
      },
    };
    const ticking = setInterval(() => context.emit({ kind: 'tick', at: clock() }), TICK_MS);
    stop.signal.addEventListener('abort', () => clearInterval(ticking), { once: true });
    const done = Promise.allSettled(watchers.map((watcher) => watcher(context)));
    this.watch = { stop, hints, done };
  }

  /** What is not observed is not known: the state goes back to unknown. */
  private stop(): void {
    clearTimeout(this.notification);
    this.notification = undefined;
    if (!this.watch) return;
    const { stop, done } = this.watch;
    this.watch = undefined;
    this.ending.add(done);
    void done.finally(() => this.ending.delete(done));
    stop.abort();
    this.reduced = restart(this.reduced);
    this.told = '';
  }

  private take(observation: Observation, hints: Hints): void {
    const { events, ...reduced } = reduce(this.reduced, observation);
    this.reduced = reduced;
    const { state } = reduced;
    for (const { name, container, connected } of state.nodes) {
      const runs = container === 'running' || container === 'unknown';
      hints.setNode(name, runs, connected !== false);
      if (container === 'missing') this.forget(name);
    }
    if (events.some(({ kind }) => !CALM_EVENTS.has(kind))) hints.hurry(HURRY_MS);
    for (const event of events) this.publish(event);
    this.notification ??= setTimeout(() => this.notify(), NOTIFY_MS);
  }

  private notify(): void {
    this.notification = undefined;
    const { state } = this;
    const text = JSON.stringify({ ...state, at: 0 });
    if (text === this.told) return;
    this.told = text;
    for (const listener of [...this.stateListeners]) this.guard(() => listener(state));
  }

  private publish(event: Event): void {
    this.options.recording?.append(encodeEvent(event));
    for (const listener of [...this.eventListeners]) this.guard(() => listener(event));
  }

  /** One listener's mistake must not end the observation for the others. */
  private guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.options.log(`a listener failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** A redeployed node is another container, maybe of another lab of the same name with its own secrets. */
  private forget(node: string): void {
    this.transports.delete(node);
    this.secrets.forget(node);
  }

  private transport(node: string): Promise<NodeTransport> {
    const known = this.transports.get(node);
    if (known) return known;
    const opened = Promise.resolve(this.options.target.transport(node));
    this.transports.set(node, opened);
    // A container that is not there yet may be there at the next attempt.
    opened.catch(() => {
      if (this.transports.get(node) === opened) this.transports.delete(node);
    });
    return opened;
  }
}
