import type { LabInfo } from '../lab/lab-service';
import type { ClusterState } from '../observe/state';

/** One lab as the user interface knows it. */
export interface LabSnapshot {
  readonly info: LabInfo;
  /** The last observed state; undefined before the first observation. */
  readonly state: ClusterState | undefined;
  /** A deploy or destroy that runs at this moment, e.g. "Waiting for patroni". */
  readonly activity?: string;
  /** True for the lab that a folder of this window describes. */
  readonly own?: boolean;
  /** True while what is being done makes the lab: what is not there is on its way. */
  readonly deploying?: boolean;
}
