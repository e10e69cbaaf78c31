import type { KeywordTable } from '../schema/keywords/tables';
import { isSure, type Statement } from '../syntax/document';
import type { Word } from '../syntax/word';

/** Parameters of a line by name, the last of each counts; with the word behind each. */
export type Parameters = ReadonlyMap<string, { readonly name: Word; readonly value: Word | undefined }>;

/**
 * The parameters of a bind line.
 * @returns undefined when a word is not known or comes from the environment: then nobody can tell what is there
 */
export function bindParameters(statement: Statement, table: KeywordTable): Parameters | undefined {
  return parametersOf(statement, 1, (name) => (name === 'ssl' ? 0 : table.bind.get(name)));
}

/** The parameters of a server line from `from` on; undefined as for bind lines. */
export function serverParameters(
  statement: Statement,
  from: number,
  table: KeywordTable,
): Parameters | undefined {
  return parametersOf(statement, from, (name) =>
    name === 'ssl' ? 0 : name.startsWith('set-proxy-v2-tlv-fmt(') ? 1 : table.server.get(name),
  );
}

function parametersOf(
  statement: Statement,
  from: number,
  arity: (name: string) => number | undefined,
): Parameters | undefined {
  const found = new Map<string, { name: Word; value: Word | undefined }>();
  if (!isSure(statement)) return undefined;
  const { args } = statement;
  let at = from;
  for (let name = args[at]; name !== undefined; name = args[at]) {
    const count = arity(name.value);
    if (count === undefined || count < 0) return undefined;
    found.set(name.value, { name, value: count === 0 ? undefined : args[at + 1] });
    at += 1 + count;
  }
  return found;
}
