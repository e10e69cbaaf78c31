import type { LabService } from '../../src/lab/lab-service';
import type { Figure } from './figure';

export interface BenchContext {
  /** How often each figure is measured. */
  readonly runs: number;
  /** Fewer and shorter measurements, to see that the bench works; its figures are not to be published. */
  readonly quick: boolean;
  readonly labs: LabService;
  /** Root of the checkout. */
  readonly root: string;
  /** One line of progress. */
  readonly log: (line: string) => void;
}

/** One file each in measurements/. */
export interface Measurement {
  /** What --only takes. */
  readonly id: string;
  readonly title: string;
  measure(context: BenchContext): Promise<readonly Figure[]>;
}
