import { closestWord } from '../../../finding/did-you-mean';
import { blocksWith, findKeyword, keywordsOf, REMOVED } from '../schema/schema';
import type { Statement, TreeFaultKind } from '../syntax/tree';
import type { KeepalivedSubject } from '../subject';
import { byteOrderMarks, LONGEST_LINE } from '../syntax/tokenizer';
import { removal, rule, type KeepalivedRule } from './keepalived-rule';
import { shownWord } from './secrets';

const TOPIC = 'Lines and blocks';

const nameOfBlock = (kind: string | undefined): string =>
  kind === 'root' ? 'the file itself' : `"${kind ?? ''}"`;

/** The name written closest to an unknown keyword: what took its place, or a slip of the fingers. */
function meant({ keyword, parent }: Statement): string | undefined {
  const kind = parent.kind ?? '';
  const replaced = REMOVED.get(keyword.value);
  if (replaced !== undefined && findKeyword(kind, replaced) !== undefined) return replaced;
  return closestWord(
    keyword.value,
    keywordsOf(kind).flatMap(({ name, replacedBy }) => (replacedBy === undefined ? [name] : [])),
  );
}

/** Characters that look like a space, or like nothing, and are no white space to keepalived. */
const OTHER_SPACES = /[\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+/g;

/** An unknown keyword with ordinary spaces, where that makes its begin a known one. */
function withSpaces({ keyword, parent }: Statement): string | undefined {
  if (keyword.quoted) return undefined;
  const spaced = keyword.value.replace(OTHER_SPACES, ' ').trim();
  if (spaced === keyword.value) return undefined;
  return findKeyword(parent.kind ?? '', spaced.split(' ')[0] ?? '') === undefined ? undefined : spaced;
}

/** Keywords of a block that counts them only inside one of those it may stand in. */
const ONLY_WITHIN: ReadonlyMap<string, string> = new Map([['url tls_compliant', 'SSL_GET']]);

/** So many unknown keywords are reported; a file with more of them is none of keepalived's. */
const MOST_UNKNOWN = 1_000;

function* unknownStatements(subject: KeepalivedSubject): Generator<Statement> {
  let left = MOST_UNKNOWN;
  for (const block of subject.document.blocks) {
    for (const statement of block.statements) {
      const { spec, keyword } = statement;
      if (spec !== undefined || keyword.dynamic || keyword.value === '') continue;
      yield statement;
      left -= 1;
      if (left === 0) return;
    }
  }
}

/** Blocks of which keepalived says nothing when the file ends before they begin. */
const MAY_BE_NOTHING = new Set(['global_defs', 'SSL', 'track_group']);

function treeRule(
  id: string,
  kind: TreeFaultKind,
  title: string,
  message: (name: string) => string,
  remedy: (name: string) => string,
): KeepalivedRule {
  return rule(id, 'error', TOPIC, title, ({ document }, report) => {
    // A definition of several lines may hold braces that nobody counts here.
    if (document.definitions.some(({ multiline, value }) => multiline && /[{}]/.test(value))) return;
    for (const fault of document.treeFaults) {
      if (fault.kind !== kind) continue;
      const mild = fault.atEnd === true && MAY_BE_NOTHING.has(fault.name);
      const severity = mild ? { severity: 'warning' as const } : {};
      report({ span: fault.span, message: message(fault.name), remedy: remedy(fault.name), ...severity });
    }
  });
}

/** What was meant by `priority=100` and `priority: 100`: a keyword of the block and its value. */
function asAssigned({
  keyword,
  args,
  parent,
}: Statement): { readonly written: string; readonly end: number } | undefined {
  const match = /^([a-z_]\w*)([=:])(.*)$/i.exec(keyword.value);
  const [, name = '', , value = ''] = match ?? [];
  if (
    match === null ||
    keyword.quoted ||
    args[0]?.quoted === true ||
    findKeyword(parent.kind ?? '', name) === undefined
  )
    return undefined;
  if (value !== '') return { written: `${name} ${value}`, end: keyword.end };
  const [first] = args;
  return first === undefined ? undefined : { written: `${name} ${first.value}`, end: first.end };
}

/** What keeps keepalived from reading lines as they were meant. */
export const STRUCTURE_RULES: readonly KeepalivedRule[] = [
  rule('KAD001', 'error', TOPIC, 'A keyword is unknown', (subject, report) => {
    for (const statement of unknownStatements(subject)) {
      const { keyword, parent } = statement;
      const close = meant(statement);
      if (close === undefined && blocksWith(keyword.value).length > 0) continue;
      const place = nameOfBlock(parent.kind);
      const message = `Keepalived knows no keyword "${shownWord(keyword.value)}" in ${place} and ignores the line.`;
      const spaced = withSpaces(statement);
      if (spaced !== undefined) {
        const edits = [{ start: keyword.start, end: keyword.end, newText: spaced }];
        const remedy = 'Write ordinary spaces: one of these looks like a space and is another character.';
        report({ span: keyword, message, remedy, fix: { title: 'Write ordinary spaces', edits } });
        continue;
      }
      const assigned = asAssigned(statement);
      if (assigned !== undefined) {
        const edits = [{ start: keyword.start, end: assigned.end, newText: assigned.written }];
        const shown = shownWord(assigned.written);
        const remedy = `Write "${shown}": keepalived knows neither "=" nor ":".`;
        report({ span: keyword, message, remedy, fix: { title: `Write ${shown}`, edits } });
        continue;
      }
      report({
        span: keyword,
        message,
        remedy: close === undefined ? 'Remove the line.' : `Did you mean "${close}"?`,
        ...(close === undefined
          ? {}
          : {
              fix: {
                title: `Write ${close}`,
                edits: [{ start: keyword.start, end: keyword.end, newText: close }],
              },
            }),
      });
    }
  }),
  rule('KAD002', 'error', TOPIC, 'A keyword stands in the wrong block', (subject, report) => {
    for (const statement of unknownStatements(subject)) {
      const { keyword, parent } = statement;
      const homes = blocksWith(keyword.value);
      if (homes.length === 0 || meant(statement) !== undefined) continue;
      report({
        span: keyword,
        message: `"${keyword.value}" is not known in ${nameOfBlock(parent.kind)}; keepalived ignores it there.`,
        remedy: `It belongs into ${homes.slice(0, 3).map(nameOfBlock).join(' or ')}.`,
      });
    }
    for (const { keyword, spec, parent } of subject.document.statements) {
      const outer = parent.header?.parent.kind;
      const home = ONLY_WITHIN.get(`${parent.kind} ${keyword.value}`);
      if (spec === undefined || home === undefined || outer === undefined || outer === home) continue;
      report({
        span: keyword,
        message: `"${keyword.value}" is not known in ${nameOfBlock(outer)}; keepalived ignores it there.`,
        remedy: `It belongs into ${nameOfBlock(home)}.`,
      });
    }
  }),
  treeRule(
    'KAD003',
    'never-closed',
    'A block is never closed',
    (name) => `The block "${name}" is never closed.`,
    () => 'Write "}" where it ends.',
  ),
  treeRule(
    'KAD004',
    'extra-close',
    'A closing brace too many',
    () => 'Nothing is open here that this brace could close.',
    () => 'Remove it, or look for a brace too early above.',
  ),
  treeRule(
    'KAD005',
    'missing-open',
    'A block has no opening brace',
    (name) => `"${name}" needs a block, but no "{" follows.`,
    (name) => `Write "${name} … {" and close it with "}".`,
  ),
  treeRule(
    'KAD006',
    'unexpected-open',
    'An opening brace where no block begins',
    (name) => (name === '' ? 'No block begins here.' : `"${name}" has no block.`),
    () => 'Remove the braces.',
  ),
  rule('KAD007', 'error', TOPIC, 'A quote is not closed', ({ document }, report) => {
    for (const { openQuote } of document.lines) {
      if (openQuote === undefined) continue;
      report({
        span: openQuote,
        message: 'This quote is never closed on its line; keepalived drops the text behind it.',
        remedy: 'Close it. A quote within a quoted text does not work: use single quotes there.',
      });
    }
  }),
  rule('KAD008', 'error', TOPIC, 'The file begins with a byte order mark', ({ document }, report) => {
    const marks = byteOrderMarks(document.text);
    if (marks === 0) return;
    const span = { start: 0, end: marks };
    report({
      span,
      message: 'The byte order mark becomes a part of the first word.',
      remedy: 'Save the file as UTF-8 without it.',
      fix: { title: 'Remove the byte order mark', edits: [{ ...span, newText: '' }] },
    });
  }),
  rule('KAD009', 'error', TOPIC, 'The file holds a NUL character', ({ document }, report) => {
    for (const { start, end } of document.lines) {
      const line = document.text.slice(start, end);
      const at = line.indexOf('\0');
      if (at < 0) continue;
      const last = line.lastIndexOf('\0') + 1;
      // One edit for all of the line: broken files have many of them.
      const newText = line.slice(at, last).replaceAll('\0', '');
      const title =
        last - at - newText.length > 1 ? 'Remove the NUL characters of the line' : 'Remove the NUL character';
      report({
        span: { start: start + at, end: start + at + 1 },
        message: 'Keepalived ignores the rest of a line from a NUL character on.',
        remedy: 'Remove it.',
        fix: { title, edits: [{ start: start + at, end: start + last, newText }] },
      });
    }
  }),
  rule('KAD010', 'error', TOPIC, 'A line is too long', ({ document }, report) => {
    for (const { start, end } of document.lines) {
      if (end - start < LONGEST_LINE / 4) continue;
      const cut = byteOffset(document.text, start, end, LONGEST_LINE);
      if (cut === undefined) continue;
      report({
        span: { start: cut, end },
        message: `Keepalived reads at most ${LONGEST_LINE} bytes as one line; what stands here becomes a line of its own.`,
        remedy: 'Shorten the line; put a long command into a script.',
      });
    }
  }),
  rule('KAD011', 'error', TOPIC, 'A place holder of a template was left in', ({ document }, report) => {
    // A definition may stand in another file.
    if (document.includes) return;
    for (const { pieces } of document.lines) {
      for (const piece of pieces) {
        for (const word of piece.kind === 'words' ? piece.words : []) {
          if (!word.placeholder) continue;
          const message = `Nothing has filled in "${word.value}"; keepalived takes its braces for a block.`;
          report({
            span: word,
            message,
            remedy: 'Fill it in, or define the name: "$NAME=value" at the begin of a line.',
          });
        }
      }
    }
  }),
  rule('KAD027', 'warning', TOPIC, 'A keyword is out of date', ({ document }, report) => {
    for (const block of document.blocks) {
      for (const { keyword, args, spec } of block.statements) {
        const instead = spec?.replacedBy;
        if (spec === undefined || instead === undefined) continue;
        const edit =
          instead === ''
            ? removal(document, { start: keyword.start, end: (args.at(-1) ?? keyword).end })
            : { start: keyword.start, end: keyword.end, newText: instead };
        report({
          span: keyword,
          message: `"${keyword.value}" is out of date.`,
          remedy: instead === '' ? `Remove it. ${spec.doc}` : `Write "${instead}".`,
          tags: ['deprecated'],
          fix: { title: instead === '' ? 'Remove it' : `Write ${instead}`, edits: [edit] },
        });
      }
    }
  }),
];

/** Offset after so many bytes of UTF-8; undefined when the stretch has fewer or as many. */
function byteOffset(text: string, start: number, end: number, most: number): number | undefined {
  let bytes = 0;
  for (let at = start; at < end; at += 1) {
    const unit = text.charCodeAt(at);
    // Each half of a pair counts two of the four bytes.
    const size = unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
    bytes += size;
    if (bytes > most) return at;
    if (at - start > most) return at;
  }
  return undefined;
}
