/** Every action of every rule set, and every sample fetch and converter, where they may stand and where not. */
import {
  actionParts,
  ACTION_SIGNATURES,
  unlistedActions,
} from '../../../src/languages/haproxy/schema/actions';
import {
  branchesWith,
  keywordTable,
  type Signature,
} from '../../../src/languages/haproxy/schema/keywords/tables';
import type { HaproxyVersion } from '../../../src/languages/haproxy/schema/version';
import { caseOf, type Case, type Place } from './base';
import { formsOf } from './samples';

const RULE_SETS: readonly (readonly [string, readonly Place[]])[] = [
  ['tcp-request connection', ['frontend', 'backend', 'listen', 'named defaults']],
  ['tcp-request session', ['frontend', 'backend', 'listen']],
  ['tcp-request content', ['frontend', 'backend', 'listen']],
  ['tcp-response content', ['frontend', 'backend', 'listen']],
  ['http-request', ['frontend', 'backend', 'listen', 'named defaults']],
  ['http-response', ['frontend', 'backend', 'listen']],
  ['http-after-response', ['frontend', 'backend', 'listen']],
];

const PARENTHESIS: Readonly<Record<string, string>> = {
  'set-var': '(txn.x)',
  'set-var-fmt': '(txn.x)',
  'unset-var': '(txn.x)',
  'do-resolve': '(txn.x,r)',
  'set-map': '(x.map)',
  'del-map': '(x.map)',
  'add-acl': '(x.acl)',
  'del-acl': '(x.acl)',
  'sc-add-gpc': '(0,0)',
  'sc-inc-gpc': '(0,0)',
  'sc-set-gpt': '(0,0)',
  'sc-inc-gpc0': '(0)',
  'sc-inc-gpc1': '(0)',
  'sc-set-gpt0': '(0)',
};

function written(name: string): string[] {
  const forms = name.startsWith('sc-set') || name.startsWith('sc-add') ? ['5'] : formsOf(actionParts(name));
  const more = name === 'capture' ? ['path len 5', 'path id 0', 'src len 5'] : [];
  return [...forms, ...more].map((form) => `${name}${PARENTHESIS[name] ?? ''} ${form}`.trim());
}

/** Every action in every rule set, also where the set does not have it. */
export function actionCases(version: HaproxyVersion): Case[] {
  const table = keywordTable(version);
  const plain = (name: string): string => name.replace('*', '');
  const all = [
    ...Object.keys(ACTION_SIGNATURES),
    'capture',
    'track-sc0',
    'track-sc1',
    'sc-set-gpt0',
    'sc-add-gpc',
  ];
  return RULE_SETS.flatMap(([ruleset, places]) => {
    const own = [...(table.actions.get(ruleset) ?? []), ...unlistedActions(ruleset)].map(plain);
    const names = [...new Set([...all, ...own.filter((name) => !name.startsWith('track-sc'))])];
    return names.flatMap((name) =>
      places.flatMap((place) =>
        written(name).flatMap((action) =>
          (['http', 'tcp'] as const).map((mode) => caseOf('action', place, `${ruleset} ${action}`, { mode })),
        ),
      ),
    );
  });
}

const ARGUMENTS: Readonly<Record<string, string>> = {
  integer: '1',
  string: 'x',
  'IPv4 address': '10.0.0.1',
  'IPv4 mask': '24',
  'IPv6 address': '::1',
  'IPv6 mask': '64',
  delay: '5s',
  size: '1m',
  frontend: 'f',
  backend: 'b',
  server: 'b/s1',
  table: 't',
  'user list': 'u',
  regex: '^/a',
  variable: 'txn.x',
};

function call(name: string, { types, required }: Signature): string {
  const needed = types.slice(0, required).map((type) => ARGUMENTS[type] ?? 'x');
  return needed.length === 0 ? name : `${name}(${needed.join(',')})`;
}

const FETCH_LINES: readonly (readonly [Place, string])[] = [
  ['frontend', 'http-request set-header x %[@]'],
  ['frontend', 'http-request set-var(txn.y) @'],
  ['frontend', 'tcp-request connection set-var(sess.y) @'],
  ['frontend', 'tcp-request content set-var(txn.y) @'],
  ['backend', 'http-response set-header x %[@]'],
  ['frontend', 'http-response set-header x %[@]'],
  ['backend', 'stick on @ table t'],
  ['frontend', 'log-format %[@]'],
  ['frontend', 'acl a1 @ -m found'],
];

/** Every sample fetch with its needed arguments, at places that have its data and places that do not. */
export function fetchCases(version: HaproxyVersion): Case[] {
  const table = keywordTable(version);
  const fetches = [...table.fetches.values()].filter(({ name }) => !/^(51d|da-|wurfl)/.test(name));
  return fetches.flatMap(({ name, signature }) => {
    const text = call(name, signature);
    const cases = FETCH_LINES.map(([place, line]) => caseOf('fetch', place, line.replace('@', text)));
    const bare = signature.required > 0 ? [caseOf('fetch', 'frontend', `acl a1 ${name} -m found`)] : [];
    return [...cases, ...bare];
  });
}

const INPUTS: Readonly<Record<string, string>> = {
  bool: 'always_true',
  sint: 'int(5)',
  addr: 'src',
  ipv4: 'ipv4(10.0.0.1)',
  ipv6: 'ipv6(::1)',
  str: 'str(x)',
  bin: 'bin(50)',
  meth: 'method',
};

/** Every converter behind every type of input, with its needed arguments and with wrong ones. */
export function converterCases(version: HaproxyVersion): Case[] {
  const converters = [...keywordTable(version).converters.values()];
  const line = (text: string): Case => caseOf('converter', 'frontend', `http-request set-var(txn.y) ${text}`);
  return converters.flatMap(({ name, signature }) => [
    ...Object.values(INPUTS).map((input) => line(`${input},${call(name, signature)}`)),
    ...signature.types.flatMap((_, at) =>
      ['', 'x', '5', '-1', 'a,b'].map((value) => {
        const args = signature.types
          .slice(0, Math.max(signature.required, at + 1))
          .map((type) => ARGUMENTS[type] ?? 'x');
        return line(`str(x),${name}(${args.with(at, value).join(',')})`);
      }),
    ),
  ]);
}

/** Converters and fetches of other branches. */
export function otherBranchCases(version: HaproxyVersion): Case[] {
  const table = keywordTable(version);
  const others = branchesWith(() => true).map(keywordTable);
  const fetches = new Set(others.flatMap((other) => [...other.fetches.keys()]));
  return [...fetches]
    .filter((name) => !table.fetches.has(name))
    .map((name) => caseOf('fetch', 'frontend', `acl a1 ${name} -m found`));
}
