import type { LabInfo, LabService } from '../../lab/lab-service';
import type { Observer } from '../../observe/observer';

/** What is needed to act on a lab and to see what becomes of it. */
export interface OrderContext {
  readonly lab: Pick<LabInfo, 'name' | 'cluster' | 'sources'>;
  readonly labs: Pick<LabService, 'node' | 'service' | 'transport' | 'exclusively'>;
  readonly observer: Pick<Observer, 'state' | 'onState' | 'record'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
