import type { Part } from '../../check/signature';
import type { Place } from '../../check/expressions/uses';
import type { KeywordTable } from '../../schema/keywords/tables';
import type { Word } from '../../syntax/word';
import type { HaproxyVersion } from '../../schema/version';
import type { LineSlots, Slot } from './slot';

/** Means that a required part has no word yet: nothing behind it can be said. */
export const STOP = Number.MAX_SAFE_INTEGER;

const METHODS = 'found bool int ip bin len str beg sub dir dom end reg regm'.split(' ');
const FLAGS = new Set(['-i', '-n', '-M']);
const VALUE_FLAGS = new Set(['-m', '-f', '-u']);

/** Follows the words of one line and notes what may stand at each. Tolerates every mistake. */
export class Walk {
  private readonly offers: Slot[][];

  constructor(
    readonly words: readonly Word[],
    readonly kind: string,
    readonly version: HaproxyVersion,
    readonly table: KeywordTable,
  ) {
    this.offers = Array.from({ length: words.length + 1 }, () => []);
  }

  get slots(): LineSlots {
    return this.offers;
  }

  value(at: number): string | undefined {
    return this.words[at]?.value;
  }

  offer(at: number, ...slots: readonly Slot[]): void {
    this.offers[at]?.push(...slots);
  }

  /** Follows a signature; returns where the next word stands. */
  parts(parts: readonly Part[], start: number, owner: string, place?: Place): number {
    let at = start;
    for (const part of parts) {
      if (at > this.words.length) return STOP;
      at = this.part(part, at, owner, place);
    }
    return at;
  }

  private part(part: Part, at: number, owner: string, place: Place | undefined): number {
    const entered = part.kind === 'optional' && begins(part.parts[0], this.words[at]);
    if (!entered) this.peek(part, at, owner, place);
    switch (part.kind) {
      case 'value':
        return at >= this.words.length ? STOP : this.afterValue(part.type, at);
      case 'words':
        return at >= this.words.length ? STOP : at + 1;
      case 'optional':
        return entered ? this.parts(part.parts, at, owner, place) : at;
      case 'options':
        return this.options(part.alternatives, at, owner, place);
      case 'condition':
        return isCondition(this.words[at]) ? this.condition(at) : at;
      case 'rest':
        return this.rest(at);
    }
  }

  /** Notes what a part may begin with. */
  private peek(part: Part, at: number, owner: string, place: Place | undefined): void {
    const first = part.kind === 'optional' ? part.parts[0] : undefined;
    if (first !== undefined) this.peek(first, at, owner, place);
    else if (part.kind === 'value' && isExpression(part.type)) {
      this.offer(at, { kind: 'expression', acl: false, place });
    } else if (part.kind === 'value') {
      this.offer(at, { kind: 'value', type: part.type, label: part.label, owner });
    } else if (part.kind === 'words') this.offer(at, { kind: 'words', words: part.words, owner });
    else if (part.kind === 'condition') this.offer(at, { kind: 'condition' });
    else if (part.kind === 'options') {
      for (const [leader] of part.alternatives) if (leader !== undefined) this.peek(leader, at, owner, place);
    }
  }

  /** An expression's converters may follow as words of their own. */
  private afterValue(type: string, at: number): number {
    let next = at + 1;
    if (!isExpression(type)) return next;
    for (;;) {
      const name = /^[\w.-]*/.exec(this.value(next) ?? '')?.[0] ?? '';
      if (name === 'table' || !this.table.converters.has(name)) return next;
      this.offer(next, { kind: 'converter' });
      next += 1;
    }
  }

  private options(
    alternatives: readonly (readonly Part[])[],
    start: number,
    owner: string,
    place: Place | undefined,
  ): number {
    let at = start;
    for (;;) {
      const word = this.words[at];
      const chosen = alternatives.find(([first]) => begins(first, word));
      if (word === undefined || chosen === undefined) return at;
      // The word itself is noted already; what it takes belongs to it.
      const [first, ...rest] = chosen;
      const inner =
        first?.kind === 'words' ? this.parts(rest, at + 1, `${owner} ${word.value}`, place) : STOP;
      const next = first?.kind === 'words' ? inner : this.parts(chosen, at, owner, place);
      if (next === STOP || next <= at) return STOP;
      at = next;
      for (const [leader] of alternatives) if (leader !== undefined) this.peek(leader, at, owner, place);
    }
  }

  /** Words nobody looks at, up to a condition. */
  private rest(at: number): number {
    const condition = this.words.findIndex((word, index) => index >= at && isCondition(word));
    return condition < 0 ? this.words.length : this.condition(condition);
  }

  /** `if` or `unless` and the terms behind it. */
  condition(start: number): number {
    let at = start + 1;
    let first = true;
    while (at <= this.words.length) {
      const value = this.value(at);
      this.offer(at, { kind: 'term' });
      if (!first) this.offer(at, { kind: 'operator' });
      if (value === undefined) return STOP;
      const name = value.replace(/^!+/, '');
      first = name === '' || name === '||' || name.toLowerCase() === 'or';
      at = name === '{' ? this.anonymous(at + 1) : at + 1;
    }
    return at;
  }

  private anonymous(start: number): number {
    const close = this.words.findIndex((word, index) => index >= start && word.value === '}');
    const end = close < 0 ? this.words.length : close;
    this.offer(end, { kind: 'close' });
    this.acl(start, end);
    return close < 0 ? STOP : close + 1;
  }

  /** An ACL's expression, its flags and patterns, up to the word `end`. */
  acl(start: number, end: number): void {
    this.offer(start, { kind: 'expression', acl: true, place: undefined });
    const subject = this.words[start];
    if (subject === undefined || start >= end) return;
    let at = start + 1;
    while (at < end && (this.value(at) ?? '').startsWith('-')) {
      this.offer(at, { kind: 'flag' });
      const flag = this.value(at) ?? '';
      at += 1;
      if (flag === '--') break;
      if (FLAGS.has(flag) || !VALUE_FLAGS.has(flag)) continue;
      if (flag === '-m') this.offer(at, { kind: 'words', words: METHODS, owner: '-m' });
      else this.offer(at, { kind: 'value', type: flag === '-f' ? 'file' : 'int', label: flag, owner: flag });
      at += 1;
    }
    if (at <= end) this.offer(at, { kind: 'flag' });
    for (; at <= end; at += 1) this.offer(at, { kind: 'pattern', subject });
  }
}

function isExpression(type: string): boolean {
  return type === 'expr' || type === 'expr-or-number';
}

export function isCondition(word: Word | undefined): boolean {
  return word !== undefined && !word.quoted && (word.value === 'if' || word.value === 'unless');
}

/** Whether a word may be the first of an optional part. */
function begins(part: Part | undefined, word: Word | undefined): boolean {
  if (part === undefined || word === undefined) return false;
  if (part.kind === 'words') return part.words.includes(word.value);
  if (part.kind === 'value') return !isCondition(word);
  return part.kind === 'options' && part.alternatives.some(([first]) => begins(first, word));
}
