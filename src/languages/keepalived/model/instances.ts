import { closestWord } from '../../../finding/did-you-mean';
import { findKeyword, keywordsOf } from '../schema/schema';
import type { KeepalivedDocument } from '../syntax/document';
import type { Block, Entry, Statement } from '../syntax/tree';
import type { Word } from '../syntax/word';
import { addressFamily } from './values';
import { append } from '../../core/data/append';

/** One vrrp_instance, read for the rules. */
export interface Instance {
  readonly statement: Statement;
  readonly block: Block;
  readonly name: Word | undefined;
  /** The statement that counts for a setting: the last one. */
  last(keyword: string): Statement | undefined;
  has(keyword: string): boolean;
  /** First argument of the setting that counts; undefined when it is missing or nobody knows it here. */
  value(keyword: string): string | undefined;
  /** The lines of all blocks of a keyword. */
  entries(keyword: string): readonly Entry[];
  /** True when something may be set that nobody sees here. */
  readonly incomplete: boolean;
  readonly priority: number | undefined;
  readonly family: 4 | 6 | undefined;
  /** Version of VRRP, as far as the file says. */
  readonly version: number | undefined;
  readonly strict: boolean;
}

/** A script, process, file or BFD session that instances watch. */
export interface Tracker {
  readonly statement: Statement;
  readonly block: Block;
  readonly name: Word;
}

/** Statements of a keyword outside all blocks that have a name and a block. */
export function namedBlocks(document: KeepalivedDocument, ...keywords: readonly string[]): Tracker[] {
  return document.root.statements.flatMap((statement) => {
    const [name] = statement.args;
    const { block } = statement;
    if (!keywords.includes(statement.keyword.value) || name === undefined || block === undefined) return [];
    return [{ statement, block, name }];
  });
}

/** The statements of one keyword in global_defs, wherever these blocks stand. */
export function globals(document: KeepalivedDocument, keyword: string): Statement[] {
  return document.root.statements
    .filter((statement) => statement.keyword.value === 'global_defs')
    .flatMap(({ block }) => block?.statements ?? [])
    .filter((statement) => statement.keyword.value === keyword);
}

/** True when global settings may be added that nobody sees here. */
export function globalsIncomplete(document: KeepalivedDocument): boolean {
  return (
    document.includes ||
    document.root.incomplete ||
    document.root.statements.some(
      ({ keyword, block }) => keyword.value === 'global_defs' && block?.incomplete === true,
    )
  );
}

const YES = new Set(['on', 'true', 'yes']);

function isOn(statement: Statement | undefined): boolean {
  if (statement === undefined || statement.uncertain) return false;
  const [value] = statement.args;
  return value === undefined || YES.has(value.value);
}

/** All vrrp_instance blocks of a file. */
export function instancesOf(document: KeepalivedDocument): Instance[] {
  const strict = isOn(globals(document, 'vrrp_strict').at(-1));
  const globalVersion = globals(document, 'vrrp_version').at(-1)?.args[0];
  const sure = !globalsIncomplete(document);
  return document.root.statements
    .filter(({ keyword, block }) => keyword.value === 'vrrp_instance' && block !== undefined)
    .flatMap((statement) =>
      statement.block === undefined
        ? []
        : [readInstance(statement, statement.block, strict, globalVersion, sure)],
    );
}

