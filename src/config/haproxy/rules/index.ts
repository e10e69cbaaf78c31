import type { Rule } from '../../rules/rule';
import type { HaproxySubject } from '../subject';
import { FILE_RULES } from './file';
import { LANGUAGE_RULES } from './language';

/** Every rule for HAProxy. */
export const HAPROXY_RULES: readonly Rule<HaproxySubject>[] = [...LANGUAGE_RULES, ...FILE_RULES];
