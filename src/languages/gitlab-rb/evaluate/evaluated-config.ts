import type { Finding, Range } from '../../../finding/finding';
import type { Lines } from '../ruby/syntax-findings';
import type { RubyValue } from './value';

/** One statement that sets something, in the order of the file. */
export interface Assignment {
  /** First word of the left side, e.g. `patroni`; for calls the name, e.g. `external_url`. */
  readonly root: string;
  /** Keys after the root, e.g. `['postgresql', 'max_connections']`. Undefined stands for a key that is not known. */
  readonly path: readonly (string | undefined)[];
  readonly value: RubyValue;
  /** The left side. */
  readonly targetRange: Range;
  /** The whole statement. */
  readonly range: Range;
  /** `root 'x'` and `root({ … })` instead of `root['key'] = x`. */
  readonly style: 'index' | 'call';
  /** False when the statement runs only under a condition or in a loop nobody can judge here. */
  readonly certain: boolean;
}

/** True when every key of a path is known. */
export function isCertain(path: readonly (string | undefined)[]): path is readonly string[] {
  return !path.includes(undefined);
}

/** The path when every key of it is known. */
export function certainPath(path: readonly (string | undefined)[]): readonly string[] | undefined {
  return isCertain(path) ? path : undefined;
}

/** `roles = […]` makes a Ruby variable, which GitLab never sees. */
export interface ShadowedRoot {
  readonly name: string;
  readonly range: Range;
}

/** `from_file 'x'`, `eval x`: further code. */
export interface Inclusion {
  /** Undefined when the path is not known, or there is none. */
  readonly path: string | undefined;
  readonly range: Range;
  /** True when the file was read, and what it sets is known. */
  readonly read?: boolean;
}

/** `root.key = x`: settings have no methods, so loading stops there. */
export interface Misread {
  readonly root: string;
  /** Keys before the dot. */
  readonly path: readonly (string | undefined)[];
  readonly range: Range;
}

/** gitlab.rb as it looks after loading, without having run it. */
export interface EvaluatedConfig {
  readonly assignments: readonly Assignment[];
  /** What each root holds in the end. Hash roots are hashes, called roots whatever they were called with. */
  readonly tree: ReadonlyMap<string, RubyValue>;
  readonly shadowed: readonly ShadowedRoot[];
  readonly inclusions: readonly Inclusion[];
  readonly misread: readonly Misread[];
  /** Lines that a syntax error spoils: what was read there may be something else. */
  readonly damaged: readonly Lines[];
  /** Syntax errors (GRB001) and, when the parser gave up, GRB002. */
  readonly findings: readonly Finding[];
}
