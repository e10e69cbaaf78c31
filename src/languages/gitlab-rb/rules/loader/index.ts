import type { GitlabRbRule } from '../gitlab-rb-rule';
import { IMPOSSIBLE_ADDRESS } from './addresses';
import { AFTER_FROM_FILE, RUNS_CODE, SETS_NOTHING } from './flow';
import { IDLE_LINE } from './idle';
import { ENABLE_ENABLED, NIL_KEEPS_DEFAULT, UNKNOWN_KEY } from './keys';
import { JOINED_BY_COMMA } from './joined';
import { LINE_END_KEPT } from './line-end';
import { HASH_AS_LIST } from './lists';
import { COMMA_IN_WORDS, LEADING_ZERO, MISSING_COMMA, SECRET_CHANGED } from './literals';
import { REMOVED_METHOD } from './removed-methods';
import { SYNTAX, TYPOGRAPHIC_QUOTES, UNREADABLE } from './syntax';
import { NEARLY_KNOWN } from './nearly-known';
import { LIST_AS_TEXT } from './one-text';
import { NO_SUCH_PORT } from './ports';
import { HASH_REPLACED, SET_TWICE } from './twice';
import { PLACEHOLDER_LEFT, TEXT_AS_BOOLEAN, TEXT_AS_LIST, TOML_TYPE } from './types';
import { CALLED_WITH_EQUALS, ROOT_ASSIGNED } from './variables';
import { BROKEN_YAML } from './yaml-text';
import { BAREWORD, CHEF_PATH, UNKNOWN_ROOT, WRONG_BRACKETS } from './words';

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
  BROKEN_YAML,
  HASH_AS_LIST,
  LINE_END_KEPT,
  IMPOSSIBLE_ADDRESS,
  NEARLY_KNOWN,
  NO_SUCH_PORT,
  LIST_AS_TEXT,
  JOINED_BY_COMMA,
  REMOVED_METHOD,
];
