import type { Location, Node } from '@ruby/prism/src/nodes.js';
import type { Range } from '../../../finding/finding';
import { ByteRange } from '../../core/text/byte-range';
import type { Utf8Index } from '../../core/text/utf8-index';
import type { ConfigTree } from './config-tree';
import type { Assignment, Inclusion, Misread, ShadowedRoot } from './evaluated-config';
import { unknown, type RubyValue, type UnknownValue } from './value';

/** Bounds that keep a hostile or broken file from costing time or memory. */
export const LIMITS = { depth: 250, steps: 100_000, text: 65_536, items: 10_000 } as const;

/** The state of one evaluation; every part of the evaluator works on it. */
export interface Evaluation {
  readonly index: Utf8Index;
  readonly tree: ConfigTree;
  readonly locals: Map<string, RubyValue>;
  /** Methods the file defines itself. */
  readonly methods: Set<string>;
  readonly assignments: Assignment[];
  readonly shadowed: ShadowedRoot[];
  readonly inclusions: Inclusion[];
  readonly misread: Misread[];
  /** Why what is evaluated now may not run at all; undefined while it certainly does. */
  doubt: string | undefined;
  depth: number;
  steps: number;
  /** The first place that was left out because a limit was reached. */
  exhausted: UnknownValue | undefined;
  /** Where everything counts as written: the `from_file` that reads this file; undefined for the file itself. */
  readonly place: Range | undefined;
  /** Evaluates a file that `from_file` names, at its place; false when its text is not at hand or cannot be read. */
  include(path: string, place: Range): boolean;
  /** Evaluates any node; the parts call each other through it. */
  evaluate(node: Node): RubyValue;
}

/** The range of a node or of one of its parts. */
export function rangeOf(evaluation: Evaluation, location: Location): Range {
  return evaluation.place ?? new ByteRange(evaluation.index, location.startOffset, location.length);
}

/** The source text of a location. */
export function sourceOf(evaluation: Evaluation, location: Location): string {
  const { index } = evaluation;
  const start = index.utf16Offset(location.startOffset);
  return index.lines.text.slice(start, index.utf16Offset(location.startOffset + location.length));
}

/** An unknown value at a node. */
export function unknownAt(evaluation: Evaluation, node: Node, reason: string): UnknownValue {
  return unknown(reason, rangeOf(evaluation, node.location));
}

/** Runs a part that may not run on the real machine: what it sets is unknown afterwards. */
export function inDoubt<T>(evaluation: Evaluation, reason: string, part: () => T): T {
  const before = evaluation.doubt;
  evaluation.doubt = before ?? reason;
  try {
    return part();
  } finally {
    evaluation.doubt = before;
  }
}
