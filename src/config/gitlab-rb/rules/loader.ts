import type { GitlabRbRule } from './gitlab-rb-rule';
import { AFTER_FROM_FILE, RUNS_CODE, SETS_NOTHING } from './loader-flow';
import { IDLE_LINE } from './loader-idle';
import { ENABLE_ENABLED, NIL_KEEPS_DEFAULT, UNKNOWN_KEY } from './loader-keys';
import { COMMA_IN_WORDS, LEADING_ZERO, MISSING_COMMA, SECRET_CHANGED } from './loader-literals';
import { SYNTAX, TYPOGRAPHIC_QUOTES, UNREADABLE } from './loader-syntax';
import { HASH_REPLACED, SET_TWICE } from './loader-twice';
import { PLACEHOLDER_LEFT, TEXT_AS_BOOLEAN, TEXT_AS_LIST, TOML_TYPE } from './loader-types';
import { CALLED_WITH_EQUALS, ROOT_ASSIGNED } from './loader-variables';
import { BAREWORD, CHEF_PATH, UNKNOWN_ROOT, WRONG_BRACKETS } from './loader-words';

/** How Ruby and GitLab's loader read the file. */
export const LOADER_RULES: readonly GitlabRbRule[] = [
  UNKNOWN_ROOT,
  CALLED_WITH_EQUALS,
  ROOT_ASSIGNED,
  UNKNOWN_KEY,
  ENABLE_ENABLED,
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
  TEXT_AS_BOOLEAN,
  SETS_NOTHING,
  NIL_KEEPS_DEFAULT,
  AFTER_FROM_FILE,
  RUNS_CODE,
  TOML_TYPE,
  TEXT_AS_LIST,
  PLACEHOLDER_LEFT,
  UNREADABLE,
  IDLE_LINE,
];
