import type { Span } from '../../../core/rules/rule';
import { takesAddress } from '../../schema/addresses';
import type { GitlabRbSubject } from '../../subject';
import type { RubyValue } from '../../evaluate/value';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { HIGHEST_PORT } from '../support/address';
import { isTemplate, written } from '../support/read';
import { writtenKeys } from '../support/statements';
import { LOADER_TOPIC } from '../support/topics';

/** `tcp://10.0.0.1:8075`, `[::1]:80`, `:80`: what follows the host is a port. */
const WITH_PORT = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:\[[^\]]*\]|[^:/\s[\]]*):(\d+)(?:\/|$)/i;
const PORT_KEY = /(?:^|_)port$/;

export const NO_SUCH_PORT: GitlabRbRule = {
  id: 'GLR239',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A port that does not exist',
  check(subject, report) {
    for (const { root, path, value } of writtenKeys(subject)) {
      for (const { port, span } of portsIn(subject, path, value)) {
        if (port <= HIGHEST_PORT) continue;
        report({
          span,
          message: `${written(root, path).replaceAll("['[]']", '[…]')} names port ${port}, and there is none above ${HIGHEST_PORT}: what listens there does not start, and nobody connects.`,
          remedy: `Write a port from 1 to ${HIGHEST_PORT}.`,
        });
      }
    }
  },
};

/** The ports a value names; those of a hash have keys of their own. */
function portsIn(
  subject: GitlabRbSubject,
  path: readonly string[],
  value: RubyValue,
): readonly { readonly port: number; readonly span: Span }[] {
  const span = subject.span(value.range);
  if (PORT_KEY.test(path.at(-1) ?? '') || path.at(-2) === 'ports') {
    if (value.kind === 'integer') return [{ port: value.value, span }];
    return value.kind === 'string' && /^\d{1,15}$/.test(value.value)
      ? [{ port: Number(value.value), span }]
      : [];
  }
  if (!takesAddress(path)) return [];
  const items = value.kind === 'array' ? value.items : [value];
  return items.flatMap((item) => {
    if (item.kind !== 'string' || isTemplate(item.value)) return [];
    const found = item.value.split(/[\s,]+/).flatMap((part) => WITH_PORT.exec(part)?.[1] ?? []);
    const highest = Math.max(...found.map(Number));
    return found.length === 0 ? [] : [{ port: highest, span: subject.span(item.range) }];
  });
}
