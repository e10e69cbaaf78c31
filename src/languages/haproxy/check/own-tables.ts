import type { HaproxyDocument, Section, Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import type { Collector } from './collector';
import { hasBackendSide } from './scope';

const RULES = new Set(['http-request', 'http-response', 'tcp-request', 'tcp-response']);

/** Lines that use the stick table of their own section, where there is none. */
export function checkOwnTables(
  document: HaproxyDocument,
  stopped: ReadonlySet<Section>,
  collector: Collector,
): void {
  for (const section of document.sections) {
    const { kind, statements, header } = section;
    // Those of defaults belong to whoever inherits them.
    if (kind !== 'frontend' && kind !== 'backend' && kind !== 'listen') continue;
    if (header.uncertain || stopped.has(section)) continue;
    if (statements.some(({ keyword }) => keyword.value === 'stick-table')) continue;
    for (const statement of statements) report(section, statement, collector);
  }
}

function report(section: Section, statement: Statement, collector: Collector): void {
  if (statement.uncertain || statement.line.fault !== undefined) return;
  const user = userOf(section, statement);
  if (user === undefined || statement.args.some(({ value, dynamic }) => value === 'table' || dynamic)) return;
  const name = section.name?.value ?? section.kind;
  const message = `"${name}" has no stick-table of its own, and no other one is named: HAProxy does not start.`;
  collector.add(
    'table-reference',
    user,
    message,
    'Add a "stick-table" line, or "table <name>" behind the expression.',
  );
}

/** The word that asks for a table. */
function userOf(section: Section, { keyword, args }: Statement): Word | undefined {
  if (keyword.value === 'stick') return hasBackendSide(section.kind) ? args[0] : undefined;
  if (!RULES.has(keyword.value)) return undefined;
  const action = keyword.value.startsWith('http') ? args[0] : args[1];
  // Without an expression the line has a fault of its own.
  const complete = action !== undefined && args.indexOf(action) + 1 < args.length;
  return complete && /^track-sc(\d+|\(\d+\))$/.test(action.value) ? action : undefined;
}
