import type * as ruby from '@ruby/prism/src/nodes.js';
import type { Span } from '../../../core/rules/rule';
import { isRoot } from '../../schema/roots';
import type { Part, Seen } from '../../ruby/ruby-scan';
import { isRubyWord } from '../../ruby/ruby-words';
import type { GitlabRbSubject } from '../../subject';
import { perSubject } from './per-subject';
import { removedRoot, stillKnown } from './root-history';

/** A word without receiver that neither GitLab nor Ruby knows: the loader stops at it. */
export interface StrangeWord {
  readonly name: string;
  readonly span: Span;
  readonly part: Part;
  readonly doubtful: boolean;
  readonly seen: Seen<ruby.CallNode>;
  /** What is wrong with it; each rule takes one kind. */
  readonly kind: 'typographic' | 'dash' | 'chef' | 'removed' | 'key' | 'bareword' | 'unknown';
}

/** Quotes and spaces that look like ASCII ones. */
export const TYPOGRAPHIC =
  /[\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u00a0\u2007\u202f\u200b\ufeff]/u;
/** First words of Chef's attributes, which gitlab.rb does not have. */
const CHEF_WORDS = new Set(['gitlab', 'monitoring', 'default']);

/** Every strange word up to the first syntax error; what the parser makes of the rest is a guess. */
export const strangeWords = perSubject((subject): readonly StrangeWord[] => {
  const { scan } = subject;
  const end = firstSyntaxError(subject);
  const found: StrangeWord[] = [];
  for (const seen of scan.calls) {
    const { node } = seen;
    if (node.receiver !== null || node.block !== null) continue;
    const chef = node.name === 'default' && seen.part === 'base';
    if (!chef && (isRubyWord(node.name) || scan.methods.has(node.name))) continue;
    if (isRoot(node.name) || stillKnown(node.name, subject.version)) continue;
    const span = subject.spanOf(node.messageLoc ?? node.location);
    if (span.start >= end) continue;
    const { part, doubtful } = seen;
    found.push({ name: node.name, span, part, doubtful, seen, kind: kindOf(subject, seen, span) });
  }
  return withoutTornTexts(subject, found);
});

/** Words on a line with a typographic quote are pieces of the text that it was to enclose: what they say alone means nothing. */
function withoutTornTexts(subject: GitlabRbSubject, found: readonly StrangeWord[]): readonly StrangeWord[] {
  const lineOf = ({ span }: StrangeWord): number => subject.text.lastIndexOf('\n', span.start - 1);
  const torn = new Set(found.filter(({ kind }) => kind === 'typographic').map(lineOf));
  return found.filter((word) => word.kind === 'typographic' || !torn.has(lineOf(word)));
}

/** Offset of the first line with a syntax error; infinite without one. */
export function firstSyntaxError(subject: GitlabRbSubject): number {
  let first = Infinity;
  for (const { range } of subject.config.findings) {
    first = Math.min(first, subject.index.lines.starts[range.start.line] ?? 0);
  }
  return first;
}

function kindOf({ text }: GitlabRbSubject, seen: Seen<ruby.CallNode>, span: Span): StrangeWord['kind'] {
  const { node, part } = seen;
  if (TYPOGRAPHIC.test(node.name)) return 'typographic';
  if (dashedRoot(text, span) !== undefined || text[span.start - 1] === '-') return 'dash';
  if (part === 'base' && CHEF_WORDS.has(node.name)) return 'chef';
  if (removedRoot(node.name) !== undefined) return 'removed';
  const alone = node.arguments_ === null && node.openingLoc === null;
  if (part === 'key' && alone) return 'key';
  return part === 'value' && alone ? 'bareword' : 'unknown';
}

/** The root that was meant by words joined with dashes, which Ruby reads as a subtraction. */
export function dashedRoot(
  text: string,
  { start }: Span,
): { readonly root: string; readonly span: Span } | undefined {
  const match = /^[a-z_]+(?:-[a-z_]+)+/.exec(text.slice(start, start + 64));
  if (match === null) return undefined;
  const root = match[0].replaceAll('-', '_');
  return isRoot(root) ? { root, span: { start, end: start + match[0].length } } : undefined;
}
