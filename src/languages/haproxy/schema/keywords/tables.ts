import { lazy } from '../../../core/data/lazy';
import { LazyMap } from '../../../core/data/lazy-map';
import { HAPROXY_VERSIONS, type HaproxyVersion } from '../version';
import data from './keywords.json';

/** Arguments of a sample fetch or converter, as `-dKall` prints them: `string,integer[,table]`. */
export interface Signature {
  readonly types: readonly string[];
  /** How many of them must be given. */
  readonly required: number;
}

export interface SampleFetch {
  readonly name: string;
  readonly signature: Signature;
  /** bool, sint, ipv4, ipv6, addr, str, bin, meth, any, or empty. */
  readonly output: string;
  /** One character for each column of the listing: `Y` where it may be used. */
  readonly uses: string;
}

export interface Converter {
  readonly name: string;
  readonly signature: Signature;
  readonly input: string;
  readonly output: string;
}

/** What one branch of HAProxy knows, by name. */
export interface KeywordTable {
  readonly version: HaproxyVersion;
  readonly sections: ReadonlyMap<string, ReadonlySet<string>>;
  readonly actions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Options without arguments, with their sections and mode: `FE`, `BE`, `HTTP`. */
  readonly options: ReadonlyMap<string, ReadonlySet<string>>;
  /** Number of arguments of each parameter of a bind line; negative when it varies. */
  readonly bind: ReadonlyMap<string, number>;
  readonly server: ReadonlyMap<string, number>;
  /** ACL keywords: the fetch they use and their matching method. */
  readonly acl: ReadonlyMap<string, { readonly fetch: string; readonly match: string }>;
  readonly fetches: ReadonlyMap<string, SampleFetch>;
  readonly converters: ReadonlyMap<string, Converter>;
  readonly filters: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

type Variants = Readonly<Record<string, readonly string[]>>;
type Masks = Readonly<Record<string, number>>;

const bitOf = (version: HaproxyVersion): number => 1 << data.versions.indexOf(version);

/** What a branch has of a listing; each entry is read when one is met, as hundreds are listed and a file uses some. */
function variants<T>(
  record: Variants,
  bit: number,
  read: (name: string, fields: readonly string[]) => T,
): ReadonlyMap<string, T> {
  return new LazyMap(Object.keys(record), (name) => {
    const entries = Object.hasOwn(record, name) ? record[name] : undefined;
    const fields = entries?.map((entry) => entry.split('|')).findLast(([mask]) => (Number(mask) & bit) !== 0);
    return fields === undefined ? undefined : read(name, fields.slice(1));
  });
}

function names(masks: Masks, bit: number): Set<string> {
  return new Set(Object.keys(masks).filter((name) => ((masks[name] ?? 0) & bit) !== 0));
}

function groups(
  record: Readonly<Record<string, Masks>>,
  bit: number,
): ReadonlyMap<string, ReadonlySet<string>> {
  return new LazyMap(Object.keys(record), (name) => {
    const masks = Object.hasOwn(record, name) ? record[name] : undefined;
    return masks === undefined ? undefined : names(masks, bit);
  });
}

/** `string[,integer]` becomes two types of which one is required. */
function signature(text: string): Signature {
  const required = text.replace(/\[.*$/, '');
  const split = (list: string): string[] => list.split(',').filter((type) => type !== '');
  return { types: split(text.replace(/[[\]]/g, '')), required: split(required).length };
}

/** Hundreds are listed and a file uses some: their arguments are read when one is met. */
abstract class Listed {
  private known: Signature | undefined;

  constructor(
    readonly name: string,
    private readonly args: string,
  ) {}

  get signature(): Signature {
    return (this.known ??= signature(this.args));
  }
}

class ListedFetch extends Listed implements SampleFetch {
  constructor(
    name: string,
    args: string,
    readonly output: string,
    readonly uses: string,
  ) {
    super(name, args);
  }
}

class ListedConverter extends Listed implements Converter {
  constructor(
    name: string,
    args: string,
    readonly input: string,
    readonly output: string,
  ) {
    super(name, args);
  }
}

function build(version: HaproxyVersion): KeywordTable {
  const bit = bitOf(version);
  const arity = (_: string, [count = '0']: readonly string[]): number => Number(count);
  return {
    version,
    sections: groups(data.sections, bit),
    actions: groups(data.actions, bit),
    options: variants(data.options, bit, (_, [flags = '']) => new Set(flags.split(' '))),
    bind: variants(data.bind, bit, arity),
    server: variants(data.server, bit, arity),
    acl: variants(data.acl, bit, (_, [fetch = '', match = '']) => ({ fetch, match })),
    fetches: variants(data.fetches, bit, (name, [args = '', output = '', uses = '']) => {
      return new ListedFetch(name, args, output, uses);
    }),
    converters: variants(data.converters, bit, (name, [args = '', input = '', output = '']) => {
      return new ListedConverter(name, args, input, output);
    }),
    filters: names(data.filters, bit),
    services: names(data.services, bit),
  };
}

/** Made when first asked for: a check needs those of one branch, and to make them takes longer than most checks. */
const TABLES: ReadonlyMap<HaproxyVersion, () => KeywordTable> = new Map(
  HAPROXY_VERSIONS.map((version) => [version, lazy(() => build(version))]),
);

/** The tables of a branch. */
export function keywordTable(version: HaproxyVersion): KeywordTable {
  return TABLES.get(version)?.() ?? build(version);
}

/** What begins a line of a section in any branch; a name may come more than once. */
export const LINE_NAMES: readonly string[] = Object.values<Masks>(data.sections).flatMap(Object.keys);

/** What begins a line of a listen section in any branch. */
export const LISTEN_LINES: ReadonlySet<string> = new Set(Object.keys(data.sections.listen));

/** Options without arguments in any branch. */
export const OPTION_NAMES: readonly string[] = Object.keys(data.options);

/** Branches whose table has what `has` asks for, oldest first. */
export function branchesWith(has: (table: KeywordTable) => boolean): HaproxyVersion[] {
  return HAPROXY_VERSIONS.filter((version) => has(keywordTable(version)));
}
