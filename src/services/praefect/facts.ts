import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';
import type { GrpcHealth } from '../core/watch/watch-grpc';

/** Its gRPC port. */
export const PRAEFECT_SOURCE: Source = { id: 'praefect', freshMs: 10_000 };
/** Its database. */
export const REPOSITORIES_SOURCE: Source = { id: 'praefect-database', freshMs: 30_000 };

export const PRAEFECT_HEALTH = nodeFact<GrpcHealth>('praefect-health', PRAEFECT_SOURCE);

/** What Praefect's database says of all repositories. */
export interface RepositoryCounts {
  readonly repositories: number;
  /** Those with an assigned replica that is not current. */
  readonly behind: number;
  /** Those that no storage can serve that is well and has everything. */
  readonly unavailable: number;
  /** How many have their primary on a storage, by its name. */
  readonly primaries: Readonly<Record<string, number>>;
}

export const REPOSITORY_COUNTS = nodeFact<RepositoryCounts>('praefect-repositories', REPOSITORIES_SOURCE);
