import type { Span } from '../../core/rules/rule';
import { beginsAtRoot, findKeyword } from '../schema/schema';
import type { Keyword, ValueKind } from '../schema/keyword';
import { isMacro } from './definitions';
import type { Line, Word } from './word';

/** A keyword and its arguments. */
export interface Statement {
  readonly line: Line;
  readonly keyword: Word;
  readonly args: readonly Word[];
  /** What the tables say of it in its block; undefined for what they do not know. */
  readonly spec: Keyword | undefined;
  readonly parent: Block;
  readonly block: Block | undefined;
  /** True when it counts only on some machines, or is written several times by a sequence. */
  readonly uncertain: boolean;
}

/** A line of a block without keywords. */
export interface Entry {
  readonly line: Line;
  readonly words: readonly Word[];
  readonly uncertain: boolean;
}

export interface Block {
  /** Name of its table; `root` for the file, undefined for what the tables do not know. */
  readonly kind: string | undefined;
  readonly values: ValueKind | undefined;
  readonly header: Statement | undefined;
  readonly open: Span | undefined;
  readonly close: Span | undefined;
  readonly statements: readonly Statement[];
  readonly entries: readonly Entry[];
  /** True when an include or a definition adds lines nobody sees here. */
  readonly incomplete: boolean;
}

export type TreeFaultKind = 'never-closed' | 'extra-close' | 'missing-open' | 'unexpected-open';

export interface TreeFault {
  readonly kind: TreeFaultKind;
  readonly span: Span;
  /** The keyword of the block it is about. */
  readonly name: string;
  /** True for a block that was to begin at the very end of the file. */
  readonly atEnd?: boolean;
}

/** What lines are as blocks. */
interface Tree {
  readonly root: Block;
  readonly faults: readonly TreeFault[];
  /** Blocks nobody knows the keywords of, brace to brace; the last one may have no end. */
  readonly unknown: readonly Span[];
}

interface MutableBlock extends Block {
  close: Span | undefined;
  open: Span | undefined;
  incomplete: boolean;
  readonly statements: MutableStatement[];
  readonly entries: Entry[];
}

interface MutableStatement extends Statement {
  block: MutableBlock | undefined;
}

/**
 * Reads lines as a tree of blocks the way keepalived does, going on where it would stop. Never throws.
 * @param goesOn true when more lines follow that are not read: blocks may be closed there
 * @param unseen include lines whose files are not among the lines
 */
export function buildTree(lines: readonly Line[], goesOn: boolean, unseen: ReadonlySet<Line>): Tree {
  const builder = new TreeBuilder(unseen);
  for (const line of lines) builder.addLine(line);
  return builder.finish(goesOn);
}

/** More faults say nothing new; a file of nothing but braces would have millions. */
const MOST_FAULTS = 10_000;

class TreeBuilder {
  private readonly root = newBlock('root', undefined, undefined);
  private readonly stack: MutableBlock[] = [this.root];
  private readonly faults: TreeFault[] = [];
  /** The statement whose block has not begun yet. */
  private pending: MutableStatement | undefined;
  private readonly unknown: Span[] = [];
  private unknownStart = 0;
  /** Depth of braces within a block the tables do not know. */
  private unknownDepth = 0;
  /** True when braces stand in lines that count only on some machines. */
  private uncertainBraces = false;

  constructor(private readonly unseen: ReadonlySet<Line>) {}

  addLine(line: Line): void {
    if (this.unseen.has(line)) this.current.incomplete = true;
    const uncertain = line.condition !== undefined || line.kind === 'sequence';
    for (const piece of line.pieces) {
      if (piece.kind === 'words') this.addWords(line, piece.words, uncertain);
      else {
        if (uncertain) this.uncertainBraces = true;
        if (piece.kind === 'open') this.openBlock(piece);
        else this.closeBlock(piece);
      }
    }
  }

  finish(goesOn: boolean): Tree {
    if (goesOn) for (const block of this.stack) block.incomplete = true;
    else this.settlePending(undefined);
    if (this.unknownDepth > 0) this.unknown.push({ start: this.unknownStart, end: Infinity });
    if (!goesOn) for (const block of this.stack.slice(1)) this.reportOpen(block);
    const faults = this.uncertainBraces
      ? this.faults.filter(({ kind }) => kind === 'unexpected-open')
      : this.faults;
    return {
      root: this.root,
      faults: faults.sort((a, b) => a.span.start - b.span.start),
      unknown: this.unknown,
    };
  }

  private get current(): MutableBlock {
    return this.stack.at(-1) ?? this.root;
  }

