/** What the services need of all nodes together: one line each for a service that needs something. */
import { consulBetween } from './consul/between-nodes';
import type { BetweenNodes } from './core/between-nodes';
import { objectStorageBetween } from './object-storage/between-nodes';
import { patroniBetween } from './patroni/between-nodes';
import { praefectBetween } from './praefect/between-nodes';
import { redisBetween } from './redis/between-nodes';
import { sentinelBetween } from './sentinel/between-nodes';
import { sidekiqBetween } from './sidekiq/between-nodes';

const DECLARED = [
  patroniBetween,
  consulBetween,
  redisBetween,
  sentinelBetween,
  objectStorageBetween,
  praefectBetween,
  sidekiqBetween,
] as const;

type CodeOf<Each> = Each extends BetweenNodes<infer Code> ? Code : never;

/** Ids of the rules that the services have between the nodes. */
export type BetweenRuleId = CodeOf<(typeof DECLARED)[number]>;

export const BETWEEN_NODES: readonly BetweenNodes<BetweenRuleId>[] = DECLARED;
