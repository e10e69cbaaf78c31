import type { HaproxyDocument, Section, Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import { parseAddress, type Address } from '../check/addresses';
import { timeMs } from '../check/values';
import { createMeaning } from './meant';

export interface Server {
  readonly statement: Statement;
  readonly name: Word;
  readonly address: Word;
  readonly parsed: Address;
  /** Its own parameters and those of default-server lines before it: the last of each name counts. */
  has(parameter: string): boolean;
  /** The word after a parameter; undefined when it is not given. */
  value(parameter: string): Word | undefined;
}

export interface Bind {
  readonly statement: Statement;
  readonly address: Word;
  readonly ports: readonly number[];
}

/** A frontend, backend or listen section together with the defaults it inherits. */
export interface Proxy {
  readonly section: Section;
  readonly name: string;
  readonly frontend: boolean;
  readonly backend: boolean;
  /** `http`, `tcp` or `log`; undefined when it is unclear. */
  readonly mode: string | undefined;
  readonly binds: readonly Bind[];
  readonly servers: readonly Server[];
  /** Directives in effect, own ones last, by keyword. */
  all(keyword: string): readonly Statement[];
  /** Own directives only. */
  own(keyword: string): readonly Statement[];
  /** True when `option <name>` is in effect, undefined when that is unclear. */
  option(name: string): boolean | undefined;
  /** Milliseconds of `timeout <name>`; undefined when it is not set or unclear. */
  timeout(name: string): number | undefined;
  /** Backends that traffic of this proxy may reach: itself for listen. */
  readonly targets: readonly string[];
}

/** All proxies of a document, in its order. */
export function proxiesOf(document: HaproxyDocument): Proxy[] {
  const named = new Map<string, Groups>();
  const proxies: Proxy[] = [];
  let last = NONE;
  const asMeant = createMeaning();
  for (const section of document.sections) {
    if (section.kind === 'defaults') {
      last = groupsOf(section, section.statements.map(asMeant), named);
      if (section.name !== undefined) named.set(section.name.value, last);
    } else if (['frontend', 'backend', 'listen'].includes(section.kind) && section.name !== undefined) {
      const inherited = section.from === undefined ? last : (named.get(section.from.value) ?? NONE);
      proxies.push(toProxy(section, section.statements.map(asMeant), inherited));
    }
  }
  return proxies;
}

type Groups = ReadonlyMap<string, readonly Statement[]>;

const NONE: Groups = new Map();

/** Directives of a defaults section after those of the one it inherits itself, by keyword. */
function groupsOf(
  section: Section,
  statements: readonly Statement[],
  named: ReadonlyMap<string, Groups>,
): Groups {
  const groups = new Map<string, Statement[]>();
  const before = section.from === undefined ? NONE : (named.get(section.from.value) ?? NONE);
  for (const [keyword, inherited] of before) groups.set(keyword, [...inherited]);
  for (const [keyword, own] of groupByKeyword(statements)) {
    groups.set(keyword, [...(groups.get(keyword) ?? []), ...own]);
  }
  return groups;
}

function groupByKeyword(statements: readonly Statement[]): Map<string, Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) {
    const list = groups.get(statement.keyword.value);
    if (list === undefined) groups.set(statement.keyword.value, [statement]);
    else list.push(statement);
  }
  return groups;
}

function toProxy(section: Section, statements: readonly Statement[], before: Groups): Proxy {
  const own = groupByKeyword(statements);
  const all = (keyword: string): readonly Statement[] => {
    const inherited = before.get(keyword) ?? [];
    const added = own.get(keyword) ?? [];
    return inherited.length === 0 ? added : [...inherited, ...added];
  };
  const name = section.name?.value ?? '';
  const backend = section.kind !== 'frontend';
  return {
    section,
    name,
    frontend: section.kind !== 'backend',
    backend,
    mode: modeOf(all('mode')),
    binds: (own.get('bind') ?? []).flatMap(toBind),
    servers: backend ? serversOf(before.get('default-server') ?? [], statements) : [],
    all,
    own: (keyword) => own.get(keyword) ?? [],
    option: (wanted) => optionOf(all('option'), wanted),
    timeout: (wanted) => timeoutOf(all('timeout'), wanted),
    targets: targetsOf(section, name, all),
  };
}

function modeOf(modes: readonly Statement[]): string | undefined {
  const last = modes.at(-1);
  if (last === undefined) return 'tcp';
  return last.uncertain || last.args[0]?.dynamic === true ? undefined : last.args[0]?.value;
}

function toBind(statement: Statement): Bind[] {
  const [address] = statement.args;
  if (address === undefined) return [];
  const ports = address.value.split(',').flatMap((part) => {
    const { port } = parseAddress({ ...address, value: part });
    return port === undefined ? [] : [port];
  });
  return [{ statement, address, ports }];
}

function serversOf(inherited: readonly Statement[], statements: readonly Statement[]): Server[] {
  let shared: readonly Word[] = inherited.flatMap(({ args }) => args);
  const servers: Server[] = [];
  for (const statement of statements) {
    const { value } = statement.keyword;
    if (value === 'default-server') shared = [...shared, ...statement.args];
    const [name, address] = statement.args;
    if (value !== 'server' || name === undefined || address === undefined) continue;
    servers.push(toServer(statement, name, address, shared));
  }
  return servers;
}

function toServer(statement: Statement, name: Word, address: Word, shared: readonly Word[]): Server {
  const own = statement.args.slice(2);
  // Where a parameter stands: own ones count after the shared ones.
  const find = (wanted: string): number => {
    const at = own.findLastIndex((word) => word.value === wanted);
    return at >= 0 ? shared.length + at : shared.findLastIndex((word) => word.value === wanted);
  };
  const word = (at: number): Word | undefined => (at < shared.length ? shared[at] : own[at - shared.length]);
  return {
    statement,
    name,
    address,
    parsed: parseAddress(address),
    has: (wanted) => find(wanted) > find(`no-${wanted}`),
    value: (wanted) => (find(wanted) < 0 ? undefined : word(find(wanted) + 1)),
  };
}

function optionOf(options: readonly Statement[], wanted: string): boolean | undefined {
  const last = options.findLast((statement) => statement.args[0]?.value === wanted);
  if (last === undefined) return false;
  return last.uncertain ? undefined : last.modifier === undefined;
}

function timeoutOf(timeouts: readonly Statement[], wanted: string): number | undefined {
  const value = timeouts.findLast((statement) => statement.args[0]?.value === wanted)?.args[1];
  return value === undefined || value.dynamic ? undefined : timeMs(value.value);
}

function targetsOf(section: Section, name: string, all: (keyword: string) => readonly Statement[]): string[] {
  const used = [...all('use_backend'), ...all('default_backend')].flatMap(({ args }) => args[0]?.value ?? []);
  return section.kind === 'listen' ? [name, ...used] : section.kind === 'frontend' ? used : [];
}
