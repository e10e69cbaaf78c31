import { ARGUMENT_RULES } from './arguments';
import { AUTHENTICATION_RULES } from './authentication';
import { CHECK_RULES } from './checks';
import { EFFECT_RULES } from './effects';
import { INSTANCE_RULES } from './instances';
import type { KeepalivedRule } from './keepalived-rule';
import { NAME_RULES } from './names';
import { SERVER_RULES } from './servers';
import { STRUCTURE_RULES } from './structure';
import { TAKE_OVER_RULES } from './take-over';
import { WEIGHT_RULES } from './weights';

/** Every rule for Keepalived. */
export const KEEPALIVED_RULES: readonly KeepalivedRule[] = [
  ...STRUCTURE_RULES,
  ...ARGUMENT_RULES,
  ...NAME_RULES,
  ...INSTANCE_RULES,
  ...EFFECT_RULES,
  ...TAKE_OVER_RULES,
  ...WEIGHT_RULES,
  ...AUTHENTICATION_RULES,
  ...CHECK_RULES,
  ...SERVER_RULES,
];
