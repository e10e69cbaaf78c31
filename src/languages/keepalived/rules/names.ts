import type { KeepalivedSubject } from '../subject';
import { closestWord } from '../../../finding/did-you-mean';
import type { SymbolKind, ValueKind } from '../schema/keyword';
import { canonicalAddress } from '../model/values';
import { membersOf, type Instance } from '../model/instances';
import type { NameUse } from '../model/names';
import { type KeepalivedDocument } from '../syntax/document';
import type { Block, Entry } from '../syntax/tree';
import type { Word } from '../syntax/word';
import { removal, rule, type KeepalivedRule } from './keepalived-rule';

const TOPIC = 'Names';

/** Blocks keepalived skips when their name is taken. Of the others it uses the first one. */
const REFUSED_TWICE: ReadonlySet<SymbolKind> = new Set(['vrrp_instance', 'vrrp_sync_group', 'track_group']);

/** Kinds that must stand above what uses them. */
const ABOVE: ReadonlySet<SymbolKind> = new Set([
  'vrrp_script',
  'vrrp_track_process',
  'track_file',
  'bfd_instance',
]);

interface Names {
  readonly definitions: Map<string, NameUse>;
  readonly uses: readonly NameUse[];
  readonly all: readonly NameUse[];
  /** Names by kind that a slip of the fingers may have meant: the first ones, as looking through all takes long. */
  readonly known: ReadonlyMap<SymbolKind, string[]>;
}

const keyOf = ({ kind, word }: NameUse): string => `${kind} ${word.value}`;

const MOST_GUESSES = 100;

function collect({ names: all }: KeepalivedSubject): Names {
  const definitions = new Map<string, NameUse>();
  for (const use of all) {
    if (use.role === 'definition' && !definitions.has(keyOf(use))) definitions.set(keyOf(use), use);
  }
  const known = new Map<SymbolKind, string[]>();
  for (const { kind, word } of definitions.values()) {
    const names = known.get(kind) ?? [];
    known.set(kind, names);
    if (names.length < MOST_GUESSES) names.push(word.value);
  }
  return { definitions, uses: all.filter(({ role }) => role === 'use'), all, known };
}

/** Kinds of which names may be defined that nobody sees here. */
function openKinds(document: KeepalivedDocument, { all }: Names): ReadonlySet<SymbolKind> | 'all' {
  if (document.includes || document.root.incomplete) return 'all';
  return new Set(
    all.flatMap(({ role, kind, word, uncertain }) =>
      role === 'definition' && (word.dynamic || uncertain) ? [kind] : [],
    ),
  );
}

const WHAT: Readonly<Partial<Record<SymbolKind, string>>> = {
  vrrp_script: 'script',
  vrrp_track_process: 'process',
  track_file: 'file',
  bfd_instance: 'BFD session',
  vrrp_instance: 'instance',
};

interface Repeated {
  readonly word: Word;
  readonly first: Word;
  readonly words: readonly Word[];
  /** False when nothing needed may be left where it stands, once it is taken out. */
  readonly spare: boolean;
}

function* repeatedEntries({ entries, blockOf, least }: ListOfLines): Generator<Repeated> {
  const seen = new Map<string, { word: Word; block: Block | undefined }>();
  const all = new Set(least > 1 ? entries.flatMap(({ words }) => words.map(({ value }) => value)) : []);
  for (const entry of entries) {
    const { words, uncertain } = entry;
    const [word] = words;
    if (word === undefined || word.dynamic || uncertain) continue;
    const key = canonicalAddress(word.value.split('/')[0] ?? '');
    const first = seen.get(key);
    const block = blockOf.get(entry);
    if (first === undefined) seen.set(key, { word, block });
    else {
      const spare = first.block === block && (least <= 1 || (all.size >= least && words.length === 1));
      yield { word, first: first.word, words, spare };
    }
  }
}

/** Lists whose lines are each of something else. */
const UNLIKE: ReadonlySet<ValueKind> = new Set(['routes', 'rules', 'mail', 'delays', 'servers']);

/** Lines that keepalived puts into one list. */
interface ListOfLines {
  readonly entries: Entry[];
  readonly blockOf: Map<Entry, Block>;
  /** How many different lines are needed. */
  readonly least: number;
}

function addLines(list: ListOfLines, block: Block): void {
  for (const entry of block.entries) {
    list.entries.push(entry);
    list.blockOf.set(entry, block);
  }
}

/** The lines that keepalived puts into one list: those of all blocks of a keyword in an instance or a group. */
function* listsOf({ blocks }: KeepalivedDocument): Generator<ListOfLines> {
  const isShared = (block: Block | undefined): boolean =>
    /^vrrp_(?:instance|sync_group)$/.test(block?.kind ?? '');
  for (const block of blocks) {
    if (isShared(block)) {
      const lists = new Map<string, ListOfLines>();
      const isGroup = block.kind === 'vrrp_sync_group';
      for (const { keyword, block: inner } of block.statements) {
        if (inner?.values === undefined || UNLIKE.has(inner.values)) continue;
        const least = isGroup && keyword.value === 'group' ? 2 : 1;
        const list = lists.get(keyword.value) ?? { entries: [], blockOf: new Map(), least };
        lists.set(keyword.value, list);
        addLines(list, inner);
      }
      yield* lists.values();
    } else if (
      block.values !== undefined &&
      !UNLIKE.has(block.values) &&
      !isShared(block.header?.parent) &&
      block.header?.parent.kind !== 'garp_group'
    ) {
      const list = { entries: [], blockOf: new Map(), least: 1 };
      addLines(list, block);
      yield list;
    }
  }
}

