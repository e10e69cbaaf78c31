import type { Rule } from '../../core/rules/rule';
import type { HaproxySubject } from '../subject';

/** A rule for HAProxy; ids begin with HAP. */
export type HaproxyRule = Rule<HaproxySubject>;
