/** What services keep for their users, one line each for a service that tells: rows below the service's layer. */
import type { ServiceContents } from './core/contents';
import type { ServiceStates } from './live';
import { repositoryContents } from './praefect/contents';
import type { ServiceId } from './registry';
import { jobContents } from './sidekiq/contents';

/** Contents as those see them who know no service by name. */
export interface KnownContents extends ServiceContents<ServiceStates> {
  readonly service: ServiceId;
}

export const CONTENTS: readonly KnownContents[] = [repositoryContents, jobContents];
