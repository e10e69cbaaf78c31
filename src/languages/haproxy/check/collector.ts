import type { Span } from '../../core/rules/rule';
import { MOST_OF_A_RULE } from '../../core/rules/run-rules';
import { suggestion } from '../../../finding/did-you-mean';
import type { Section } from '../syntax/document';
import type { Fault, FaultKind } from './fault';
import type { FaultDetails, Reference } from './scope';
import { lazy } from '../../core/data/lazy';
import { append } from '../../core/data/append';

/** Collects faults; what stands in a template's markers is a fault of the template. */
export class Collector {
  readonly faults = new Map<FaultKind, Fault[]>();
  readonly references: Reference[] = [];
  readonly usedAcls = new Map<Section, Set<string>>();
  readonly aclsInExpressions = lazy(() => {
    const names = [...this.text.matchAll(/\bacl\(([^)\n]*)/g)].flatMap(([, list = '']) => list.split(','));
    return new Set(names.map((name) => name.replace('!', '')));
  });

  /** Remedies found so far: one mistake often stands in many lines. */
  private asked = 0;
  private readonly searched = new Map<string, string>();

  constructor(private readonly text: string) {}

  add(kind: FaultKind, span: Span, message: string, remedy: string, details: FaultDetails = {}): void {
    const severity = details.severity ?? 'error';
    if (severity === 'error') this.errors += 1;
    // Files with more faults of one kind are no configurations; to keep them all would take all memory.
    if ((this.faults.get(kind)?.length ?? 0) > MOST_OF_A_KIND) return;
    const invisible = invisibleSpace(this.text, span);
    if (invisible !== undefined) return this.push(hiddenSpace(kind, invisible, message, details));
    const place = NEVER_TEMPLATE.has(kind) ? undefined : this.placeHolder(span);
    if (place === undefined) {
      const fix = details.fix ?? this.closeWord(span, remedy);
      return this.push({ kind, span, message, remedy, ...details, ...(fix === undefined ? {} : { fix }) });
    }
    if (this.faults.get('template')?.at(-1)?.span.start === place.start) return;
    const text = 'This is a place holder that nothing has filled in; HAProxy reads it as it stands.';
    this.push({
      kind: 'template',
      span: place,
      message: text,
      remedy: 'Render the template before HAProxy reads it.',
    });
  }

  /** A remedy that names the word meant, or else all known ones. */
  suggest(written: string, known: Iterable<string>): string {
    this.asked += 1;
    if (this.searched.size >= MOST_SEARCHES || this.asked > MOST_ASKED) return NOT_SEARCHED;
    const list = [...known];
    // Among the lists of this language these two and the number tell one from another.
    const key = [written, list.length, list[0], list.at(-1)].join(' ');
    let remedy = this.searched.get(key);
    if (remedy === undefined) {
      remedy = suggestion(written, list);
      this.searched.set(key, remedy);
    }
    return remedy;
  }

  /** Puts the word a remedy asks for in the place of the one written; signs around it stay. */
  private closeWord(span: Span, remedy: string): FaultDetails['fix'] {
    const word = /^Did you mean "([^"]+)"\?$/.exec(remedy)?.[1];
    const written = word === undefined ? undefined : this.text.slice(span.start, span.end);
    if (word === undefined || written === undefined || /["'\\$\s]/.test(written)) return undefined;
    const before = /^[!%]*/.exec(written)?.[0].length ?? 0;
    const paren = written.indexOf('(');
    const end = paren > 0 ? span.start + paren : span.end;
    const wrong = this.text.slice(span.start + before, end);
    // The word itself may be right, and what stands behind it not.
    if (wrong === word || !isSlip(wrong, word)) return undefined;
    return { title: `Write ${word}`, edits: [{ start: span.start + before, end, newText: word }] };
  }

  /** The first place holder of the line a fault stands on. */
  private placeHolder(span: Span): Span | undefined {
    const before = Math.max(0, span.start - LONGEST_TEMPLATE_LINE);
    const start = before + this.text.slice(before, span.start).lastIndexOf('\n') + 1;
    const after = this.text.slice(start, start + 2 * LONGEST_TEMPLATE_LINE);
    const end = after.indexOf('\n');
    const line = end < 0 ? after : after.slice(0, end);
    if (line.length > LONGEST_TEMPLATE_LINE) return undefined;
    const match = TEMPLATE.exec(line);
    return match === null
      ? undefined
      : { start: start + match.index, end: start + match.index + match[0].length };
  }

  /** How many faults so far that HAProxy refuses the file for. */
  errors = 0;

  private push(fault: Fault): void {
    append(this.faults, fault.kind, fault);
  }
}

