import type { Section, Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import type { Server } from './servers';

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
  /** False where HAProxy checks nothing between its lines: it is disabled, or only some environments have it. */
  readonly runs: boolean;
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
