/** Numbers, times and sizes with something behind them or out of bounds, at every place that takes one. */
import { GLOBAL_KEYWORDS } from '../../../src/languages/haproxy/schema/global';
import { keywordTable } from '../../../src/languages/haproxy/schema/keywords/tables';
import { PROXY_KEYWORDS } from '../../../src/languages/haproxy/schema/proxy';
import { SECTION_KEYWORDS } from '../../../src/languages/haproxy/schema/sections';
import type { HaproxyVersion } from '../../../src/languages/haproxy/schema/version';
import { caseOf, OTHER_PLACES, type Case, type Place } from './base';
import { valuesOf } from './samples';

const NUMBERS = [
  '0',
  '1',
  '-1',
  '5',
  '5k',
  '5s',
  '5x',
  '1.5',
  '1_000',
  '65536',
  '99999999999',
  'x',
  '0x10',
  '""',
];

/** Values that are text and nothing else. */
const FREE = new Set([
  'text',
  'fmt',
  'logfmt',
  'name',
  'var',
  'expr',
  'check-expr',
  'sni',
  'regex',
  'use-backend',
]);

/** Where the statements of the base leave room for a value. */
function placeOf(side: string | undefined): Place {
  return side === 'back' ? 'backend' : side === 'front' ? 'frontend' : 'listen';
}

export function numberCases(): Case[] {
  const proxies = [...PROXY_KEYWORDS].flatMap(([name, { parts, side }]) =>
    variations('number', placeOf(side), name, parts),
  );
  const globals = [...GLOBAL_KEYWORDS].flatMap(([name, { parts }]) =>
    variations('number', 'global', name, parts),
  );
  const others = [...SECTION_KEYWORDS].flatMap(([kind, keywords]) => {
    const place = OTHER_PLACES.find((other) => other === kind);
    if (place === undefined) return [];
    return [...keywords].flatMap(([name, { parts }]) => variations('number', place, name, parts));
  });
  return [...proxies, ...globals, ...others];
}

function variations(
  group: string,
  place: Place,
  name: string,
  parts: Parameters<typeof valuesOf>[0],
): Case[] {
  return valuesOf(parts)
    .filter(({ type }) => !FREE.has(type))
    .flatMap(({ before }) =>
      NUMBERS.map((value) => caseOf(group, place, `${name} ${before} ${value}`.replace(/ +/g, ' '))),
    );
}

/** Each parameter of bind and server lines with every value, and without one. */
export function parameterCases(version: HaproxyVersion): Case[] {
  const table = keywordTable(version);
  const values = (arity: number): string[] =>
    arity === 0 ? ['', ' 5'] : ['', ...NUMBERS.map((value) => ` ${value}`)];
  const bind = [...table.bind].flatMap(([name, arity]) =>
    values(arity).map((value) => caseOf('bind parameter', 'frontend', `bind 127.0.0.1:8099 ${name}${value}`)),
  );
  const server = [...table.server].flatMap(([name, arity]) =>
    values(arity).flatMap((value) =>
      [`server s9 10.0.0.9:80 ${name}${value}`, `default-server ${name}${value}`].map((line) =>
        caseOf('server parameter', 'backend', line),
      ),
    ),
  );
  return [...bind, ...server];
}
