import type { LabInfo, LabService } from '../../lab/lab-service';
import type { Event } from '../../observe/event';
import type { Observer } from '../../observe/observer';
import type { ClusterState } from '../../observe/state';
import type { Disposable } from '../common/disposables';
import { Emitter } from '../common/emitter';
import type { LabSnapshot } from '../../presentation/lab-snapshot';
import { LiveView } from './live-view';
import type { ServiceSource } from './service-source';
import { situationOf } from './situation';
import type { Situation } from './situation';

/** Something that happened in a lab. */
export interface LabEvent {
  readonly lab: string;
  readonly event: Event;
}

interface Watched {
  info: LabInfo;
  state: ClusterState | undefined;
  /** While somebody looks: the live view, open or opening. */
  view: LiveView | undefined;
}

/**
 * All labs of the Docker engine and, while somebody looks, their live state. Nothing happens before the first
 * `refresh` or `watch`. While nobody looks only Docker's events are followed; the last state is kept and is stale.
 */
export class LabStore implements Disposable {
  private readonly labs = new Map<string, Watched>();
  private readonly activities = new Map<string, string>();
  /** Labs whose activity makes them. */
  private readonly deploying = new Set<string>();
  /** Labs that the folders of this window describe. */
  private own: ReadonlySet<string> = new Set();
  private readonly changed = new Emitter<void>();
  private readonly failed = new Emitter<unknown>();
  private readonly told = new Emitter<LabEvent>();
  private watchers = 0;
  private listening: { service: LabService; subscription: Disposable } | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  /** Counts the engines that were asked: an answer of an earlier one is not taken any more. */
  private engine = 0;
  private disposed = false;
  private known: Situation = { kind: 'unknown' };
  private contents: LabSnapshot['contents'];

  /** @param shown tells by its name whether a lab is shown at all; asked at each refresh */
  constructor(
    private readonly source: ServiceSource,
    private readonly shown: (lab: string) => boolean = () => true,
  ) {}

  /** Called after every change of a lab, a state or the situation. */
  readonly onDidChange = this.changed.event;
  /** Called with errors of background work, for the log. */
  readonly onDidFail = this.failed.event;

  /** Called with every event of the labs that are watched. */
  readonly onDidTell = this.told.event;

  get situation(): Situation {
    return this.known;
  }

  /** True while states are kept up to date; otherwise they are the last known ones. */
  get live(): boolean {
    return this.watchers > 0;
  }

  get snapshots(): readonly LabSnapshot[] {
    return [...this.labs.values()].map(({ info, state }) => {
      const activity = this.activities.get(info.name);
      const seen = this.contents ? { info, state, contents: this.contents } : { info, state };
      const snapshot = this.own.has(info.name) ? { ...seen, own: true } : seen;
      if (activity === undefined) return snapshot;
      return { ...snapshot, activity, deploying: this.deploying.has(info.name) };
    });
  }

  snapshot(lab: string): LabSnapshot | undefined {
    return this.snapshots.find((candidate) => candidate.info.name === lab);
  }

  /** Says which labs the folders of this window describe, by name. */
  setOwn(names: ReadonlySet<string>): void {
    if (names.size === this.own.size && [...names].every((name) => this.own.has(name))) return;
    this.own = names;
    this.changed.fire();
  }

  /** The live view of a lab while it is watched; to put own events into its recording. */
  observer(lab: string): Observer | undefined {
    return this.labs.get(lab)?.view?.observer;
  }

  /**
   * The live view of a lab, once it is open; undefined when there is no such lab, or it could not be opened. It stays open
   * as long as somebody watches.
   */
  async openedObserver(lab: string): Promise<Observer | undefined> {
    if (!this.labs.get(lab)?.view) await this.refresh();
    await this.labs.get(lab)?.view?.settled;
    return this.observer(lab);
  }

  /** Operations that run, by lab; also those whose lab does not exist yet. */
  get busy(): ReadonlyMap<string, string> {
    return this.activities;
  }