/** Spaces that look like one and are letters to HAProxy: no-break ones, and those of no or another width. */
const INVISIBLE = /[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]/g;

/** Where the first such space outside quotes stands: inside them it may be meant. */
function invisibleSpace(text: string, { start, end }: Span): number | undefined {
  for (const { index } of text.slice(start, end).matchAll(INVISIBLE)) {
    if (!isQuoted(text, start + index)) return start + index;
  }
  return undefined;
}

/** True for a character between quotes of its line; in a very long line, too, which nobody looks through again. */
function isQuoted(text: string, at: number): boolean {
  const line = text.slice(Math.max(0, at - LONGEST_TEMPLATE_LINE), at);
  const first = line.lastIndexOf('\n') + 1;
  if (first === 0 && line.length === LONGEST_TEMPLATE_LINE) return true;
  let quote: string | undefined;
  for (let place = first; place < line.length; place += 1) {
    const character = line[place];
    if (character === '\\' && quote !== "'") place += 1;
    else if (quote === undefined && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = undefined;
  }
  return quote !== undefined;
}

/** The fault where such a space may be what made it. */
function hiddenSpace(kind: FaultKind, start: number, message: string, { severity }: FaultDetails): Fault {
  return {
    kind,
    span: { start, end: start + 1 },
    message: `${message} This is no plain space but one that HAProxy takes for a letter, so the words around it are one word.`,
    remedy: 'Write a plain space.',
    fix: { title: 'Write a plain space', edits: [{ start, end: start + 1, newText: ' ' }] },
    ...(severity === undefined ? {} : { severity }),
  };
}

/** As many as a rule lists; one more is kept, which tells that there are more. */
const MOST_OF_A_KIND = MOST_OF_A_RULE;
/** A search compares a word with hundreds of others; a text without sense would ask for one in each line. */
const MOST_SEARCHES = 2_000;
const MOST_ASKED = 20_000;
const NOT_SEARCHED = 'Use one of the words the HAProxy manual names for this place.';

/** True when two words differ in two neighbouring characters at most: then nothing else can be meant. */
function isSlip(written: string, meant: string): boolean {
  const most = Math.min(written.length, meant.length);
  let before = 0;
  while (before < most && written.charAt(before) === meant.charAt(before)) before += 1;
  let after = 0;
  while (after < most - before && written.at(-1 - after) === meant.at(-1 - after)) after += 1;
  const changed = written.slice(before, written.length - after) + meant.slice(before, meant.length - after);
  // node2 is no slip for node1.
  return (
    changed.length <= 4 && !/\d/.test(changed) && before + after >= Math.max(written.length, meant.length) - 2
  );
}

/** Place holders of template engines: Jinja, Go, ERB, Mustache, and `@NAME@`. */
const TEMPLATE = /\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|(?<=\s|^)@[A-Z][A-Z_0-9]*@|__[A-Z][A-Z_0-9]*__/;
/** Longer lines are no templates, and looking at them again for each fault would take long. */
const LONGEST_TEMPLATE_LINE = 2_000;
const NEVER_TEMPLATE: ReadonlySet<FaultKind> = new Set(['environment', 'deprecated', 'ignored-in-section']);
