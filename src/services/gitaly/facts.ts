import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';
import { NODE_SOURCE } from '../core/live/view';
import type { GrpcHealth } from '../core/watch/watch-grpc';

/** Its gRPC port. */
export const GITALY_SOURCE: Source = { id: 'gitaly', freshMs: 10_000 };

export const GITALY_HEALTH = nodeFact<GrpcHealth>('gitaly-health', GITALY_SOURCE);

/** Names of the storages that its file gives it. */
export const GITALY_STORAGES = nodeFact<readonly string[]>('gitaly-storages', NODE_SOURCE);
