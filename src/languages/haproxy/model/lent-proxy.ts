import type { Section, Statement } from '../syntax/document';
import type { Bind, Proxy } from './proxy';
import type { Server } from './servers';

/**
 * The proxy that was asked for last, with what its section held then. One is enough, as they are asked one after the
 * other; a map of weak references would keep all that is young from being collected.
 */
export interface Lent {
  statements?: readonly Statement[];
  proxy?: Proxy;
}

/**
 * A proxy of a long document: it keeps what others ask of all proxies, and lends the rest from what its section holds
 * at the time, which may have been read again.
 */
export class LentProxy implements Proxy {
  readonly section: Section;
  readonly name: string;
  readonly frontend: boolean;
  readonly backend: boolean;
  readonly runs: boolean;
  readonly mode: string | undefined;
  readonly binds: readonly Bind[];
  readonly targets: readonly string[];
  constructor(
    { section, name, frontend, backend, runs, mode, binds, targets }: Proxy,
    private readonly make: () => Proxy,
    private readonly lent: Lent,
  ) {
    this.section = section;
    this.name = name;
    this.frontend = frontend;
    this.backend = backend;
    this.runs = runs;
    this.mode = mode;
    this.binds = binds;
    this.targets = targets;
  }

  get servers(): readonly Server[] {
    return this.whole().servers;
  }

  get ports(): ReadonlySet<number> {
    return this.whole().ports;
  }

  all(keyword: string): readonly Statement[] {
    return this.whole().all(keyword);
  }

  own(keyword: string): readonly Statement[] {
    return this.whole().own(keyword);
  }

  option(name: string): boolean | undefined {
    return this.whole().option(name);
  }

  timeout(name: string): number | undefined {
    return this.whole().timeout(name);
  }

  private whole(): Proxy {
    const { statements } = this.section;
    if (this.lent.proxy !== undefined && this.lent.statements === statements) return this.lent.proxy;
    const proxy = this.make();
    this.lent.statements = statements;
    this.lent.proxy = proxy;
    return proxy;
  }
}
