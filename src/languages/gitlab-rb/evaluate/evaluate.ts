import type { ParseResult } from '@ruby/prism/src/deserialize.js';
import * as ruby from '@ruby/prism/src/nodes.js';
import { FILE_START, type Finding, type Range } from '../../../finding/finding';
import { plainRange } from '../../core/text/byte-range';
import { positionAt } from '../../../finding/text-lines';
import { utf8Index, type Utf8Index } from '../../core/text/utf8-index';
import { call } from './calls';
import { ConfigTree } from './config-tree';
import { control, other } from './control';
import type { EvaluatedConfig, Inclusion } from './evaluated-config';
import type { IncludedFiles } from './included-files';
import { LIMITS, rangeOf, unknownAt, type Evaluation } from './evaluation';
import { literal } from './literals';
import { RubyParserFailure, type RubyGrammar, type RubyParser } from '../ruby/ruby-parser';
import { syntaxDamage } from '../ruby/syntax-findings';
import type { RubyValue, UnknownValue } from './value';
import { write } from './writes';

const REMEDY = 'Write it as plain settings, without deep nesting and long loops.';
/** Real files with all their comments have about 160 KiB. */
const LARGEST_FILE = 2 * 1024 * 1024;

/** A file as the parser and the evaluation see it. */
export interface ReadConfig {
  /** Undefined when the parser gave up; the findings then say so. */
  readonly parsed: ParseResult | undefined;
  readonly config: EvaluatedConfig;
}

/**
 * Parses gitlab.rb and evaluates it without running it. Never throws: what the parser cannot take becomes a
 * finding. With a syntax error the readable rest is still evaluated, for editors; a real GitLab loads nothing.
 * @param file path relative to the workspace, for the findings
 * @param grammar of the Ruby that will read it
 * @param files what `from_file` finds, by path
 */
