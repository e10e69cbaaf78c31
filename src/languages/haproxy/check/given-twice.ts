import { GIVEN_ONCE, REFUSED_TWICE } from '../schema/tuning';
import type { HaproxyDocument, Statement } from '../syntax/document';
import type { Collector } from './collector';

/** Two names for one setting. */
const SAME: Readonly<Record<string, string>> = { uid: 'user', gid: 'group' };

/** Settings of the global section that stand in the file a second time. */
export function checkGivenTwice(document: HaproxyDocument, collector: Collector): void {
  const seen = new Map<string, Statement>();
  for (const section of document.sections) {
    if (section.kind !== 'global') continue;
    for (const statement of section.statements) report(statement, seen, collector);
  }
}

function report(statement: Statement, seen: Map<string, Statement>, collector: Collector): void {
  const { keyword, uncertain } = statement;
  const name = SAME[keyword.value] ?? keyword.value;
  const refused = REFUSED_TWICE.has(name);
  if (uncertain || (!refused && !GIVEN_ONCE.has(name))) return;
  const first = seen.get(name);
  if (first === undefined) return void seen.set(name, statement);
  const effect = refused
    ? 'HAProxy refuses the second line'
    : 'HAProxy keeps the first line and ignores this one';
  const related = { span: first.keyword, message: 'the first one' };
  const severity = refused ? 'error' : 'warning';
  const message = `"${keyword.value}" is given twice: ${effect}.`;
  collector.add('given-twice', keyword, message, 'Keep one of them.', { related, severity });
}
