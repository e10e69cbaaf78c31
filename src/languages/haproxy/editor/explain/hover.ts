import { MarkupKind, type Hover } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { rangeBetween } from '../../../../finding/text-lines';
import { keywordTable } from '../../schema/keywords/tables';
import type { HaproxySubject } from '../../subject';
import type { HaproxyDocument } from '../../syntax/document';
import type { Word } from '../../syntax/word';
import { cursorAt, type Cursor } from '../cursor/cursor';
import { availabilityOf, descriptionOf, manualLink, type Described } from './describe';
import { formatParts, type Call } from '../cursor/expression-parts';
import { describeName } from './hover-names';
import { lineSlots } from '../cursor/line-slots';
import { actionArguments, keywordArguments, sampleArguments } from './signature-text';
import type { Slot } from '../cursor/slot';
import { sourceSpan, valueLengthBefore } from '../cursor/source-map';
import { callsIn, isFormat } from '../cursor/word-parts';

/** A text about what stands at a position. */
interface Text {
  readonly markdown: string;
  readonly start: number;
  readonly end: number;
}

/** What HAProxy means by the word at a position. */
export function hover(subject: HaproxySubject, position: Position): Hover | undefined {
  const { document } = subject;
  const cursor = cursorAt(document, position);
  const { word, line, index, kind } = cursor;
  if (word === undefined || cursor.inComment) return undefined;
  const slots = lineSlots(line.words, kind, document.version)[index] ?? [];
  const text =
    inExpression(document, word, slots, cursor) ??
    describeName(subject, position) ??
    wholeWord(document, cursor, word, slots);
  if (text === undefined) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: text.markdown },
    range: rangeBetween(document.index, text.start, text.end),
  };
}

function block(code: string, ...paragraphs: readonly (string | undefined)[]): string {
  const rest = paragraphs.filter((text) => text !== undefined && text !== '');
  return [`\`\`\`haproxy\n${code}\n\`\`\``, ...rest].join('\n\n');
}

function described(what: Described, name: string, code: string, { version }: HaproxyDocument): string {
  const link = manualLink(what, name, version);
  return block(
    code,
    descriptionOf(what, name),
    availabilityOf(what, name, version),
    `[HAProxy ${version} manual](${link})`,
  );
}

/** A fetch, converter or alias under the position. */
function inExpression(
  document: HaproxyDocument,
  word: Word,
  slots: readonly Slot[],
  cursor: Cursor,
): Text | undefined {
  const at = valueLengthBefore(document.text, word, cursor.offset);
  const call = callsIn(word, slots).find(({ start, end }) => at >= start && at <= end && end > start);
  if (call !== undefined) return callText(document, word, call);
  if (!slots.some(isFormat)) return undefined;
  const alias = formatParts(word.value).find(
    ({ kind, start, end }) => kind === 'alias' && at >= start && at <= end && end > start,
  );
  if (alias === undefined) return undefined;
  const name = word.value.slice(alias.start, alias.end);
  if (descriptionOf({ kind: 'alias' }, name) === undefined) return undefined;
  const span = sourceSpan(document.text, word, alias.start, alias.end);
  return { ...span, markdown: described({ kind: 'alias' }, name, `%${name}`, document) };
}

function callText(document: HaproxyDocument, word: Word, call: Call): Text | undefined {
  const { name, role } = call;
  const table = keywordTable(document.version);
  const code = sampleArguments(table, name, role);
  const span = sourceSpan(document.text, word, call.start, call.end);
  const what: Described = { kind: role };
  if (code === undefined) {
    const availability = availabilityOf(what, name, document.version);
    return availability === undefined ? undefined : { ...span, markdown: block(name, availability) };
  }
  return { ...span, markdown: described(what, name, `${name}${code} ${typesOf(document, call)}`, document) };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  sint: 'integer',
  str: 'string',
  bin: 'binary',
  meth: 'method',
  addr: 'address',
};

function typesOf({ version }: HaproxyDocument, { name, role }: Call): string {
  const table = keywordTable(version);
  const long = (type: string): string => TYPE_NAMES[type] ?? type;
  if (role === 'converter') {
    const found = table.converters.get(name);
    return found === undefined ? '' : `: ${long(found.input)} → ${long(found.output)}`;
  }
  const acl = table.acl.get(name);
  const fetch = table.fetches.get(name) ?? table.fetches.get(acl?.fetch ?? '');
  const matched = acl === undefined ? '' : `, matched by "${acl.match}"`;
  return fetch === undefined ? '' : `: ${long(fetch.output)}${matched}`;
}