export function parseGitlabRb(
  parser: RubyParser,
  index: Utf8Index,
  file: string,
  grammar?: RubyGrammar,
  files: IncludedFiles = {},
): ReadConfig {
  const { text } = index.lines;
  if (text.length > LARGEST_FILE) {
    const config = refused(file, `it is larger than ${LARGEST_FILE / 1024 / 1024} MiB`);
    return { parsed: undefined, config };
  }
  try {
    const parsed = parser.parse(text, grammar);
    return { parsed, config: evaluateParsed(parsed, index, file, included(parser, files, grammar)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const at = error instanceof RubyParserFailure ? positionAt(index.lines, error.offset) : FILE_START.start;
    return { parsed: undefined, config: refused(file, reason, { start: at, end: at }) };
  }
}

/** What `parseGitlabRb` says of a text, for those who need only the settings. */
export function evaluateGitlabRb(parser: RubyParser, text: string, file: string): EvaluatedConfig {
  return parseGitlabRb(parser, utf8Index(text), file).config;
}

/** Parses a file that `from_file` names; undefined when it is not at hand, or Ruby stops at it. */
type Included = (path: string) => { readonly parsed: ParseResult; readonly index: Utf8Index } | undefined;

function included(parser: RubyParser, files: IncludedFiles, grammar: RubyGrammar | undefined): Included {
  return (path) => {
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    if (text === undefined || text.length > LARGEST_FILE) return undefined;
    try {
      const parsed = parser.parse(text, grammar);
      return parsed.errors.length > 0 ? undefined : { parsed, index: utf8Index(text) };
    } catch {
      // Too deep for the parser: what it sets is not known.
      return undefined;
    }
  };
}

/** Files that read each other end here. */
const MOST_INCLUDED = 4;

/** Evaluates an included file into the same settings: its variables are its own, and its places that of `from_file`. */
function include(
  outer: Evaluation,
  file: ReturnType<Included>,
  place: Range,
  find: Included,
  depth: number,
): boolean {
  if (file === undefined || depth > MOST_INCLUDED) return false;
  const inclusions: Inclusion[] = [];
  const inner: Evaluation = {
    ...outer,
    index: file.index,
    locals: new Map(),
    assignments: [],
    shadowed: [],
    inclusions,
    misread: [],
    place,
    include: (path, at) => include(inner, find(path), at, find, depth + 1),
    evaluate: (node) => evaluate(inner, node),
  };
  inner.evaluate(file.parsed.value.statements);
  outer.steps = inner.steps;
  outer.exhausted ??= inner.exhausted;
  return inner.misread.length === 0 && inclusions.every(({ read }) => read === true);
}

function evaluateParsed(
  parsed: ParseResult,
  index: Utf8Index,
  file: string,
  find: Included,
): EvaluatedConfig {
  const evaluation: Evaluation = {
    index,
    tree: new ConfigTree(),
    locals: new Map(),
    methods: new Set(),
    assignments: [],
    shadowed: [],
    inclusions: [],
    misread: [],
    doubt: undefined,
    depth: 0,
    steps: 0,
    exhausted: undefined,
    place: undefined,
    include: (path, at) => include(evaluation, find(path), at, find, 1),
    evaluate: (node) => evaluate(evaluation, node),
  };
  evaluation.evaluate(parsed.value.statements);
  const { assignments, tree, shadowed, inclusions, misread } = evaluation;
  const damage = syntaxDamage(parsed, index, file);
  const findings = [...damage.findings];
  if (evaluation.exhausted !== undefined) findings.push(incomplete(evaluation.exhausted, file));
  return {
    assignments,
    tree: tree.content,
    shadowed,
    inclusions,
    misread,
    findings,
    damaged: damage.damaged,
  };
}

function evaluate(evaluation: Evaluation, node: ruby.Node): RubyValue {
  const reason =
    evaluation.depth > LIMITS.depth
      ? 'it is nested too deeply'
      : evaluation.steps > LIMITS.steps
        ? 'the file does too much (a loop in a loop?)'
        : undefined;
  if (reason !== undefined) {
    const left = unknownAt(evaluation, node, reason);
    evaluation.exhausted ??= left;
    return left;
  }
  evaluation.depth += 1;
  evaluation.steps += 1;
  try {
    return dispatch(evaluation, node);
  } finally {
    evaluation.depth -= 1;
  }
}

function dispatch(evaluation: Evaluation, node: ruby.Node): RubyValue {
  if (node instanceof ruby.CallNode) return call(evaluation, node);
  if (node instanceof ruby.LocalVariableReadNode) {
    const nil: RubyValue = { kind: 'nil', range: rangeOf(evaluation, node.location) };
    return evaluation.locals.get(node.name) ?? nil;
  }
  if (node instanceof ruby.ConstantReadNode || node instanceof ruby.ConstantPathNode) {
    return unknownAt(evaluation, node, `it reads the constant ${node.name ?? ''}`);
  }
  if (node instanceof ruby.MissingNode) return unknownAt(evaluation, node, 'something is missing here');
  return (
    literal(evaluation, node) ??
    control(evaluation, node) ??
    write(evaluation, node) ??
    other(evaluation, node)
  );
}

/** What was left out might have set anything, so it must not go by in silence. */
function incomplete({ reason, range }: UnknownValue, file: string): Finding {
  return {
    code: 'GRB002',
    severity: 'error',
    file,
    range: plainRange(range),
    message: `${file} cannot be read from here on: ${reason}.`,
    remedy: REMEDY,
  };
}

function refused(file: string, reason: string, range: Range = FILE_START): EvaluatedConfig {
  const finding: Finding = {
    code: 'GRB002',
    severity: 'error',
    file,
    range,
    message: `${file} cannot be read: ${reason}.`,
    remedy: REMEDY,
  };
  return {
    assignments: [],
    tree: new Map(),
    shadowed: [],
    inclusions: [],
    misread: [],
    findings: [finding],
    damaged: [],
  };
}
