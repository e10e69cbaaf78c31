import type { Section, Statement } from '../syntax/document';
import type { Collector } from './collector';
import { isProxy } from './scope';

/** Kinds of rules in the order HAProxy runs them, whatever their order in the file. */
const ORDER: readonly string[] = [
  'tcp-request connection',
  'tcp-request session',
  'tcp-request content',
  'monitor fail',
  'http-request',
  'redirect',
  'use_backend',
  'use-server',
];

/** A rule written below one that runs later, so that the file shows another order than HAProxy keeps. */
export function checkRuleOrder(sections: readonly Section[], collector: Collector): void {
  for (const section of sections) {
    if (isProxy(section.kind)) checkSection(section, collector);
  }
}

function checkSection(section: Section, collector: Collector): void {
  let latest = -1;
  for (const statement of section.statements) {
    const rank = rankOf(statement);
    if (rank < 0 || statement.uncertain) continue;
    if (rank < latest) {
      const [name = '', later = ''] = [ORDER[rank], ORDER[latest]];
      const message = `"${name}" stands below "${later}", but HAProxy runs it before.`;
      const remedy = `Move it above the "${later}" rules, or rethink what it shall see.`;
      collector.add('rule-order', statement.keyword, message, remedy, { severity: 'warning' });
    }
    latest = Math.max(latest, rank);
  }
}

function rankOf({ keyword, args }: Statement): number {
  const one = ORDER.indexOf(keyword.value);
  return one >= 0 ? one : ORDER.indexOf(`${keyword.value} ${args[0]?.value ?? ''}`);
}