function readInstance(
  statement: Statement,
  block: Block,
  globalStrict: boolean,
  globalVersion: Word | undefined,
  sure: boolean,
): Instance {
  const byKeyword = new Map<string, Statement[]>();
  for (const inner of block.statements) {
    append(byKeyword, meantKeyword(inner.keyword.value), inner);
  }
  const last = (keyword: string): Statement | undefined => byKeyword.get(keyword)?.at(-1);
  const value = (keyword: string): string | undefined => {
    const found = last(keyword);
    const word = found?.args[0];
    return found?.uncertain === true || word === undefined || word.dynamic ? undefined : word.value;
  };
  const entries = (keyword: string): Entry[] =>
    (byKeyword.get(keyword) ?? []).flatMap(({ block: inner }) => [...(inner?.entries ?? [])]);
  const strictHere = last('strict_mode');
  const family = familyOf(last, entries);
  return {
    statement,
    block,
    name: statement.args[0],
    last,
    has: (keyword) => byKeyword.has(keyword),
    value,
    entries,
    incomplete:
      statement.uncertain ||
      block.incomplete ||
      block.statements.some(({ uncertain, block: inner }) => uncertain || inner?.incomplete === true),
    priority: priorityOf(value, last),
    family,
    version: versionOf(
      value('version') ?? (last('version') === undefined ? globalVersion?.value : undefined),
      family,
      sure,
    ),
    strict: strictHere === undefined ? globalStrict : isOn(strictHere),
  };
}

const INSTANCE_KEYWORDS = keywordsOf('vrrp_instance').map(({ name }) => name);

/**
 * The keyword meant by one that only a slip of the fingers keeps keepalived from knowing. The slip has its own finding;
 * that the setting is missing is not said as well.
 */
function meantKeyword(written: string): string {
  if (findKeyword('vrrp_instance', written) !== undefined) return written;
  return closestWord(written, INSTANCE_KEYWORDS) ?? written;
}

/** The priority as keepalived derives it when it is not set. */
function priorityOf(
  value: (keyword: string) => string | undefined,
  last: (keyword: string) => Statement | undefined,
): number | undefined {
  if (last('priority') === undefined) {
    if (last('state') === undefined) return 100;
    const state = value('state');
    return state === undefined ? undefined : state === 'MASTER' ? 255 : 100;
  }
  const written = value('priority');
  return written !== undefined && /^\d{1,3}$/.test(written) ? Number(written) : undefined;
}

function versionOf(
  written: string | undefined,
  family: 4 | 6 | undefined,
  sure: boolean,
): number | undefined {
  if (written !== undefined) return written === '2' || written === '3' ? Number(written) : undefined;
  if (!sure) return undefined;
  return family === 6 ? 3 : family === 4 ? 2 : undefined;
}

/** The family is that of the first address the instance names, in the order of the file. */
function familyOf(
  last: (keyword: string) => Statement | undefined,
  entries: (keyword: string) => Entry[],
): 4 | 6 | undefined {
  const native = last('native_ipv6')?.keyword;
  const words = [
    ...['unicast_src_ip', 'mcast_src_ip', 'mcast_dst_ip'].map((keyword) => last(keyword)?.args[0]),
    ...['unicast_peer', 'virtual_ipaddress'].flatMap((keyword) =>
      entries(keyword).map((entry) => entry.words[0]),
    ),
  ].filter((word) => word !== undefined && !word.dynamic);
  words.sort((a, b) => (a?.start ?? 0) - (b?.start ?? 0));
  const [first] = words;
  if (native !== undefined && (first === undefined || native.start < first.start)) return 6;
  return first === undefined ? undefined : addressFamily(first.value.split('/')[0] ?? '');
}

/** Names of the instances in the groups of a list of statements (`group { … }`). */
export function membersOf(statements: Iterable<Statement>): Word[] {
  return [...statements]
    .filter(({ keyword }) => keyword.value === 'group')
    .flatMap(({ block }) => block?.entries ?? [])
    .flatMap(({ words }) => [...words]);
}

/** The sync group of each instance, by the instance's name; the first one counts. */
export function groupsByMember(document: KeepalivedDocument): ReadonlyMap<string, Tracker> {
  const found = new Map<string, Tracker>();
  for (const group of namedBlocks(document, 'vrrp_sync_group')) {
    for (const { value } of membersOf(group.block.statements)) if (!found.has(value)) found.set(value, group);
  }
  return found;
}
