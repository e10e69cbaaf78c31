import type { HaproxyDocument, Section, Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import { MOST_ADDRESSES, parseAddress } from '../check/addresses';
import { timeMs } from '../check/values';
import { createMeaning } from './meant';
import { serversOf, type Server } from './servers';
import { append } from '../../core/data/append';

export type { Server } from './servers';

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
  /** Ports it listens on and those of its servers. */
  readonly ports: ReadonlySet<number>;
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

const PROXY_KINDS = new Set(['frontend', 'backend', 'listen']);

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
    } else if (PROXY_KINDS.has(section.kind) && section.name !== undefined) {
      const inherited = section.from === undefined ? last : (named.get(section.from.value) ?? NONE);
      proxies.push(new InheritingProxy(section, section.statements.map(asMeant), inherited));
    }
  }
  return proxies;
}

type Groups = ReadonlyMap<string, readonly Statement[]>;

const NONE: Groups = new Map();

/** Keywords whose lines in `defaults` are asked for. */
const INHERITED = [
  'default-server',
  'default_backend',
  'http-check',
  'mode',
  'option',
  'stats',
  'tcp-check',
  'tcp-request',
  'timeout',
  'use_backend',
];
/** More lines of one keyword no defaults section has; every proxy would look through them all. */
const MOST_INHERITED = 300;

/** Directives of a defaults section after those of the one it inherits itself, by keyword. */
function groupsOf(
  section: Section,
  statements: readonly Statement[],
  named: ReadonlyMap<string, Groups>,
): Groups {
  const groups = new Map<string, readonly Statement[]>();
  const before = section.from === undefined ? NONE : (named.get(section.from.value) ?? NONE);
  const own = groupByKeyword(statements);
  for (const keyword of INHERITED) {
    const all = [...(before.get(keyword) ?? []), ...(own.get(keyword) ?? [])];
    if (all.length > 0) groups.set(keyword, all.slice(-MOST_INHERITED));
  }
  return groups;
}

function groupByKeyword(statements: readonly Statement[]): Map<string, Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) {
    append(groups, statement.keyword.value, statement);
  }
  return groups;
}

/** A class, because a file may have thousands of them and each is asked by every rule. */
class InheritingProxy implements Proxy {
  readonly name: string;
  readonly frontend: boolean;
  readonly backend: boolean;
  readonly mode: string | undefined;
  readonly binds: readonly Bind[];
  readonly servers: readonly Server[];
  readonly ports: ReadonlySet<number>;
  readonly targets: readonly string[];
  private readonly groups: Groups;
  private readonly together = new Map<string, readonly Statement[]>();

  constructor(
    readonly section: Section,
    statements: readonly Statement[],
    private readonly before: Groups,
  ) {
    this.groups = groupByKeyword(statements);
    this.name = section.name?.value ?? '';
    this.frontend = section.kind !== 'backend';
    this.backend = section.kind !== 'frontend';
    this.mode = modeOf(this.all('mode'));
    this.binds = this.own('bind').flatMap(toBind);
    this.servers = this.backend ? serversOf(before.get('default-server') ?? [], statements) : [];
    this.ports = portsOf(this.binds, this.servers);
    this.targets = targetsOf(this);
  }

  all(keyword: string): readonly Statement[] {
    const inherited = this.before.get(keyword);
    if (inherited === undefined) return this.own(keyword);
    let all = this.together.get(keyword);
    if (all === undefined) {
      all = [...inherited, ...this.own(keyword)];
      this.together.set(keyword, all);
    }
    return all;
  }

  own(keyword: string): readonly Statement[] {
    return this.groups.get(keyword) ?? [];
  }

  option(name: string): boolean | undefined {
    return optionOf(this.all('option'), name);
  }

  timeout(name: string): number | undefined {
    return timeoutOf(this.all('timeout'), name);
  }
}

function portsOf(binds: readonly Bind[], servers: readonly Server[]): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const bind of binds) for (const port of bind.ports) ports.add(port);
  for (const { parsed } of servers) if (parsed.port !== undefined) ports.add(parsed.port);
  return ports;
}

function modeOf(modes: readonly Statement[]): string | undefined {
  const last = modes.at(-1);
  if (last === undefined) return 'tcp';
  return last.uncertain || last.args[0]?.dynamic === true ? undefined : last.args[0]?.value;
}

function toBind(statement: Statement): Bind[] {
  const [address] = statement.args;
  if (address === undefined) return [];
  const ports = address.value.split(',', MOST_ADDRESSES).flatMap((part) => {
    const { port } = parseAddress({ ...address, value: part });
    return port === undefined ? [] : [port];
  });
  return [{ statement, address, ports }];
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

function targetsOf(proxy: Pick<Proxy, 'section' | 'name' | 'frontend' | 'backend' | 'all'>): string[] {
  if (!proxy.frontend) return [];
  const targets = proxy.backend ? [proxy.name] : [];
  for (const keyword of ['use_backend', 'default_backend']) {
    for (const { args } of proxy.all(keyword)) if (args[0] !== undefined) targets.push(args[0].value);
  }
  return targets;
}
