import * as ruby from '@ruby/prism/src/nodes.js';
import type { Span } from '../../../core/rules/rule';
import type { Seen } from '../../ruby/ruby-scan';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { LOADER_TOPIC } from '../support/topics';
import { firstSyntaxError } from '../support/words';

export const COMMA_IN_WORDS: GitlabRbRule = {
  id: 'GLR013',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A comma in a list of words',
  check(subject, report) {
    const end = firstSyntaxError(subject);
    for (const { node } of subject.scan.arrays) {
      if (!isOfWords(subject, node) || subject.spanOf(node.location).start >= end) continue;
      for (const element of node.elements) {
        if (!WORDS.some((kind) => element instanceof kind)) continue;
        const span = subject.spanOf(element.location);
        const word = subject.text.slice(span.start, span.end);
        const comma = /^,+|,+$/.exec(word);
        if (comma === null) continue;
        const start = span.start + comma.index;
        report({
          span,
          message: `Words in %w are divided by spaces only, so the comma is a part of "${word}".`,
          remedy: 'Take the comma out.',
          fix: {
            title: 'Take the comma out',
            edits: [{ start, end: start + comma[0].length, newText: word === comma[0] ? ' ' : '' }],
          },
        });
      }
    }
  },
};

/** What a list of words consists of: plain ones, and with %W and %I such as are put together. */
const WORDS = [
  ruby.StringNode,
  ruby.SymbolNode,
  ruby.InterpolatedStringNode,
  ruby.InterpolatedSymbolNode,
] as const;

/** True for `%w[…]`, `%W[…]`, `%i[…]` and `%I[…]`. */
function isOfWords(subject: GitlabRbSubject, { openingLoc }: ruby.ArrayNode): boolean {
  return openingLoc !== null && source(subject, openingLoc).startsWith('%');
}

export const MISSING_COMMA: GitlabRbRule = {
  id: 'GLR014',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'Two texts without a comma between them',
  check(subject, report) {
    const end = firstSyntaxError(subject);
    for (const { node, parent } of subject.scan.interpolated) {
      if (!(parent instanceof ruby.ArrayNode) || node.openingLoc !== null) continue;
      // In a list of words a text and what is put into it are one word.
      if (isOfWords(subject, parent)) continue;
      if (subject.spanOf(node.location).start >= end) continue;
      const [first, second] = node.parts;
      if (first === undefined || second === undefined) continue;
      const from = subject.spanOf(first.location).end;
      const between = { start: from, end: subject.spanOf(second.location).start };
      // A backslash at the end of a line joins two texts on purpose.
      if (subject.text.slice(between.start, between.end).includes('\\')) continue;
      const seen = sidesOf(node);
      if (seen === 'one text') continue;
      report({
        span: subject.spanOf(node.location),
        message: 'There is no comma between these texts, so Ruby makes one text of them.',
        remedy:
          seen === 'items'
            ? 'Put a comma between them.'
            : 'Put a comma between them, or write them as one text if that is meant.',
        ...(seen === 'items'
          ? { fix: { title: 'Put commas between them', edits: commas(subject, node) } }
          : {}),
      });
    }
  },
};

const IPV4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
const HOST = String.raw`[a-z\d](?:[\w-]*[a-z\d])?(?:\.[a-z\d](?:[\w-]*[a-z\d])?)+`;
const IPV6 = String.raw`(?=[\da-f:.]*:[\da-f:.]*:)[\da-f:.]*[\da-f:]`;
/** An address, a network, a host or a URL: an item that stands for itself. */
const WHOLE = new RegExp(
  `^(?:${IPV4}(?:/\\d{1,2}|:\\d{1,5})?|${IPV6}(?:/\\d{1,3})?|\\[${IPV6}\\](?::\\d{1,5})?|(?:[a-z][a-z\\d+.-]*://)(?:${IPV4}|${HOST}|localhost|\\[${IPV6}\\])(?::\\d{1,5})?(?:/\\S*)?)$`,
  'i',
);
const WHOLE_HOST = new RegExp(`^(?:${HOST}|localhost)(?::\\d{1,5})?$`, 'i');

function isWhole(text: string): boolean {
  if (/^[\d.]+$/.test(text)) return new RegExp(`^${IPV4}$`).test(text);
  return WHOLE.test(text) || WHOLE_HOST.test(text);
}

/**
 * What texts side by side are: items of their own, the pieces of one text, or nobody knows. What is put into a text
 * counts as a figure.
 */
function sidesOf({ parts }: ruby.InterpolatedStringNode): 'items' | 'one text' | 'unknown' {
  const plain = parts.every((part) => part instanceof ruby.StringNode);
  const texts = parts.map(textOf);
  if (texts.every(isWhole)) return plain ? 'items' : 'unknown';
  // A piece that ends or begins with a sign goes on in the next one.
  const goesOn = texts.some(
    (text, at) => (at + 1 < texts.length && /[^\w)\]]$/.test(text)) || (at > 0 && /^[^\w([]/.test(text)),
  );
  return goesOn || !plain || isWhole(texts.join('')) ? 'one text' : 'unknown';
}

