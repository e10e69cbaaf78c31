import type { EventLog } from '../../presentation/events/event-log';
import type { Disposable } from '../common/disposables';
import { Emitter } from '../common/emitter';
import type { LabEvent, LabStore } from '../labs/lab-store';

/** What happened in all labs since the window opened, as far as somebody looked; bounded. */
export class EventHub implements Disposable {
  private log: EventLog | undefined;
  private readonly waiting: LabEvent[] = [];
  private readonly changed = new Emitter<void>();
  private readonly listening: Disposable;
  private readonly reducer = once(() => import('../../presentation/events/event-log'));

  /** Called after each event that is shown. */
  readonly onDidChange = this.changed.event;

  constructor(store: Pick<LabStore, 'onDidTell'>) {
    this.listening = store.onDidTell((told) => {
      this.waiting.push(told);
      void this.take();
    });
  }

  /** Undefined while nothing has happened. */
  get events(): EventLog | undefined {
    return this.log;
  }

  /** Forgets everything. */
  clear(): void {
    this.log = this.log && { ...this.log, groups: [] };
    this.changed.fire();
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** What sorts events is loaded with the first of them; those that come meanwhile wait in their order. */
  private async take(): Promise<void> {
    const { addEvent, NO_EVENTS } = await this.reducer();
    const before = this.log ?? NO_EVENTS;
    const told = this.waiting.splice(0);
    const next = told.reduce((log, { lab, event }) => addEvent(log, lab, event), before);
    if (next === before) return;
    this.log = next;
    this.changed.fire();
  }
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}