/** The interfaces of all groups of announcements, each as a line: one may be in one group only, and once. */
function interfacesOfGroups({ blocks }: KeepalivedDocument): Entry[] {
  return blocks
    .filter(({ kind }) => kind === 'garp_group')
    .flatMap(({ statements }) => statements)
    .flatMap(({ keyword, args, block, line, uncertain }) => {
      const words = keyword.value === 'interface' ? args.slice(0, 1) : [];
      const listed =
        keyword.value === 'interfaces' ? (block?.entries ?? []).flatMap((entry) => entry.words) : [];
      return [...words, ...listed].map((word) => ({ line, words: [word], uncertain }));
    });
}

/**
 * Where an instance's adverts are heard: instances that share one of these places clash. By multicast it is one place,
 * by unicast one for each peer. Nothing when the file does not say it all.
 */
function advertPlaces(instance: Instance): string[] {
  const { incomplete, family } = instance;
  const [id, device] = [instance.value('virtual_router_id'), instance.value('interface')];
  if (incomplete || family === undefined || id === undefined || device === undefined) return [];
  if (Number.isNaN(Number(id))) return [];
  const place = (...address: readonly (string | undefined)[]): string =>
    JSON.stringify([family, Number(id), device, ...address.map((part) => part ?? null)]);
  const peers = instance.entries('unicast_peer');
  if (peers.length === 0) return [place(instance.value('mcast_dst_ip'))];
  const from = instance.value('unicast_src_ip');
  return peers.map(({ words }) => place(from, canonicalAddress(words[0]?.value ?? '')));
}

/** What each instance or group uses, by kind and name. */
function usesByBlock(uses: readonly NameUse[]): ReadonlyMap<Block | undefined, ReadonlySet<string>> {
  const found = new Map<Block | undefined, Set<string>>();
  for (const use of uses) {
    const parent = use.statement?.parent;
    const names = found.get(parent) ?? new Set();
    found.set(parent, names.add(keyOf(use)));
  }
  return found;
}

