import type { ParseError, ParseResult } from '@ruby/prism/src/deserialize.js';
import type { Finding, Range } from '../../../finding/finding';
import { offsetAt, positionAt } from '../../../finding/text-lines';
import type { Utf8Index } from '../../core/text/utf8-index';
import { scanRuby } from './ruby-scan';

/** Lines of a file, both included, counted from zero. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** What is wrong with a file's syntax, and how far it spoils what stands around it. */
export interface SyntaxDamage {
  readonly findings: readonly Finding[];
  /** Lines in which nothing else can be said for sure. */
  readonly damaged: readonly Lines[];
}

/** A line on which something new begins: what follows an error there is no echo of it. */
const FRESH = /^(?:[a-z_]+(?:\[|[ (]+['"[{%:]| = )|if |unless |end\b|def )/;
/** What stands in a text that swallowed the next lines: settings and comments. */
const SWALLOWED = /\r?\n[ \t]*(?:#|[a-z_]+\[['":]|[a-z_]+ ['"[%])/;
/** The parser says these of the place where something was opened, far from the fault as often as not. */
const OF_OPENING = /^(?:hash_term|array_term|conditional_term|arguments?_term_paren|pattern_term_\w+)$/;

/**
 * Syntax errors of the Ruby parser as findings: one for each fault, at the place where it first shows. What the parser
 * says after it, until something new begins, is an echo.
 */
export function syntaxDamage(parsed: ParseResult, index: Utf8Index, file: string): SyntaxDamage {
  const errors = [...parsed.errors].sort((a, b) => a.location.startOffset - b.location.startOffset);
  if (errors.length === 0) return { findings: [], damaged: [] };
  const swallowing = unclosedText(parsed, index);
  const end = index.lines.starts.length - 1;
  const before = errors.filter((error) => lineOf(error, index) < (swallowing?.start.line ?? Infinity));
  const groups = grouped(before, index);
  const findings = groups.map((group) => syntaxFinding(rootCause(group, index), index, file));
  const damaged = groups.map((group) => ({
    first: Math.min(...group.map((error) => lineOf(error, index))),
    last: Math.max(...group.map((error) => lineOf(error, index))),
  }));
  if (swallowing === undefined) return { findings, damaged };
  const message = 'Ruby syntax: this text is not closed on its line and swallows the lines below.';
  const remedy = 'Close the text with the quote it began with.';
  return {
    findings: [...findings, { code: 'GRB001', severity: 'error', file, range: swallowing, message, remedy }],
    damaged: [...damaged, { first: swallowing.start.line, last: end }],
  };
}

/** The first text that goes on over lines that are settings: from its quote to the end of its line. */
function unclosedText(parsed: ParseResult, index: Utf8Index): Range | undefined {
  const { strings, interpolated } = scanRuby(parsed);
  const { text, starts } = index.lines;
  let first: Range | undefined;
  for (const { node } of [...strings, ...interpolated]) {
    const { openingLoc, location } = node;
    if (openingLoc === null) continue;
    const start = index.utf16Offset(location.startOffset);
    if (!/["']/.test(text[start] ?? '')) continue;
    const content = text.slice(start, index.utf16Offset(location.startOffset + location.length));
    if (!SWALLOWED.test(content)) continue;
    const at = positionAt(index.lines, start);
    const lineEnd = (starts[at.line + 1] ?? text.length + 1) - 1;
    const range = { start: at, end: positionAt(index.lines, trimmedEnd(text, start, lineEnd)) };
    if (first === undefined || at.line < first.start.line) first = range;
  }
  return first;
}

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function lineOf(error: ParseError, index: Utf8Index): number {
  return index.positionOfByte(error.location.startOffset).line;
}

/** Errors that belong to one fault: no line between them begins something new. */
function grouped(errors: readonly ParseError[], index: Utf8Index): ParseError[][] {
  const groups: ParseError[][] = [];
  let lastLine = -1;
  for (const error of errors) {
    const line = lineOf(error, index);
    const group = groups.at(-1);
    if (group === undefined || beginsBetween(index, lastLine + 1, line)) groups.push([error]);
    else group.push(error);
    lastLine = line;
  }
  return groups;
}

function beginsBetween({ lines }: Utf8Index, first: number, last: number): boolean {
  for (let line = first; line <= last; line += 1) {
    const start = lines.starts[line] ?? lines.text.length;
    if (
      FRESH.test(lines.text.slice(start, Math.min(lines.starts[line + 1] ?? lines.text.length, start + 200)))
    ) {
      return true;
    }
  }
  return false;
}

function rootCause(group: readonly ParseError[], index: Utf8Index): ParseError {
  const [first] = group;
  if (first === undefined) throw new RangeError('a group of errors is never empty');
  if (!OF_OPENING.test(first.type)) return first;
  const opened = lineOf(first, index);
  const shows = group.find((error) => !OF_OPENING.test(error.type) && lineOf(error, index) > opened);
  return shows ?? first;
}

function syntaxFinding(error: ParseError, index: Utf8Index, file: string): Finding {
  const range = index.rangeOfBytes(error.location.startOffset, error.location.length);
  return {
    code: 'GRB001',
    severity: 'error',
    file,
    range,
    // The grammars of older Rubies quote with a grave accent in front.
    message: `Ruby syntax: ${error.message.replace(/`([^`']*)'/g, "'$1'")}.`,
    remedy: remedyAt(index.lines.text, offsetAt(index.lines, range.start)) ?? remedyOf(error.type),
  };
}

/** What to do about a form that only newer Rubies read than the one in GitLab's package. */
function remedyAt(text: string, offset: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const [joint] = /^(?:&&|\|\||and\b|or\b)/.exec(text.slice(offset, offset + 4)) ?? [];
  if (joint !== undefined && line.trim() === '')
    return `The Ruby in GitLab's package ends a statement with its line: write ${joint} at the end of the line above.`;
  if (/^\s*\w+ def .*\) = \S/.test(line))
    return "The Ruby in GitLab's package wants parentheses around the arguments after such a definition.";
  return undefined;
}

/** The parser's error types are identifiers of its own, not message text. */
function remedyOf(type: string): string {
  if (type.startsWith('hash_'))
    return 'Separate the entries with commas, write key => value, and close with }.';
  if (type.startsWith('array_')) return 'Separate the elements with commas and close with ].';
  if (type.startsWith('argument') || type.startsWith('call_')) return 'Check commas and parentheses here.';
  if (
    type.includes('string') ||
    type.includes('heredoc') ||
    type.includes('quote') ||
    type.startsWith('list_')
  ) {
    return 'Close the text with the quote or word it began with.';
  }
  if (type.startsWith('expect_expression')) return 'Write a value here, for example a quoted text.';
  if (type.startsWith('expression_not_writable'))
    return 'A setting has one "=" between its key and its value.';
  if (type.includes('term') || type.includes('end'))
    return 'Something opened above is not closed: check brackets, quotes and "end".';
  return 'Correct this line or the one above; GitLab refuses the whole file until then.';
}