  /**
   * Sets or (with undefined) ends what is being done to a lab, as shown beside its name.
   * @param deploying true while it makes the lab
   */
  setActivity(lab: string, text: string | undefined, deploying = false): void {
    if (text === undefined) this.activities.delete(lab);
    else this.activities.set(lab, text);
    if (deploying) this.deploying.add(lab);
    else this.deploying.delete(lab);
    this.changed.fire();
  }

  /** Keeps states live until the result is disposed. */
  watch(): Disposable {
    this.watchers += 1;
    if (this.watchers === 1) void this.refresh();
    let open = true;
    return {
      dispose: () => {
        if (!open) return;
        open = false;
        this.watchers -= 1;
        if (this.watchers > 0) return;
        for (const lab of this.labs.values()) close(lab);
        this.changed.fire();
      },
    };
  }

  /** Asks Docker for all labs. Calls at the same time share one answer, but see everything before the call. */
  async refresh(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.refreshUntilQuiet();
    try {
      await this.running;
    } finally {
      this.running = undefined;
    }
  }

  /** Drops what was learned from another Docker engine. */
  async reset(): Promise<void> {
    this.engine += 1;
    this.listening?.subscription.dispose();
    this.listening = undefined;
    for (const lab of this.labs.values()) close(lab);
    this.labs.clear();
    this.known = { kind: 'unknown' };
    await this.refresh();
  }

  dispose(): void {
    this.disposed = true;
    this.listening?.subscription.dispose();
    for (const lab of this.labs.values()) close(lab);
    this.labs.clear();
  }

  private async refreshUntilQuiet(): Promise<void> {
    do {
      this.again = false;
      await this.refreshOnce();
    } while (this.again && !this.disposed);
  }

  private async refreshOnce(): Promise<void> {
    const { engine } = this;
    const outdated = (): boolean => this.disposed || engine !== this.engine;
    try {
      const service = await this.source.get();
      const labs = (await service.list()).filter((lab) => this.shown(lab.name));
      if (outdated()) return;
      this.listen(service);
      this.known = { kind: 'ready' };
      this.take(labs);
      if (this.watchers > 0) for (const lab of this.labs.values()) this.open(service, lab);
    } catch (error) {
      if (outdated()) return;
      this.known = situationOf(error);
      for (const lab of this.labs.values()) close(lab);
      this.labs.clear();
      this.failed.fire(error);
    }
    this.changed.fire();
  }

  private listen(service: LabService): void {
    if (this.listening?.service === service) return;
    this.listening?.subscription.dispose();
    this.listening = { service, subscription: service.onDidChange(() => void this.refresh()) };
  }

  private take(labs: readonly LabInfo[]): void {
    const names = new Set(labs.map((lab) => lab.name));
    for (const [name, lab] of this.labs) {
      if (names.has(name)) continue;
      close(lab);
      this.labs.delete(name);
    }
    for (const info of labs) {
      const lab = this.labs.get(info.name);
      if (!lab) {
        this.labs.set(info.name, { info, state: undefined, view: undefined });
        continue;
      }
      if (!sameContainers(lab.info, info)) close(lab);
      lab.info = info;
    }
  }

  /** What services keep is looked for in states only. */
  private async loadContents(): Promise<void> {
    if (this.contents) return;
    const { CONTENTS } = await import('../../services/contents');
    if (this.disposed || this.contents) return;
    this.contents = CONTENTS;
    this.changed.fire();
  }

  private open(service: LabService, lab: Watched): void {
    if (lab.view?.usable === true) return;
    void this.loadContents();
    lab.view = LiveView.open(service, lab.info, {
      onState: (state) => {
        lab.state = state;
        this.changed.fire();
      },
      onEvent: (event) => this.told.fire({ lab: lab.info.name, event }),
      onFail: (error) => this.failed.fire(error),
    });
  }
}

function close(lab: Watched): void {
  lab.view?.close();
  lab.view = undefined;
}

/** True while an observer of the first may go on for the second: the same containers, whatever they do. */
function sameContainers(a: LabInfo, b: LabInfo): boolean {
  const ids = (lab: LabInfo): string => lab.containers.map((container) => container.id).join(' ');
  return a.createdAt === b.createdAt && ids(a) === ids(b);
}
