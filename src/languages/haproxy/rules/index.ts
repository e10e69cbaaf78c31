import { FILE_RULES } from './file';
import { byPart } from './by-part';
import { withFix } from './fixes';
import { CHECK_RULES } from './checks';
import { HEALTH_RULES } from './health';
import { LANGUAGE_RULES } from './language';
import { LISTENER_RULES } from './listeners';
import { OPERATION_RULES } from './operation';
import { STRUCTURE_RULES } from './structure';
import { TCP_MODE_RULES } from './tcp-mode';
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
  ...LISTENER_RULES,
  ...HEALTH_RULES,
  ...CHECK_RULES,
  ...TCP_MODE_RULES,
].map((rule) => byPart(withFix(rule)));
