import { checkVariable } from '../expressions/variables';
import type { Word } from '../../syntax/word';
import { matchAll } from '../match';
import type { Matching } from '../matching';
import { within } from '../scope';
import { compileSignature, type Part } from '../signature';

const STEPS: ReadonlyMap<string, readonly Part[]> = new Map([
  ['set-var', compileSignature('<expr>')],
  ['set-var-fmt', compileSignature('[ <fmt> ] *')],
  ['unset-var', compileSignature('*')],
]);

/**
 * `set-var(check.x) <expression>` and its like as a step of a health check.
 * @returns false when the word is no such step
 */
export function checkVariableStep(matching: Matching, step: Word): boolean {
  const open = step.value.indexOf('(');
  const name = open < 0 ? step.value : step.value.slice(0, open);
  const parts = STEPS.get(name);
  if (parts === undefined) return false;
  const { scope } = matching;
  if (open < 0 || !step.value.endsWith(')')) {
    const message = `"${name}" needs a variable in parentheses.`;
    scope.report('missing-argument', step, message, `Write ${name}(check.<name>).`);
    return true;
  }
  const inner = step.value.slice(open + 1, -1);
  const span = within(step, open + 1, open + 1 + inner.length);
  if (checkVariable(scope, span, inner.split(',')[0] ?? '')) matchAll(matching, parts, 1);
  return true;
}
