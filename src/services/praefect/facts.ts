import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';
import type { GrpcHealth } from '../core/watch/watch-grpc';

/** Its gRPC port. */
export const PRAEFECT_SOURCE: Source = { id: 'praefect', freshMs: 10_000 };
/** Its database. */
export const REPOSITORIES_SOURCE: Source = { id: 'praefect-database', freshMs: 30_000 };

export const PRAEFECT_HEALTH = nodeFact<GrpcHealth>('praefect-health', PRAEFECT_SOURCE);

/** One repository as Praefect's database has it. */
export interface Repository {
  /** As GitLab calls it: `@hashed/6b/86/….git`. */
  readonly path: string;
  /** The full path of its project; absent while that is not known, and where no application runs. */
  readonly project?: string;
  /** The storage that takes its writes. */
  readonly primary: string | undefined;
  /** False when no storage that is well has everything. */
  readonly available: boolean;
  /** By storage, how many changes its replica is behind; `missing` when there is none. */
  readonly replicas: Readonly<Record<string, number | 'missing'>>;
}

/** What Praefect's database says of all repositories. */
export interface RepositoryCounts {
  readonly repositories: number;
  /** Those with an assigned replica that is not current. */
  readonly behind: number;
  /** Those that no storage can serve that is well and has everything. */
  readonly unavailable: number;
  /** How many have their primary on a storage, by its name. */
  readonly primaries: Readonly<Record<string, number>>;
  /** When the database said so, by its own clock. Milliseconds since the epoch. */
  readonly asOf?: number;
  /** The first of them, those with a trouble before the others. */
  readonly listed?: readonly Repository[];
}

export const REPOSITORY_COUNTS = nodeFact<RepositoryCounts>('praefect-repositories', REPOSITORIES_SOURCE);
