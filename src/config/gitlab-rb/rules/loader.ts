import type { GitlabRbRule } from './gitlab-rb-rule';
import { AFTER_FROM_FILE, RUNS_CODE, SETS_NOTHING } from './loader-flow';
import { COMMA_IN_WORDS, LEADING_ZERO, MISSING_COMMA, SECRET_CHANGED } from './loader-literals';
import { SYNTAX, TYPOGRAPHIC_QUOTES, UNREADABLE } from './loader-syntax';
import { HASH_REPLACED, SET_TWICE } from './loader-twice';
import { CALLED_WITH_EQUALS, ROOT_ASSIGNED } from './loader-variables';
import { BAREWORD, CHEF_PATH, UNKNOWN_ROOT, WRONG_BRACKETS } from './loader-words';

/** How Ruby and GitLab's loader read the file. */
export const LOADER_RULES: readonly GitlabRbRule[] = [
  UNKNOWN_ROOT,
  CALLED_WITH_EQUALS,
  ROOT_ASSIGNED,
  SET_TWICE,
  HASH_REPLACED,
  CHEF_PATH,
  BAREWORD,
  WRONG_BRACKETS,
  SYNTAX,
  TYPOGRAPHIC_QUOTES,
  COMMA_IN_WORDS,
  MISSING_COMMA,
  SECRET_CHANGED,
  LEADING_ZERO,
  SETS_NOTHING,
  AFTER_FROM_FILE,
  RUNS_CODE,
  UNREADABLE,
];
