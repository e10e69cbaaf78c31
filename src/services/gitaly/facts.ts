import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';
import type { GrpcHealth } from '../core/watch/watch-grpc';

/** Its gRPC port. */
export const GITALY_SOURCE: Source = { id: 'gitaly', freshMs: 10_000 };

export const GITALY_HEALTH = nodeFact<GrpcHealth>('gitaly-health', GITALY_SOURCE);