/** Names that are given, used, and not. */
export const NAME_RULES: readonly KeepalivedRule[] = [
  rule('KAD030', 'error', TOPIC, 'A name is given twice', (subject, report) => {
    const { all, definitions } = collect(subject);
    for (const use of all) {
      const first = definitions.get(keyOf(use));
      if (use.role !== 'definition' || first === undefined || first === use) continue;
      if (use.word.dynamic || use.uncertain || first.uncertain) continue;
      const refused = REFUSED_TWICE.has(use.kind);
      report({
        span: use.word,
        message: refused
          ? `The name "${use.word.value}" is taken; keepalived skips this whole block.`
          : `The name "${use.word.value}" is taken; keepalived uses the first block of this name only.`,
        remedy: 'Give it another name, or remove one of the blocks.',
        related: { span: first.word, message: 'the first block of this name' },
        ...(refused ? {} : { severity: 'warning' }),
      });
    }
  }),
  rule('KAD031', 'error', TOPIC, 'A name is not defined where it is used', (subject, report) => {
    const { document } = subject;
    const names = collect(subject);
    const open = openKinds(document, names);
    if (open === 'all') return;
    const known = (kind: SymbolKind): string[] => names.known.get(kind) ?? [];
    const besides = usesByBlock(names.uses);
    for (const { kind, word, uncertain, statement } of names.uses) {
      const what = WHAT[kind];
      if (what === undefined || word.dynamic || uncertain || open.has(kind)) continue;
      // Keepalived only logs it for these groups.
      if (statement?.parent.kind === 'track_group') continue;
      const found = names.definitions.get(`${kind} ${word.value}`);
      if (found !== undefined && (!ABOVE.has(kind) || found.word.start < word.start)) continue;
      const close = found === undefined ? closestWord(word.value, known(kind)) : undefined;
      report({
        span: word,
        message:
          found === undefined
            ? `No ${what} "${word.value}" is defined; keepalived ignores the line.`
            : `The ${what} "${word.value}" is defined below; keepalived knows only what stands above and ignores the line.`,
        remedy:
          found !== undefined
            ? `Move the block "${kind} ${word.value}" to the top.`
            : close === undefined
              ? `Define it with "${kind} ${word.value} { … }" above.`
              : `Did you mean "${close}"?`,
        ...(found === undefined ? {} : { related: { span: found.word, message: 'where it is defined' } }),
        // It would stand there twice, and which of the two lines is meant is not known.
        ...(close === undefined || besides.get(statement?.parent)?.has(`${kind} ${close}`) === true
          ? {}
          : {
              fix: { title: `Write ${close}`, edits: [{ start: word.start, end: word.end, newText: close }] },
            }),
      });
    }
  }),
  rule('KAD032', 'warning', TOPIC, 'A line stands twice in a block', ({ document }, report) => {
    for (const list of listsOf(document)) {
      for (const { word, first, words, spare } of repeatedEntries(list)) {
        const line = { start: word.start, end: words.at(-1)?.end ?? word.end };
        report({
          span: word,
          message: `"${word.value}" stands in this block before.`,
          remedy: 'Remove one of the lines.',
          related: { span: first, message: 'the first one' },
          ...(spare ? { fix: { title: 'Remove the line', edits: [removal(document, line)] } } : {}),
        });
      }
    }
    for (const { word, first } of repeatedEntries({
      entries: interfacesOfGroups(document),
      blockOf: new Map(),
      least: 1,
    })) {
      report({
        span: word,
        message: `"${word.value}" has its pauses already; keepalived ignores them here.`,
        remedy: 'Name each interface in one garp_group, once.',
        related: { span: first, message: 'the first one' },
      });
    }
  }),
  rule('KAD033', 'error', TOPIC, 'Two instances have the same router id', ({ instances }, report) => {
    const taken = new Map<string, number>();
    for (const [at, instance] of instances.entries()) {
      let first = at;
      for (const place of advertPlaces(instance)) {
        const other = taken.get(place);
        if (other === undefined) taken.set(place, at);
        else first = Math.min(first, other);
      }
      const before = first === at ? undefined : instances[first];
      const id = instance.last('virtual_router_id')?.args[0];
      const otherId = before?.last('virtual_router_id')?.args[0];
      if (before === undefined || id === undefined || otherId === undefined) continue;
      const message = `"${before.name?.value ?? ''}" has the router id ${otherId.value} on the same interface too; keepalived does not start either of them.`;
      report({
        span: id,
        message,
        remedy: 'Give each its own virtual_router_id.',
        related: { span: otherId, message: 'the other one' },
      });
    }
  }),
  rule('KAD034', 'warning', TOPIC, 'What is defined is never used', (subject, report) => {
    const { document } = subject;
    const names = collect(subject);
    const used = new Set(names.uses.map(keyOf));
    if (document.includes || document.root.incomplete || names.uses.some(({ word }) => word.dynamic)) return;
    if (document.treeFaults.length > 0) return;
    if (document.blocks.some((block) => block.incomplete)) return;
    // A name that nobody defines may be meant for one that nobody uses: the slip has its own finding.
    const undefinedKinds = new Set(
      names.uses.filter((use) => !names.definitions.has(keyOf(use))).map(({ kind }) => kind),
    );
    for (const use of names.definitions.values()) {
      if (undefinedKinds.has(use.kind)) continue;
      if (!ABOVE.has(use.kind) || use.word.dynamic || used.has(keyOf(use))) continue;
      if (use.kind === 'bfd_instance') continue;
      const block = use.kind === 'track_file' ? 'track_file' : use.kind.replace(/^vrrp_(track_)?/, 'track_');
      report({
        span: use.word,
        message: `No instance watches "${use.word.value}": its failure changes nothing.`,
        remedy: `Name it in a block "${block}" of the instance.`,
        tags: ['unnecessary'],
      });
    }
  }),
  rule('KAD035', 'error', TOPIC, 'An instance is in two groups', ({ document }, report) => {
    const groups = document.root.statements.filter(({ keyword }) => keyword.value === 'vrrp_sync_group');
    const seen = new Map<string, { word: Word; group: number }>();
    for (const [at, { block, uncertain }] of groups.entries()) {
      for (const word of block === undefined || uncertain ? [] : membersOf(block.statements)) {
        const first = seen.get(word.value);
        if (first === undefined) seen.set(word.value, { word, group: at });
        if (first === undefined || first.group === at || word.dynamic) continue;
        report({
          span: word,
          message: `"${word.value}" is in another group already; keepalived leaves it out here.`,
          remedy: 'Leave it in one group.',
          related: { span: first.word, message: 'the group it is in' },
        });
      }
    }
  }),
  rule('KAD036', 'error', TOPIC, 'A group has one instance only', ({ document }, report) => {
    if (document.includes) return;
    for (const { keyword, args, block, uncertain } of document.root.statements) {
      const [name] = args;
      if (keyword.value !== 'vrrp_sync_group' || block === undefined || name === undefined) continue;
      const members = membersOf(block.statements);
      const open =
        uncertain ||
        block.incomplete ||
        block.statements.some(({ block: inner }) => inner?.incomplete === true);
      if (members.length !== 1 || open || members[0]?.dynamic === true) continue;
      report({
        span: name,
        message: `"${name.value}" has one instance only: there is nothing to keep together, and "keepalived -t" refuses the file.`,
        remedy: 'Add the other instances, or remove the group.',
      });
    }
  }),
];
