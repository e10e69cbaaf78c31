import { say, verbatim } from '../../words/message';
import type { Message } from '../../words/message';
import type { Cluster } from '../../cluster/cluster';
import { readClusterYaml } from '../../cluster/cluster-yaml';
import { formatIpv4, formatSubnet, parseIpv4, parseSubnet, contains } from '../../cluster/ipv4';
import { blocksDeployment, type TextEdit } from '../../finding/finding';
import { rangeBetween, textLines } from '../../finding/text-lines';
import { CLUSTER_FILE } from '../files/workspace-files';

/** Something cluster.yaml names that stands in other files as well. */
export type NamedKind = 'node' | 'address' | 'subnet';

/** One name that becomes another one everywhere. */
export interface Change {
  readonly kind: NamedKind;
  readonly from: string;
  readonly to: string;
}

/** Texts of the files of a workspace by path, relative and with forward slashes. */
export type Texts = ReadonlyMap<string, string>;

export interface ChangeEdits {
  /** Edits by path, in the order of each file; paths are those before folders are renamed. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** Folders that get another name once the edits are made: in this order, in which no name is taken when it is given. */
  readonly folders: readonly { readonly from: string; readonly to: string }[];
}

/** A whole IPv4 address with what may follow it. */
const ADDRESS = /(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}))?(?![\w]|\.\w)/g;
/** Words that only a name of a machine looks like; others, numbers too, stand for something else in many places. */
const UNMISTAKABLE = /[a-z].*[0-9-]|[0-9-].*[a-z]/;
/** A quoted word of gitlab.rb that is a key: `['word']` behind what it is a key of, `'word' =>`. */
const INDEXES = /[\w\])]\s*\[\s*['"]$/;
const IS_KEY = /^['"]\s*(?:=>|:(?!:))/;
/** Settings whose value is a name of something else than a machine, and the name begins behind them. */
const NAMED_OTHERWISE =
  /(?<!\b(?:node|host)_?)(?:name|user|database|scope|datacenter|role|adapter|owner)['"\]]*\s*(?:=>|=|:)\s*['"]$/;

/** How the first line of a file says whose it is, as `init` writes it. */
const HEADER = /^# [\w.]+ of $/;
/** A comment of gitlab.rb on who has a role. */
const TELLS_ROLE = /#.*\b[a-z_]+_role on $/;

/** Where changes come to in all files of a workspace. Changes are made at once: two names can be swapped. Pure. */
export function changeEverywhere(texts: Texts, changes: readonly Change[]): ChangeEdits {
  const edits = new Map<string, readonly TextEdit[]>();
  for (const [path, text] of texts) {
    const found = editsIn(path, text, changes);
    if (found.length > 0) edits.set(path, found);
  }
  const folders = changes
    .filter(({ kind, from, to }) => kind === 'node' && from !== to && hasFolder(texts, from))
    .map(({ from, to }) => ({ from: folderOf(from), to: folderOf(to) }));
  return { edits, folders: inOrder(folders) };
}

const folderOf = (node: string): string => `nodes/${node}`;

function hasFolder(texts: Texts, node: string): boolean {
  return [...texts.keys()].some((path) => path.startsWith(`${folderOf(node)}/`));
}

type Renamed = ChangeEdits['folders'][number];

/** Whoever takes a name comes after who has it; of names that go round, one is put aside until its own is free. */
function inOrder(folders: readonly Renamed[]): readonly Renamed[] {
  const left = [...folders];
  const ordered: Renamed[] = [];
  while (left.length > 0) {
    const at = left.findIndex(({ to }) => !left.some(({ from }) => from === to));
    const [next] = left.splice(Math.max(at, 0), 1);
    if (next === undefined) break;
    if (at >= 0) {
      ordered.push(next);
      continue;
    }
    const aside = `${next.from}.renamed`;
    ordered.push({ from: next.from, to: aside });
    left.push({ from: aside, to: next.to });
  }
  return ordered;
}

/**
 * Why a change cannot be made, as a sentence with its remedy; undefined when it can: what cluster.yaml would say of it.
 * @param cluster as it is before
 */
export function refuseChange(texts: Texts, cluster: Cluster, change: Change): Message | undefined {
  const { kind, from, to } = change;
  if (kind === 'subnet') {
    const [old, now] = [parseSubnet(from), parseSubnet(to)];
    if (now === undefined) return say('"{0}" is no IPv4 network. Write it as a.b.c.d/prefix.', to);
    if (old !== undefined && old.prefix !== now.prefix) {
      return say('The addresses are carried over to a network of the same size: write /{0}.', old.prefix);
    }
    if (formatSubnet(now) !== to)
      return say('"{0}" is an address inside a network. Write {1}.', to, formatSubnet(now));
  }
  const taken = kind === 'node' && cluster.nodes.some(({ name }) => name === to);
  if (taken && to !== from) return say('There is a node "{0}" already. Choose another name.', to);
  if (kind === 'node' && to !== from && hasFolder(texts, from) && hasFolder(texts, to))
    return folderThere(to);
  const text = texts.get(CLUSTER_FILE) ?? '';
  const before = readClusterYaml(text).findings;
  const after = readClusterYaml(applied(text, editsIn(CLUSTER_FILE, text, [change]))).findings;
  if (!blocksDeployment(after) || blocksDeployment(before)) return undefined;
  const wrong = after.find(({ severity }) => severity === 'error');
  return wrong && verbatim(`${wrong.message} ${wrong.remedy}`);
}

/** Why a node cannot have a name whose folder is there, which belongs to no node. */
export function folderThere(node: string): Message {
  return say('There is a folder {0} already. Move it away, or choose another name.', folderOf(node));
}

function editsIn(path: string, text: string, changes: readonly Change[]): readonly TextEdit[] {
  const lines = textLines(text);
  const found = [...addressSpans(path, text, changes), ...nameSpans(path, text, changes)];
  return found
    .sort((one, other) => one.start - other.start)
    .map(({ start, end, newText }) => ({ range: rangeBetween(lines, start, end), newText }));
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

function* addressSpans(path: string, text: string, changes: readonly Change[]): Iterable<Replacement> {
  const exact = new Map(
    changes.filter((one) => one.kind === 'address' && reaches(path, one)).map(({ from, to }) => [from, to]),
  );
  const moves = changes.flatMap(({ kind, from, to }) => {
    const [old, now] = [parseSubnet(from), parseSubnet(to)];
    return kind === 'subnet' && old && now ? [{ old, now }] : [];
  });
  if (exact.size === 0 && moves.length === 0) return;
  yield* hostSpans(text, exact);
  for (const match of text.matchAll(ADDRESS)) {
    const [, address = '', prefix] = match;
    const number = parseIpv4(address);
    const move = moves.find(({ old }) => number !== undefined && contains(old, number));
    // A network of another size around or inside the subnet is somebody else's matter.
    const isNetwork = prefix !== undefined && move !== undefined && number === move.old.network;
    const other = isNetwork && Number(prefix) !== move.old.prefix;
    const moved =
      move && number !== undefined && !other
        ? formatIpv4(number - move.old.network + move.now.network)
        : undefined;
    const newText = exact.get(address) ?? moved;
    if (newText === undefined || newText === address) continue;
    yield { start: match.index, end: match.index + address.length, newText };
  }
}

/**
 * A host name takes an address's place in cluster.yaml only: the other files keep the address, which listening and
 * Keepalived need, and keepalived.conf says whose it is.
 */
function reaches(path: string, { to }: Change): boolean {
  return path === CLUSTER_FILE || parseIpv4(to) !== undefined;
}

/** Host names that stand where addresses may. */
function* hostSpans(text: string, changed: ReadonlyMap<string, string>): Iterable<Replacement> {
  for (const [host, newText] of changed) {
    if (parseIpv4(host) !== undefined || host === newText) continue;
    const escaped = host.replaceAll(/[.-]/g, String.raw`\$&`);
    const whole = new RegExp(String.raw`(?<![\w.-])${escaped}(?![\w-]|\.\w)`, 'g');
    for (const { index } of text.matchAll(whole)) yield { start: index, end: index + host.length, newText };
  }
}

function* nameSpans(path: string, text: string, changes: readonly Change[]): Iterable<Replacement> {
  const names = new Map(changes.filter(({ kind }) => kind === 'node').map(({ from, to }) => [from, to]));
  if (names.size === 0) return;
  const words = [...names.keys()].map((name) => name.replaceAll('-', String.raw`\-`)).join('|');
  const whole = new RegExp(String.raw`(?<![\w.-])(?:${words})(?![\w-])`, 'g');
  for (const match of text.matchAll(whole)) {
    const [word] = match;
    const newText = names.get(word);
    if (newText === undefined || newText === word) continue;
    const before = text.slice(text.lastIndexOf('\n', match.index - 1) + 1, match.index);
    const behind = text.slice(match.index + word.length);
    const isHeader = match.index === before.length && HEADER.test(before) && /^[,:]/.test(behind);
    if (UNMISTAKABLE.test(word) ? isOwnName(before) : !isHeader && !namesMachine(path, before, behind))
      continue;
    yield { start: match.index, end: match.index + word.length, newText };
  }
}

/** The cluster's own name may be that of a node. */
function isOwnName(before: string): boolean {
  return /^name:\s*["']?$/.test(before);
}

/** True where a plain word can only be a machine's name. */
function namesMachine(path: string, before: string, behind: string): boolean {
  if (path === CLUSTER_FILE) {
    return /(?:^\s*-\s*(?:\{\s*)?|[{,]\s*)name:\s*["']?$/.test(before) || /^\s*name:\s*["']?$/.test(before)
      ? !isOwnName(before)
      : /\b(?:nodes|voters|poolers):\s*\[[^\]]*$/.test(before) || /^\s*-\s*["']?$/.test(before);
  }
  if (path.endsWith('.rb')) {
    const quoted = /['"]$/.test(before) && /^['"]/.test(behind);
    if (TELLS_ROLE.test(before) && /^(?:;|[ \t]*(?:\r?\n|$))/.test(behind)) return true;
    return quoted && !INDEXES.test(before) && !IS_KEY.test(behind) && !NAMED_OTHERWISE.test(before);
  }
  if (/^\s*#\s*server\s+$/.test(before)) return /^\s+\d{1,3}(?:\.\d{1,3}){3}\b/.test(behind);
  return /^\s*(?:server|router_id)\s+$/.test(before);
}

/** A text with edits made that do not overlap and are in its order. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const { starts } = textLines(text);
  const offset = ({ line, character }: TextEdit['range']['start']): number => (starts[line] ?? 0) + character;
  return [...edits]
    .reverse()
    .reduce(
      (result, { range, newText }) =>
        result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
      text,
    );
}
