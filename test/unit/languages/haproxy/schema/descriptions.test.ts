import { describe, expect, it } from 'vitest';
import { branchesWith } from '../../../../../src/languages/haproxy/schema/keywords/tables';
import { OPTIONS } from '../../../../../src/languages/haproxy/check/lines/options';
import { ACTION_DOCS, ALIAS_DOCS } from '../../../../../src/languages/haproxy/schema/descriptions/actions';
import { GLOBAL_DOCS } from '../../../../../src/languages/haproxy/schema/descriptions/global';
import {
  BIND_DOCS,
  OPTION_DOCS,
  SERVER_DOCS,
} from '../../../../../src/languages/haproxy/schema/descriptions/options';
import { PROXY_DOCS } from '../../../../../src/languages/haproxy/schema/descriptions/proxy';
import { CONVERTER_DOCS, FETCH_DOCS } from '../../../../../src/languages/haproxy/schema/descriptions/samples';
import {
  SECTION_DOCS,
  SMALL_SECTION_DOCS,
} from '../../../../../src/languages/haproxy/schema/descriptions/sections';
import { hasAction } from '../../../../../src/languages/haproxy/editor/explain/describe';
import { keywordsOf } from '../../../../../src/languages/haproxy/editor/cursor/line-slots';
import { LOG_ALIASES } from '../../../../../src/languages/haproxy/check/expressions/log-format';
import { REMOVED_OPTIONS, REMOVED_PROXY } from '../../../../../src/languages/haproxy/schema/removed';
import { SECTION_NAMES } from '../../../../../src/languages/haproxy/syntax/document';
import { HAPROXY_VERSIONS } from '../../../../../src/languages/haproxy/schema/version';

const RULESETS = [
  'http-request',
  'http-response',
  'http-after-response',
  'tcp-request connection',
  'tcp-request session',
  'tcp-request content',
  'tcp-response content',
];
const first = (name: string): string => name.split(' ')[0] ?? '';
const keyword = (kind: string) => (name: string) =>
  HAPROXY_VERSIONS.some((version) => keywordsOf(kind, version).includes(first(name)));

const KNOWN: readonly (readonly [string, ReadonlyMap<string, string>, (name: string) => boolean])[] = [
  ['sections', SECTION_DOCS, (name) => SECTION_NAMES.includes(name)],
  [
    'keywords of small sections',
    SMALL_SECTION_DOCS,
    (name) => keyword(first(name))(name.slice(first(name).length + 1)),
  ],
  ['keywords of the global section', GLOBAL_DOCS, keyword('global')],
  ['keywords of proxies', PROXY_DOCS, (name) => keyword('listen')(name) || REMOVED_PROXY.has(name)],
  [
    'options',
    OPTION_DOCS,
    (name) =>
      OPTIONS.has(name) ||
      REMOVED_OPTIONS.has(name) ||
      name === 'start-on-reload' ||
      branchesWith((table) => table.options.has(name)).length > 0,
  ],
  [
    'parameters of bind lines',
    BIND_DOCS,
    (name) => name === 'ssl' || branchesWith((t) => t.bind.has(name)).length > 0,
  ],
  [
    'parameters of server lines',
    SERVER_DOCS,
    (name) => name === 'ssl' || branchesWith((table) => table.server.has(name)).length > 0,
  ],
  [
    'actions',
    ACTION_DOCS,
    (name) => branchesWith((table) => RULESETS.some((ruleset) => hasAction(table, ruleset, name))).length > 0,
  ],
  ['fetches', FETCH_DOCS, (name) => branchesWith((t) => t.fetches.has(name) || t.acl.has(name)).length > 0],
  ['converters', CONVERTER_DOCS, (name) => branchesWith((table) => table.converters.has(name)).length > 0],
  ['aliases of log formats', ALIAS_DOCS, (name) => LOG_ALIASES.includes(name) || name === 'OG'],
];

describe('descriptions', () => {
  it.each(KNOWN)('of %s speak of what HAProxy knows', (_, docs, known) => {
    expect([...docs.keys()].filter((name) => !known(name))).toEqual([]);
  });

  it.each(KNOWN)('of %s are short sentences', (_, docs) => {
    const wrong = [...docs].filter(([, text]) => !/^["A-Za-z].{3,160}[.…]$/.test(text));
    expect(wrong).toEqual([]);
  });

  it('are enough for daily work', () => {
    expect(KNOWN.reduce((sum, [, docs]) => sum + docs.size, 0)).toBeGreaterThan(600);
  });
});
