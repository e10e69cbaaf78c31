import type { Section, Statement } from '../syntax/document';
import type { Collector } from './collector';

/** Steps that may stand before the first `connect`. */
const BEFORE = /^(connect|comment|(un)?set-var(-fmt)?(\(.*)?|disable-on-404|send-state)$/s;

/** When a health check has a `connect` step, it must be the first step that does something. */
export function checkHealthCheckOrder(sections: readonly Section[], collector: Collector): void {
  for (const section of sections) {
    for (const keyword of ['tcp-check', 'http-check']) reportLateConnect(section, keyword, collector);
  }
}

function reportLateConnect(section: Section, keyword: string, collector: Collector): void {
  let first: Statement | undefined;
  let connected = false;
  for (const statement of section.statements) {
    if (statement.keyword.value !== keyword) continue;
    const [step] = statement.args;
    // A step that depends on the environment may be the missing connect.
    if (step === undefined || step.dynamic || statement.uncertain) return;
    if (step.value === 'connect') {
      if (first !== undefined && !connected) {
        const related = { span: first.keyword, message: 'the step before it' };
        const message = `"${keyword} connect" comes after another step; then the check must begin with one.`;
        collector.add('condition', step, message, `Put a "${keyword} connect" before all other steps.`, {
          related,
        });
        return;
      }
      connected = true;
    } else if (!BEFORE.test(step.value)) first ??= statement;
  }
}
