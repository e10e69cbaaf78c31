import type { Rule } from '../../core/rules/rule';
import type { GitlabRbSubject } from '../subject';

/** A rule for gitlab.rb; ids begin with GLR. */
export type GitlabRbRule = Rule<GitlabRbSubject>;
