import type { HaproxyDocument, Section, Statement } from '../syntax/document';
import { MOST_ADDRESSES, parseAddress } from '../check/values/addresses';
import { timeMs } from '../check/values/values';
import { createMeaning, type Meaning } from './meant';
import { LentProxy, type Lent } from './lent-proxy';
import type { Bind, Proxy } from './proxy';
import { serversOf, type Server } from './servers';
import { stoppedSections } from './stopped';
import { append } from '../../core/data/append';

export type { Bind, Proxy } from './proxy';
export type { Server } from './servers';

const PROXY_KINDS = new Set(['frontend', 'backend', 'listen']);

/** A proxy that is made of what is known of its lines: that can be let go, and read again. */
export interface ReadProxy extends Proxy {
  /** The same proxy, which reads its lines when it is asked for them. */
  afresh(lent: Lent): Proxy;
}

/** All proxies of a document, in its order. */
export function proxiesOf(document: HaproxyDocument, asMeant: Meaning = createMeaning()): ReadProxy[] {
  const named = new Map<string, Groups>();
  const proxies: ReadProxy[] = [];
  let last = NONE;
  const stopped = stoppedSections(document);
  for (const section of document.sections) {
    if (section.kind === 'defaults') {
      last = groupsOf(section, section.statements.map(asMeant), named);
      if (section.name !== undefined) named.set(section.name.value, last);
    } else if (PROXY_KINDS.has(section.kind) && section.name !== undefined) {
      const inherited = section.from === undefined ? last : (named.get(section.from.value) ?? NONE);
      const runs = !section.header.uncertain && !stopped.has(section);
      proxies.push(new InheritingProxy(section, inherited, asMeant, runs));
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
  'email-alert',
  'external-check',
  'http-check',
  'mode',
  'option',
  'source',
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
class InheritingProxy implements ReadProxy {
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
    private readonly before: Groups,
    private readonly asMeant: Meaning,
    readonly runs: boolean,
  ) {
    const statements = section.statements.map(asMeant);
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

  afresh(lent: Lent): Proxy {
    const { section, before, asMeant, runs } = this;
    return new LentProxy(this, () => new InheritingProxy(section, before, asMeant, runs), lent);
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
