import { COORDINATION_AGENT_RULES } from './agent';
import { COORDINATION_MONITORING_RULES } from './monitoring';
import { COORDINATION_SERVICE_RULES } from './services';
import type { GitlabRbRule } from '../gitlab-rb-rule';

/** Consul: the cluster of its agents, what they announce and watch, and monitoring through them. */
export const COORDINATION_RULES: readonly GitlabRbRule[] = [
  ...COORDINATION_AGENT_RULES,
  ...COORDINATION_SERVICE_RULES,
  ...COORDINATION_MONITORING_RULES,
];
