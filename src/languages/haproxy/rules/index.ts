import { FILE_RULES } from './file';
import { withFix } from './fixes';
import { LANGUAGE_RULES } from './language';
import { OPERATION_RULES } from './operation';
import { STRUCTURE_RULES } from './structure';
import { TCP_RULES } from './tcp-tiers';
import { TLS_RULES } from './tls';
import { WEB_RULES } from './web-tier';
import type { HaproxyRule } from './haproxy-rule';

/** Every rule for HAProxy. */
export const HAPROXY_RULES: readonly HaproxyRule[] = [
  ...LANGUAGE_RULES,
  ...FILE_RULES,
  ...TCP_RULES,
  ...WEB_RULES,
  ...OPERATION_RULES,
  ...STRUCTURE_RULES,
  ...TLS_RULES,
].map(withFix);
