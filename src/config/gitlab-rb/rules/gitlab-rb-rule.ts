import type { Rule } from '../../rules/rule';
import type { GitlabRbSubject } from '../subject';

/** A rule for gitlab.rb; ids begin with GLR. */
export type GitlabRbRule = Rule<GitlabRbSubject>;
