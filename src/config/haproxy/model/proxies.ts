import type { HaproxyDocument, Section, Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import { parseAddress, type Address } from '../check/addresses';
import { timeMs } from '../check/values';

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
  const named = new Map<string, Section>();
  const proxies: Proxy[] = [];
  let last: Section | undefined;
  for (const section of document.sections) {
    if (section.kind === 'defaults') {
      last = section;
      if (section.name !== undefined) named.set(section.name.value, section);
    } else if (['frontend', 'backend', 'listen'].includes(section.kind) && section.name !== undefined) {
      const defaults = section.from === undefined ? last : named.get(section.from.value);
      proxies.push(toProxy(section, inherited(defaults, named)));
    }
  }
  return proxies;
}

/** Statements of a defaults section, after those of the one it inherits itself. */
function inherited(defaults: Section | undefined, named: ReadonlyMap<string, Section>): Statement[] {
  const chain: Section[] = [];
  for (let at = defaults; at !== undefined && !chain.includes(at);) {
    chain.unshift(at);
    at = at.from === undefined ? undefined : named.get(at.from.value);
  }
  return chain.flatMap((section) => [...section.statements]);
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

function toProxy(section: Section, before: readonly Statement[]): Proxy {
  const effective = groupByKeyword([...before, ...section.statements]);
  const own = groupByKeyword(section.statements);
  const all = (keyword: string): readonly Statement[] => effective.get(keyword) ?? [];
  const name = section.name?.value ?? '';
  const backend = section.kind !== 'frontend';
  return {
    section,
    name,
    frontend: section.kind !== 'backend',
    backend,
    mode: modeOf(all('mode')),
    binds: (own.get('bind') ?? []).flatMap(toBind),
    servers: backend ? serversOf([...before, ...section.statements]) : [],
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

function serversOf(statements: readonly Statement[]): Server[] {
  const shared: Word[] = [];
  const servers: Server[] = [];
  for (const statement of statements) {
    const { value } = statement.keyword;
    if (value === 'default-server') shared.push(...statement.args);
    const [name, address] = statement.args;
    if (value !== 'server' || name === undefined || address === undefined) continue;
    servers.push(toServer(statement, name, address, [...shared, ...statement.args.slice(2)]));
  }
  return servers;
}

function toServer(statement: Statement, name: Word, address: Word, parameters: readonly Word[]): Server {
  const find = (wanted: string): number => parameters.findLastIndex((word) => word.value === wanted);
  return {
    statement,
    name,
    address,
    parsed: parseAddress(address),
    has: (wanted) => find(wanted) > find(`no-${wanted}`),
    value: (wanted) => (find(wanted) < 0 ? undefined : parameters[find(wanted) + 1]),
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
