import { parseAddress, type Address } from '../check/values/addresses';
import type { Statement } from '../syntax/document';
import type { Word } from '../syntax/word';

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

/** More parameters no default-server lines have; every server would look through them all. */
const MOST_SHARED = 100;

/** The servers of a section's lines, each with the default-server lines above it. */
export function serversOf(inherited: readonly Statement[], statements: readonly Statement[]): Server[] {
  let shared: readonly Word[] = inherited.flatMap(({ args }) => args).slice(-MOST_SHARED);
  const servers: Server[] = [];
  for (const statement of statements) {
    const { value } = statement.keyword;
    if (value === 'default-server') shared = [...shared, ...statement.args].slice(-MOST_SHARED);
    const [name, address] = statement.args;
    if (value !== 'server' || name === undefined || address === undefined) continue;
    servers.push(new ServerLine(statement, name, address, shared));
  }
  return servers;
}

/** The lines of a proxy by their keyword, with those it inherits and without. */
interface Lines {
  all(keyword: string): readonly Statement[];
  own(keyword: string): readonly Statement[];
}

/** What the server-template lines of a proxy make, each as one server; its name is the prefix. */
export function templatesOf(proxy: Lines): Server[] {
  const templates = proxy.own('server-template');
  if (templates.length === 0) return [];
  const [all, own] = [proxy.all('default-server'), proxy.own('default-server')];
  const wordsOf = (lines: readonly Statement[]): Word[] => lines.flatMap(({ args }) => args);
  const inherited = wordsOf(all.slice(0, all.length - own.length));
  return templates.flatMap((statement) => {
    const [name, , address] = statement.args;
    if (name === undefined || address === undefined) return [];
    const above = own.filter(({ keyword }) => keyword.start < statement.keyword.start);
    const shared = [...inherited, ...wordsOf(above)].slice(-MOST_SHARED);
    return [new ServerLine(statement, name, address, shared, 3)];
  });
}

class ServerLine implements Server {
  readonly parsed: Address;

  constructor(
    readonly statement: Statement,
    readonly name: Word,
    readonly address: Word,
    private readonly shared: readonly Word[],
    /** Where its own parameters begin. */
    private readonly from = 2,
  ) {
    this.parsed = parseAddress(address);
  }

  has(parameter: string): boolean {
    const at = this.find(parameter);
    return at >= 0 && at > this.find(`no-${parameter}`);
  }

  value(parameter: string): Word | undefined {
    const at = this.find(parameter);
    if (at < 0) return undefined;
    return at + 1 < this.shared.length ? this.shared[at + 1] : this.own(at + 1 - this.shared.length);
  }

  private own(at: number): Word | undefined {
    return this.statement.args[at + this.from];
  }

  /** Where a parameter stands: own ones count after the shared ones. */
  private find(parameter: string): number {
    const { from } = this;
    const { args } = this.statement;
    for (let at = args.length - 1; at >= from; at -= 1) {
      if (args[at]?.value === parameter) return this.shared.length + at - from;
    }
    for (let at = this.shared.length - 1; at >= 0; at -= 1) {
      if (this.shared[at]?.value === parameter) return at;
    }
    return -1;
  }
}

/** Parameters that put the PROXY protocol before a connection. */
const PROXY_PROTOCOL = ['send-proxy', 'send-proxy-v2', 'send-proxy-v2-ssl', 'send-proxy-v2-ssl-cn'];

/** The parameter by which a server is sent the PROXY protocol; undefined when it is not. */
export function sentProxyProtocol(server: Server): string | undefined {
  return PROXY_PROTOCOL.find((name) => server.has(name));
}
