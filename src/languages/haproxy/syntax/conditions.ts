import { atLeast, type HaproxyVersion } from '../schema/version';
import { conditionFault } from './condition-syntax';
import type { Line, Word } from './word';

/** Whether HAProxy reads a line: for sure, for sure not, or depending on its build and environment. */
export type Reach = 'read' | 'skipped' | 'unknown';

export interface ConditionFault {
  readonly word: Word;
  readonly message: string;
}

export interface ConditionResult {
  /** By line number. */
  readonly reach: readonly Reach[];
  readonly faults: readonly ConditionFault[];
}

interface Block {
  readonly opening: Word;
  /** Reach of the lines around the block. */
  readonly outer: Reach;
  /** True once a branch has been taken for sure; later ones are skipped then. */
  decided: boolean;
  /** True when an earlier branch may have been taken. */
  doubtful: boolean;
  elseSeen: boolean;
  current: Reach;
}

const DIRECTIVES = new Set(['.if', '.elif', '.else', '.endif', '.alert', '.warning', '.notice', '.diag']);

/**
 * Follows `.if` blocks: what is read, and which directives are misplaced. Depth is limited as in HAProxy.
 * @param files where files begin: a block ends in the file it begins in
 */
export function followConditions(
  lines: readonly Line[],
  version: HaproxyVersion,
  files: ReadonlySet<number> = new Set(),
): ConditionResult {
  const blocks: Block[] = [];
  const faults: ConditionFault[] = [];
  const reach: Reach[] = [];
  const leave = (): void => {
    for (const block of blocks.splice(0)) {
      faults.push({ word: block.opening, message: 'This .if block is never ended by .endif.' });
    }
  };
  for (const line of lines) {
    if (files.has(line.start)) leave();
    const [first, second] = line.words;
    const around = blocks.at(-1)?.current ?? 'read';
    reach.push(around);
    if (first === undefined || line.fault !== undefined || !first.value.startsWith('.')) continue;
    const fail = (message: string, word = first): void => void faults.push({ word, message });
    if (first.value === '.if') {
      if (blocks.length >= 16) fail('More than 16 nested .if blocks.');
      if (around === 'read') checkSyntax(line, fail);
      blocks.push(open(first, around, evaluate(line.words.slice(1), version)));
    } else if (['.elif', '.else', '.endif'].includes(first.value)) {
      if (first.value === '.elif' && mayDecide(blocks.at(-1))) checkSyntax(line, fail);
      branch(first, line, blocks, version, fail);
      if (second !== undefined && first.value !== '.elif') {
        fail(`"${first.value}" takes no argument.`, second);
      }
    } else if (around === 'read') {
      message(line, first, fail);
    }
  }
  leave();
  return { reach, faults };
}

/** Whether HAProxy may have to read the condition of an `.elif`. */
function mayDecide(block: Block | undefined): boolean {
  return block?.outer === 'read' && !block.decided;
}

function checkSyntax(line: Line, fail: (message: string, word?: Word) => void): void {
  const words = line.words.slice(1);
  const [first] = words;
  const fault = conditionFault(words.map(({ value }) => value).join(' '));
  if (fault === undefined || first === undefined) return;
  fail(fault.message, { ...first, end: words.at(-1)?.end ?? first.end });
}

function message(line: Line, first: Word, fail: (message: string, word?: Word) => void): void {
  const extra = line.words[2];
  if (!DIRECTIVES.has(first.value)) fail(`Unknown directive "${first.value}".`);
  else if (extra !== undefined) fail('A message with spaces must stand in quotes.', extra);
  else if (first.value === '.alert') fail('HAProxy stops here: .alert refuses the configuration.');
}

function open(opening: Word, outer: Reach, value: Reach): Block {
  const current = outer === 'skipped' ? 'skipped' : combine(outer, value);
  return {
    opening,
    outer,
    decided: value === 'read',
    doubtful: value === 'unknown',
    elseSeen: false,
    current,
  };
}

function branch(
  word: Word,
  line: Line,
  blocks: Block[],
  version: HaproxyVersion,
  fail: (message: string) => void,
): void {
  const block = blocks.at(-1);
  if (block === undefined) return fail(`"${word.value}" without an .if before it.`);
  if (word.value === '.endif') return void blocks.pop();
  if (block.elseSeen) fail(`"${word.value}" after .else.`);
  const value = word.value === '.elif' ? evaluate(line.words.slice(1), version) : 'read';
  if (word.value === '.else') block.elseSeen = true;
  if (block.outer === 'skipped' || block.decided) block.current = 'skipped';
  else block.current = combine(block.outer, block.doubtful && value === 'read' ? 'unknown' : value);
  if (value === 'read') block.decided = true;
  if (value === 'unknown') block.doubtful = true;
}

function combine(outer: Reach, inner: Reach): Reach {
  if (outer === 'skipped' || inner === 'skipped') return 'skipped';
  return outer === 'unknown' || inner === 'unknown' ? 'unknown' : 'read';
}

/** Decides what does not depend on the machine: constants and comparisons with the version. */
function evaluate(words: readonly Word[], version: HaproxyVersion): Reach {
  const text = words.map((word) => word.value).join(' ');
  if (words.some((word) => word.dynamic) || words.length !== 1) return 'unknown';
  const negated = text.startsWith('!');
  const plain = negated ? text.slice(1) : text;
  const call = /^version_(atleast|before)\((\d+\.\d+)[^)]*\)$/.exec(plain);
  let value: boolean;
  if (/^\d+$/.test(plain)) value = Number(plain) !== 0;
  else if (call !== null) value = atLeast(version, call[2] ?? '0.0') === (call[1] === 'atleast');
  else return 'unknown';
  return value === negated ? 'skipped' : 'read';
}
