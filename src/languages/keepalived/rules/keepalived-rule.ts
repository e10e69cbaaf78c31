import type { ReportProblem, Rule, Span, SpanEdit } from '../../core/rules/rule';
import type { Severity } from '../../../finding/finding';
import type { KeepalivedSubject } from '../subject';
import type { KeepalivedDocument } from '../syntax/document';

/** A rule for Keepalived; ids begin with KAD. */
export type KeepalivedRule = Rule<KeepalivedSubject>;

/** Makes a rule for Keepalived. */
export function rule(
  id: string,
  severity: Severity,
  topic: string,
  title: string,
  check: (subject: KeepalivedSubject, report: ReportProblem) => void,
): KeepalivedRule {
  return { id, severity, topic, title, check };
}

/** The edit that takes a stretch out, and its whole line when nothing else stands there. */
export function removal({ text }: KeepalivedDocument, { start, end }: Span): SpanEdit {
  let from = start;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from -= 1;
  let to = end;
  while (to < text.length && (text[to] === ' ' || text[to] === '\t' || text[to] === '\r')) to += 1;
  const alone = (from === 0 || text[from - 1] === '\n') && (to === text.length || text[to] === '\n');
  if (alone) return { start: from, end: Math.min(to + 1, text.length), newText: '' };
  return { start: from, end, newText: '' };
}

/**
 * The edit that writes a line below the one a stretch stands in, indented like it; undefined when something else follows
 * on that line: the block may end there.
 */
export function lineBelow({ text }: KeepalivedDocument, span: Span, written: string): SpanEdit | undefined {
  const begin = text.lastIndexOf('\n', span.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(begin, span.start))?.[0] ?? '';
  const feed = text.indexOf('\n', span.end);
  const end = feed < 0 ? text.length : feed;
  if (!/^\s*([#!]|$)/.test(text.slice(span.end, end))) return undefined;
  const stop = text[end - 1] === '\r' ? end - 1 : end;
  const lineEnd = stop < end ? '\r\n' : '\n';
  return { start: stop, end: stop, newText: `${lineEnd}${indent}${written}` };
}