  private addWords(line: Line, words: readonly Word[], uncertain: boolean): void {
    const [first] = words;
    if (first === undefined || this.unknownDepth > 0) return;
    this.settlePending(first);
    if (isMacro(first)) {
      this.current.incomplete = true;
      if (words.length === 1) return;
    }
    this.leaveUnclosed(first);
    const block = this.current;
    if (block.values !== undefined) block.entries.push({ line, words, uncertain });
    else if (block.kind !== undefined) this.addStatement(block, line, words, uncertain);
  }

  private addStatement(parent: MutableBlock, line: Line, words: readonly Word[], uncertain: boolean): void {
    const [keyword, ...args] = words;
    if (keyword === undefined) return;
    const spec = findKeyword(parent.kind ?? '', keyword.value);
    const statement: MutableStatement = { line, keyword, args, spec, parent, block: undefined, uncertain };
    parent.statements.push(statement);
    if (spec?.block !== undefined || spec?.values !== undefined) this.pending = statement;
  }

  /** A keyword that only begins blocks of the file itself ends all blocks that are still open. */
  private leaveUnclosed(first: Word): void {
    if (this.stack.length === 1 || first.quoted || !beginsAtRoot(first.value)) return;
    const block = this.current;
    if (block.kind !== undefined && findKeyword(block.kind, first.value) !== undefined) return;
    if (block.values !== undefined && first.value === 'track_file') return;
    for (const open of this.stack.splice(1)) this.reportOpen(open);
  }

  /** Decides what a block whose brace has not come yet is, when the next words come. */
  private settlePending(next: Word | undefined): void {
    const { pending } = this;
    if (pending === undefined) return;
    this.pending = undefined;
    if (isMacro(next)) return;
    const inside = pending.spec?.block;
    const span = { start: pending.keyword.start, end: (pending.args.at(-1) ?? pending.keyword).end };
    const atEnd = next === undefined && this.stack.length === 1;
    this.addFault({ kind: 'missing-open', span, name: pending.keyword.value, atEnd });
    const enters =
      next !== undefined &&
      (inside === undefined
        ? findKeyword(pending.parent.kind ?? '', next.value) === undefined && pending.args.length === 0
        : findKeyword(inside, next.value) !== undefined);
    if (enters) this.enter(pending, undefined);
  }

  private openBlock(brace: Span): void {
    if (this.unknownDepth > 0) {
      this.unknownDepth += 1;
      return;
    }
    const { pending } = this;
    if (pending !== undefined) {
      this.pending = undefined;
      this.enter(pending, brace);
      return;
    }
    if (this.reopen(brace)) return;
    const last = this.current.statements.at(-1);
    const continues = last !== undefined && last.block === undefined && last.spec === undefined;
    // The block of an unknown keyword is a part of that fault, not one more.
    if (!continues) this.addFault({ kind: 'unexpected-open', span: brace, name: last?.keyword.value ?? '' });
    this.unknownDepth = 1;
    this.unknownStart = brace.end;
  }

  /** Lines without keywords never have braces: a block that begins in such lines means theirs was not closed. */
  private reopen(brace: Span): boolean {
    const block = this.current;
    const parent = this.stack.at(-2);
    const entry = block.entries.at(-1);
    if (block.values === undefined || parent === undefined || entry === undefined) return false;
    const spec = findKeyword(parent.kind ?? '', entry.words[0]?.value ?? '');
    if (spec?.block === undefined && spec?.values === undefined) return false;
    block.entries.pop();
    this.stack.pop();
    this.reportOpen(block);
    this.addStatement(parent, entry.line, entry.words, entry.uncertain);
    this.openBlock(brace);
    return true;
  }

  private enter(statement: MutableStatement, open: Span | undefined): void {
    const block = newBlock(statement.spec?.block, statement.spec?.values, statement);
    block.open = open;
    statement.block = block;
    this.stack.push(block);
  }

  private closeBlock(brace: Span): void {
    if (this.unknownDepth > 0) {
      this.unknownDepth -= 1;
      if (this.unknownDepth === 0) this.unknown.push({ start: this.unknownStart, end: brace.start });
      return;
    }
    this.settlePending(undefined);
    if (this.stack.length === 1) {
      this.addFault({ kind: 'extra-close', span: brace, name: '' });
      return;
    }
    const block = this.stack.pop();
    if (block !== undefined) block.close = brace;
  }

  private addFault(fault: TreeFault): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push(fault);
  }

  private reportOpen(block: MutableBlock): void {
    const { header } = block;
    if (header === undefined) return;
    const span = { start: header.keyword.start, end: (header.args.at(-1) ?? header.keyword).end };
    this.addFault({ kind: 'never-closed', span, name: header.keyword.value });
  }
}

function newBlock(
  kind: string | undefined,
  values: ValueKind | undefined,
  header: Statement | undefined,
): MutableBlock {
  return {
    kind,
    values,
    header,
    open: undefined,
    close: undefined,
    statements: [],
    entries: [],
    incomplete: false,
  };
}
