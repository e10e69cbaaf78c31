import { isSure, type HaproxyDocument, type Section, type Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import type { Collector } from './collector';

type Direction = 'request' | 'response';

/** Rules that keep a value in a place by its number, where a frontend has not that many places. */
export function checkCaptures(
  document: HaproxyDocument,
  stopped: ReadonlySet<Section>,
  collector: Collector,
): void {
  // Defaults whose rules make places, too: then nobody counts them here.
  const making = new Set<string>();
  let last = false;
  for (const section of document.sections) {
    const { kind, header, statements, name, from } = section;
    if (kind === 'defaults') {
      last = statements.some((statement) => captureOf(statement) !== undefined);
      if (last && name !== undefined) making.add(name.value);
    }
    if (header.uncertain || (from === undefined ? last : making.has(from.value))) continue;
    if (kind === 'backend') reportBackend(statements, collector);
    if ((kind === 'frontend' || kind === 'listen') && !stopped.has(section))
      reportNumbers(section, collector);
  }
}

/** The word after another one. */
function behind(args: readonly Word[], word: string): Word | undefined {
  const at = args.findIndex(({ value }) => value === word);
  return at < 0 ? undefined : args[at + 1];
}

const HTTP_RULES = new Set(['http-request', 'http-response', 'http-after-response']);

/** The action of a rule that captures; undefined for other lines. */
function captureOf({ keyword, args }: Statement): Word | undefined {
  const at = keyword.value === 'tcp-request' && args[0]?.value === 'content' ? 1 : 0;
  const rule = at === 1 || HTTP_RULES.has(keyword.value);
  return rule && args[at]?.value === 'capture' ? args[at] : undefined;
}

/** Places belong to frontends, so a backend can make none. */
function reportBackend(statements: readonly Statement[], collector: Collector): void {
  for (const statement of statements) {
    const capture = captureOf(statement);
    const makes = statement.keyword.value === 'tcp-request' || behind(statement.args, 'len') !== undefined;
    if (capture === undefined || !makes || !isSure(statement)) continue;
    const message = 'A backend has no place for a captured value: HAProxy does not start.';
    const remedy = 'Move it to the frontend, or declare the place there and write "id <number>".';
    collector.add('capture', capture, message, remedy);
  }
}

function makesPlace(statement: Statement): Direction | undefined {
  const { keyword, args } = statement;
  const [first, second] = args;
  if (keyword.value === 'capture' && (first?.value === 'request' || first?.value === 'response'))
    return first.value;
  if (keyword.value === 'declare') return second?.value === 'response' ? 'response' : 'request';
  const capture = captureOf(statement);
  return capture !== undefined && behind(args, 'len') !== undefined ? 'request' : undefined;
}

function reportNumbers({ statements }: Section, collector: Collector): void {
  const places = { request: 0, response: 0 };
  for (const statement of statements) {
    // A line only some environments read may make a place.
    if (statement.uncertain) return;
    const direction = makesPlace(statement);
    if (direction !== undefined) places[direction] += 1;
  }
  for (const statement of statements) {
    const capture = captureOf(statement);
    const id = capture === undefined ? undefined : behind(statement.args, 'id');
    if (id === undefined || !isSure(statement) || !/^\d+$/.test(id.value)) continue;
    const direction = /^http-(after-)?response$/.test(statement.keyword.value) ? 'response' : 'request';
    if (Number(id.value) < places[direction]) continue;
    const message = `There is no place ${id.value} for captured values of the ${direction}: this section has ${places[direction]}, counted from 0.`;
    collector.add(
      'capture',
      id,
      message,
      `Add "declare capture ${direction} len <number>", or name another place.`,
    );
  }
}
