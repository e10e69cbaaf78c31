import type { GitlabRbRule } from '../gitlab-rb-rule';
import { SAME_PORT } from './ports';
import { SECRET_RULES } from './secrets';
import { SERVICE_RULES } from './services';

/** Rules about what keeps GitLab running from day to day: processes, ports, secrets, mail. */
export const OPERATION_RULES: readonly GitlabRbRule[] = [...SERVICE_RULES, SAME_PORT, ...SECRET_RULES];
