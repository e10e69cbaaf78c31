import type { LabInfo, LabService } from '../../lab/lab-service';
import type { Event } from '../../observe/event';
import type { Observer, Subscription } from '../../observe/observer';
import type { ClusterState } from '../../observe/state';

export interface LiveViewListeners {
  /** Called with each new state until the view is closed. */
  readonly onState: (state: ClusterState) => void;
  /** Called with each event until the view is closed. */
  readonly onEvent: (event: Event) => void;
  /** Called with what went wrong while opening or closing, also after the close. */
  readonly onFail: (error: unknown) => void;
}

/**
 * One live view of a lab from the wish to see it to its end. Opening takes a while (Docker is asked); a view that
 * is closed before it is open ends its observer as soon as there is one, so no session into a node is left behind.
 */
export class LiveView {
  private opened: Observer | undefined;
  private subscriptions: Subscription[] = [];
  private opening: Promise<void> = Promise.resolve();
  private closed = false;
  private failed = false;

  private constructor(private readonly listeners: LiveViewListeners) {}

  /** Starts opening; states arrive as soon as it is open. */
  static open(service: Pick<LabService, 'observe'>, lab: LabInfo, listeners: LiveViewListeners): LiveView {
    const view = new LiveView(listeners);
    view.opening = view.connect(service, lab);
    return view;
  }

  /** The observer while the view is open. */
  get observer(): Observer | undefined {
    return this.opened;
  }

  /** Resolves when it is open, or could not be opened; never rejects. */
  get settled(): Promise<void> {
    return this.opening;
  }

  /** False when it could not be opened or was closed: another try needs a new view. */
  get usable(): boolean {
    return !this.closed && !this.failed;
  }

  /** Ends the view, or its opening. Safe to repeat. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.unsubscribe();
    void this.end(this.opened);
    this.opened = undefined;
  }

  private unsubscribe(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.subscriptions = [];
  }

  private async connect(service: Pick<LabService, 'observe'>, lab: LabInfo): Promise<void> {
    try {
      const observer = await service.observe(lab);
      if (this.closed) return await this.end(observer);
      this.opened = observer;
      this.subscriptions.push(
        observer.onEvent((event) => {
          if (!this.closed) this.listeners.onEvent(event);
        }),
        observer.onState((state) => {
          if (!this.closed) this.listeners.onState(state);
        }),
      );
      // The first state arrives within `onState`, and whoever hears of it may close the view.
      if (this.closed) this.unsubscribe();
    } catch (error) {
      this.failed = true;
      this.listeners.onFail(error);
    }
  }

  private async end(observer: Observer | undefined): Promise<void> {
    try {
      await observer?.dispose();
    } catch (error) {
      this.listeners.onFail(error);
    }
  }
}