function wholeWord(
  document: HaproxyDocument,
  cursor: Cursor,
  word: Word,
  slots: readonly Slot[],
): Text | undefined {
  const text = slots
    .map((slot) => slotText(document, cursor, word.value, slot))
    .find((one) => one !== undefined);
  return text === undefined ? undefined : { markdown: text, start: word.start, end: word.end };
}

function slotText(document: HaproxyDocument, cursor: Cursor, value: string, slot: Slot): string | undefined {
  switch (slot.kind) {
    case 'section':
      return descriptionOf({ kind: 'section' }, value) === undefined
        ? undefined
        : described({ kind: 'section' }, value, value, document);
    case 'keyword':
    case 'negatable':
      return keywordText(document, cursor, value);
    case 'option':
      return known(
        { kind: 'option' },
        value,
        `option ${value} ${keywordArguments(cursor.kind, `option ${value}`) ?? ''}`,
        document,
      );
    case 'action': {
      const name = value.replace(/\(.*$/s, '');
      const code = `${slot.ruleset} ${name}${actionArguments(name) ?? ''}`;
      return known({ kind: 'action', ruleset: slot.ruleset }, name, code, document);
    }
    case 'parameter':
      return known({ kind: slot.line }, value.replace(/\(.*$/s, ''), `${slot.line} … ${value}`, document);
    case 'words':
      return secondWord(document, cursor, value, slot.owner);
    case 'value':
      return valueText(slot.type, slot.label, value);
    case 'directive':
    case 'definition':
    case 'condition':
    case 'term':
    case 'operator':
    case 'expression':
    case 'converter':
    case 'flag':
    case 'close':
    case 'pattern':
      return undefined;
  }
}

/** Only what is described or known to differ between branches is worth a box. */
function known(what: Described, name: string, code: string, document: HaproxyDocument): string | undefined {
  const nothing =
    descriptionOf(what, name) === undefined && availabilityOf(what, name, document.version) === undefined;
  return nothing ? undefined : described(what, name, code.trim(), document);
}

function keywordText(document: HaproxyDocument, cursor: Cursor, value: string): string | undefined {
  const { line, index, kind } = cursor;
  const next = line.words[index + 1]?.value.replace(/\(.*$/s, '') ?? '';
  const what: Described = { kind: 'keyword', section: kind };
  const both = `${value} ${next}`;
  if (next !== '' && descriptionOf(what, both) !== undefined) {
    return described(what, both, `${both} ${keywordArguments(kind, both) ?? ''}`.trim(), document);
  }
  return known(what, value, `${value} ${keywordArguments(kind, value) ?? ''}`, document);
}

function secondWord(
  document: HaproxyDocument,
  cursor: Cursor,
  value: string,
  owner: string,
): string | undefined {
  const name = `${owner} ${value.replace(/\(.*$/s, '')}`;
  const what: Described = { kind: 'keyword', section: cursor.kind };
  if (descriptionOf(what, name) === undefined) return undefined;
  return described(what, name, `${name} ${keywordArguments(cursor.kind, name) ?? ''}`.trim(), document);
}

const MODES: Readonly<Record<string, string>> = {
  tcp: 'Bytes are passed on unread: SSH, PostgreSQL, Redis, Gitaly, TLS that is passed through.',
  http: 'Requests are understood: rules, headers and retries work.',
  log: 'A backend of log servers.',
};
const ALGORITHMS: Readonly<Record<string, string>> = {
  roundrobin: 'Each server in turn, by weight.',
  'static-rr': 'Each server in turn; weights cannot change while HAProxy runs.',
  leastconn: 'The server with the fewest connections: for long sessions such as databases and Git.',
  source: "The hash of the client's address.",
  first: 'The first server that is not full.',
  uri: 'The hash of the address, so that a cache is used well.',
  random: 'A server by chance, the better of two by default.',
  hash: 'The hash of an expression.',
};

function valueText(type: string, label: string, value: string): string | undefined {
  const words = type === 'mode' ? MODES : type === 'algorithm' ? ALGORITHMS : {};
  const text = words[value.replace(/\(.*$/s, '')];
  return text === undefined ? undefined : block(`${label} ${value}`, text);
}
