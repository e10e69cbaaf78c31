import * as ruby from '@ruby/prism/src/nodes.js';
import { lastAtMost } from '../../../../finding/text-lines';
import type { Problem, ReportProblem, Span } from '../../../core/rules/rule';
import { certainPath, isCertain, type Assignment } from '../../evaluate/evaluated-config';
import type { GitlabRbSubject } from '../../subject';
import type { RubyValue } from '../../evaluate/value';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { PathMap } from '../support/path-map';
import { perSubject } from '../support/per-subject';
import { written } from '../support/read';
import { missingKeys, sameValue } from '../support/same-value';
import { replaces } from '../support/statements';
import { LOADER_TOPIC } from '../support/topics';
import { firstSyntaxError } from '../support/words';
import { append } from '../../../core/data/append';

/** A statement without effect, and the later one that takes it away. */
interface Lost {
  readonly name: string;
  readonly first: Assignment;
  readonly later: Assignment;
  /** Keys that are set no more afterwards; empty when all of them are written again. */
  readonly missing: readonly string[];
  readonly same: boolean;
}

export const SET_TWICE: GitlabRbRule = {
  id: 'GLR006',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'A setting is written twice',
  check(subject, report) {
    for (const lost of lostStatements(subject)) {
      if (lost.missing.length > 0) continue;
      const { line } = lost.later.range.start;
      report({
        ...places(subject, lost),
        message: lost.same
          ? `${lost.name} is written again in line ${line + 1} with the same value.`
          : `${lost.name} is written again in line ${line + 1}: that one wins, and this line has no effect.`,
        remedy: 'Keep one of the two.',
        tags: ['unnecessary'],
        ...(lost.same ? { severity: 'information' } : {}),
      });
    }
    const end = firstSyntaxError(subject);
    for (const { node } of subject.scan.hashes) {
      if (subject.spanOf(node.location).start < end) checkKeys(subject, node, report);
    }
  },
};

/** One key twice in one hash: the last wins. */
function checkKeys(subject: GitlabRbSubject, { elements }: ruby.HashNode, report: ReportProblem): void {
  const last = new Map<string, Span>();
  for (const element of elements.toReversed()) {
    // What is spread into the hash may bring any key along.
    if (!(element instanceof ruby.AssocNode)) return;
    const { key } = element;
    if (!(key instanceof ruby.StringNode || key instanceof ruby.SymbolNode)) continue;
    const name = key.unescaped.value;
    const span = subject.spanOf(key.location);
    const later = last.get(name);
    last.set(name, span);
    if (later === undefined) continue;
    report({
      span,
      message: `The key ${name} is written again in this hash: that one wins, and this one has no effect.`,
      remedy: 'Keep one of the two.',
      tags: ['unnecessary'],
      related: { span: later, message: `${name} is written again here` },
    });
  }
}

export const HASH_REPLACED: GitlabRbRule = {
  id: 'GLR007',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A later assignment erases settings',
  check(subject, report) {
    for (const lost of lostStatements(subject)) {
      if (lost.missing.length === 0) continue;
      const { line } = lost.later.range.start;
      const keys = lost.missing.slice(0, 5).join(', ') + (lost.missing.length > 5 ? ', …' : '');
      report({
        ...places(subject, lost),
        message: `Line ${line + 1} replaces all of ${written(lost.later.root, certainPath(lost.later.path) ?? [])}, so this is lost: ${keys}.`,
        remedy: 'Write one hash with all keys, or set the later keys one by one with [...].',
      });
    }
  },
};

function places(subject: GitlabRbSubject, { first, later, name }: Lost): Pick<Problem, 'span' | 'related'> {
  return {
    span: subject.span(first.targetRange),
    related: { span: subject.span(later.targetRange), message: `${name} is replaced here` },
  };
}

/** Statements whose whole effect a later one certainly takes away, while nothing reads it in between. */
const lostStatements = perSubject((subject): readonly Lost[] => {
  const found: Lost[] = [];
  const replacements = new PathMap<Assignment>();
  const reads = readPlaces(subject);
  const end = firstSyntaxError(subject);
  for (const first of subject.config.assignments.toReversed()) {
    const { root, path } = first;
    if (!isCertain(path) || !first.certain) continue;
    if (end < Infinity && subject.span(first.range).end >= end) continue;
    const later = replacements.nearest(root, path);
    if (later === undefined) {
      if (replaces(subject, first)) replacements.set(root, path, first);
      continue;
    }
    const lost = loss(first, path, later);
    if (lost !== undefined && !readBetween(subject, reads, first, later)) found.push(lost);
  }
  return found.reverse();
});

function loss(first: Assignment, path: readonly string[], later: Assignment): Lost | undefined {
  // A loop runs one statement several times.
  if (samePlace(first, later)) return undefined;
  const name = written(first.root, path);
  const now = valueBelow(later.value, path.slice(later.path.length));
  if (now === 'unknown') return undefined;
  if (now === undefined) return { name, first, later, missing: [path.at(-1) ?? first.root], same: false };
  const missing = missingKeys(first.value, now);
  return missing === undefined
    ? undefined
    : { name, first, later, missing, same: sameValue(first.value, now) };
}

function valueBelow(value: RubyValue, path: readonly string[]): RubyValue | 'unknown' | undefined {
  let current: RubyValue | undefined = value;
  for (const key of path) {
    if (current.kind === 'unknown') return 'unknown';
    if (current.kind !== 'hash') return undefined;
    const next: RubyValue | undefined = current.entries.get(key)?.value;
    if (next === undefined) return current.open === undefined ? undefined : 'unknown';
    current = next;
  }
  return current;
}

function samePlace(one: Assignment, other: Assignment): boolean {
  const { start } = one.range;
  return start.line === other.range.start.line && start.character === other.range.start.character;
}

/** Where each root is read, in the order of the file. */
function readPlaces(subject: GitlabRbSubject): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const { node, part } of subject.scan.calls) {
    if (node.name !== '[]' || part === 'base') continue;
    let base = node.receiver;
    while (base instanceof ruby.CallNode && base.name === '[]') base = base.receiver;
    if (!(base instanceof ruby.CallNode)) continue;
    append(places, base.name, subject.index.utf16Offset(node.location.startOffset));
  }
  return places;
}

function readBetween(
  subject: GitlabRbSubject,
  reads: ReadonlyMap<string, readonly number[]>,
  first: Assignment,
  later: Assignment,
): boolean {
  const from = subject.span(first.range).end;
  const to = subject.span(later.range).end;
  const places = reads.get(first.root) ?? [];
  const last = lastAtMost(places, to - 1);
  return (places[last] ?? -1) >= from && (places[last] ?? to) < to;
}
