import type { ServiceContext } from '../core/context';
import { nodesOf } from '../core/placement';
import { REDIS_SETTINGS } from './settings';

/** The node that is master as long as no Sentinel knows better: the one configured so, else the first. */
export function firstMasterAddress(context: ServiceContext): string {
  const nodes = nodesOf(context, 'cache');
  const chosen = nodes.find(({ name }) => context.settings(REDIS_SETTINGS, name).initialMaster) ?? nodes[0];
  return chosen?.address ?? '';
}
