import { checkLogFormat } from '../expressions/log-format';
import { LOG_STEPS } from '../../schema/log-steps';
import type { Word } from '../../syntax/word';
import { behind, type Scope } from '../scope';

/** `on <step> [ drop ] [ format <format> ] [ sd <format> ]` of a log-profile. */
export function checkLogStep(scope: Scope, words: readonly Word[]): void {
  const [step] = words;
  if (step === undefined) {
    const span = behind(words, 0, scope.statement);
    return scope.report('missing-argument', span, '"on" needs a step.', 'Write e.g. on close format "…".');
  }
  if (step.dynamic) return;
  if (!LOG_STEPS.includes(step.value)) {
    const message = `"${step.value}" is no step that is logged.`;
    return scope.report('enumeration', step, message, scope.suggest(step.value, LOG_STEPS));
  }
  let at = words[1]?.value === 'drop' ? 2 : 1;
  if (words.length === 1) {
    const remedy = 'Write drop, format <format> or sd <format>.';
    return scope.report('missing-argument', step, `"on ${step.value}" does not say what to log.`, remedy);
  }
  for (; at < words.length; at += 2) {
    const [name, format] = [words[at], words[at + 1]];
    if (name === undefined || name.dynamic) return;
    if (name.value !== 'format' && name.value !== 'sd') {
      const message = `"on ${step.value}" does not know "${name.value}".`;
      const remedy =
        name.value === 'drop' ? 'Write "drop" right behind the step.' : 'Use one of: format, sd.';
      return scope.report('enumeration', name, message, remedy);
    }
    if (format === undefined) {
      const message = `"${name.value}" needs a log format.`;
      return scope.report('missing-argument', name, message, 'Write it in quotes behind it.');
    }
    checkLogFormat(scope, format, undefined);
  }
}
