import type { LabInfo } from '../lab/lab-service';
import type { ClusterState } from '../observe/state';
import type { KnownContents } from '../services/contents';

/** One lab as the user interface knows it. */
export interface LabSnapshot {
  readonly info: LabInfo;
  /** The last observed state; undefined before the first observation. */
  readonly state: ClusterState | undefined;
  /** How to find in the state what services keep: loaded with the first state, because no view needs it before. */
  readonly contents?: readonly KnownContents[];
  /** A deploy or destroy that runs at this moment, e.g. "Waiting for patroni". */
  readonly activity?: string;
  /** True for the lab that a folder of this window describes. */
  readonly own?: boolean;
  /** True while what is being done makes the lab: what is not there is on its way. */
  readonly deploying?: boolean;
}