function textOf(part: ruby.Node): string {
  if (part instanceof ruby.StringNode) return part.unescaped.value;
  if (part instanceof ruby.InterpolatedStringNode) return part.parts.map(textOf).join('');
  return '1';
}

function commas(
  subject: GitlabRbSubject,
  { parts }: ruby.InterpolatedStringNode,
): (Span & { newText: string })[] {
  return parts.slice(0, -1).map((part) => {
    const { end } = subject.spanOf(part.location);
    return { start: end, end, newText: ',' };
  });
}

/** Escapes that mean something in a double-quoted text; before any other letter the backslash vanishes. */
const ESCAPES = /\\(?:[ntrsabefv0-7xuMCc"\\#\n\r])/;
const SECRET_KEY = /password|passwd|secret|token|_pass$|api_key|private_key/;

export const SECRET_CHANGED: GitlabRbRule = {
  id: 'GLR015',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'Ruby changes a text in double quotes',
  check(subject, report) {
    for (const { node } of subject.scan.interpolated) {
      const variable = node.parts.find((part) => part instanceof ruby.EmbeddedVariableNode);
      if (variable === undefined) continue;
      const sign = source(subject, variable.location);
      report({
        span: subject.spanOf(variable.location),
        message: `In double quotes ${sign} is a variable of Ruby, which is empty here: it vanishes from the text.`,
        remedy: 'Use single quotes.',
        ...singleQuotes(subject, node),
      });
    }
    if (!subject.text.includes('\\')) return;
    for (const { node, parent } of subject.scan.strings) checkEscapes(subject, node, parent, report);
  },
};

function checkEscapes(
  subject: GitlabRbSubject,
  node: ruby.StringNode,
  parent: ruby.Node | undefined,
  report: Parameters<GitlabRbRule['check']>[1],
): void {
  if (node.openingLoc === null || subject.text[subject.spanOf(node.openingLoc).start] !== '"') return;
  const raw = source(subject, node.contentLoc);
  if (!raw.includes('\\')) return;
  const lone = [...raw.matchAll(/\\[^]/g)].find(([escape]) => !ESCAPES.test(escape));
  if (lone === undefined || !isSecret(subject, node, parent)) return;
  report({
    span: subject.spanOf(node.location),
    message: `In double quotes "${lone[0]}" means "${lone[0].slice(1)}": the backslash vanishes from the secret.`,
    remedy: 'Use single quotes.',
    ...singleQuotes(subject, node),
  });
}

/** True for the value of a key whose name says that it is secret. */
function isSecret(subject: GitlabRbSubject, node: ruby.Node, parent: ruby.Node | undefined): boolean {
  if (parent instanceof ruby.AssocNode)
    return parent.value === node && SECRET_KEY.test(source(subject, parent.key.location));
  if (!(parent instanceof ruby.ArgumentsNode)) return false;
  const [key] = parent.arguments_;
  return key !== node && key !== undefined && SECRET_KEY.test(source(subject, key.location));
}

function singleQuotes(
  subject: GitlabRbSubject,
  node: ruby.StringNode | ruby.InterpolatedStringNode,
): { fix?: { title: string; edits: (Span & { newText: string })[] } } {
  const { start, end } = subject.spanOf(node.location);
  const raw = subject.text.slice(start, end);
  const content = raw.slice(1, -1);
  const plain = raw.startsWith('"') && raw.endsWith('"') && !content.includes("'") && !content.includes('#{');
  // Escapes that mean something would change their meaning.
  if (!plain || ESCAPES.test(content) || content.endsWith('\\')) return {};
  return { fix: { title: 'Use single quotes', edits: [{ start, end, newText: `'${content}'` }] } };
}

export const LEADING_ZERO: GitlabRbRule = {
  id: 'GLR016',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'A number with a leading zero is octal',
  check(subject, report) {
    const end = firstSyntaxError(subject);
    for (const { node, parent } of subject.scan.integers) {
      const span = subject.spanOf(node.location);
      if (subject.text[span.start] !== '0') continue;
      const digits = subject.text.slice(span.start, span.end);
      if (!/^0[0-7_]*[1-7][0-7_]*$/.test(digits) || span.start >= end || isMode(subject, { node, parent }))
        continue;
      const octal = Number.parseInt(digits.replaceAll('_', ''), 8);
      const decimal = digits.replaceAll('_', '').replace(/^0+/, '');
      if (String(octal) === decimal) continue;
      report({
        span,
        message: `Ruby reads ${digits} as octal, which is ${octal}.`,
        remedy: `Write ${decimal}, or ${octal} if that is meant.`,
        fix: { title: `Write ${decimal}`, edits: [{ ...span, newText: decimal }] },
      });
    }
  },
};

/** Rights of files are octal on purpose. */
function isMode(
  subject: GitlabRbSubject,
  { parent }: Pick<Seen<ruby.IntegerNode>, 'node' | 'parent'>,
): boolean {
  if (parent === undefined) return false;
  const line = source(subject, parent.location);
  return /mode|perm|umask/i.test(line);
}

function source(subject: GitlabRbSubject, location: ruby.Location): string {
  const { start, end } = subject.spanOf(location);
  return subject.text.slice(start, end);
}
