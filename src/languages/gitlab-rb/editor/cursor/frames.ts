import type { Token } from './lexer';

/** A key of gitlab.rb, `[]` for items of an array. */
export interface Place {
  readonly root: string;
  readonly path: readonly string[];
}

/** Something open before the cursor. */
export interface Frame {
  readonly kind: 'statement' | 'index' | 'hash' | 'array' | 'paren';
  /** Whose key, value or content stands here; undefined when it belongs to no setting. */
  place: Place | undefined;
  /** In hashes and statements: whether a name or a value comes next. */
  phase: 'name' | 'value';
  /** Keys of a hash literal that were written before, with the style of the last one. */
  readonly names: string[];
  style: 'label' | 'arrow' | undefined;
  /** The place of the value in a hash, of the setting in a statement. */
  target: Place | undefined;
  /** The last token that may be a key. */
  candidate: Token | undefined;
  /** The setting that was read last: `[` right behind it reads one of its keys. */
  read: Place | undefined;
}

function frame(kind: Frame['kind'], place: Place | undefined): Frame {
  const phase = kind === 'array' || kind === 'paren' ? 'value' : 'name';
  const nothing = { style: undefined, target: undefined, candidate: undefined, read: undefined };
  return { kind, place, phase, names: [], ...nothing };
}

/** More brackets than this are open in no file; the parser refuses them, and their places grow with each. */
const MOST_OPEN = 300;

/**
 * Reads the words of a statement and gives what is open at their end, the innermost last. Never empty; nothing is known of
 * what is nested beyond all measure.
 */
export function framesOf(tokens: readonly Token[]): readonly [Frame, ...Frame[]] {
  const first = frame('statement', undefined);
  const frames: [Frame, ...Frame[]] = [first];
  for (const [at, token] of tokens.entries()) {
    const top = frames.at(-1) ?? first;
    if (token.kind === 'mark') readMark(frames, top, token, tokens[at - 1]);
    else readWord(top, token);
    if (frames.length > MOST_OPEN) return [frame('paren', undefined)];
  }
  return frames;
}

function readWord(top: Frame, token: Token): void {
  if (top.kind === 'statement') return statementWord(top, token);
  if (top.kind === 'hash' && top.phase === 'name') {
    top.candidate = token;
    if (token.kind === 'label') name(top, token.text, 'label');
  } else top.candidate = token;
}

/** The first word is a root; a value right behind it means that it is called. */
function statementWord(top: Frame, token: Token): void {
  if (top.phase === 'value') return;
  if (top.target === undefined) {
    if (token.kind === 'word') top.target = { root: token.text, path: [] };
    else top.phase = 'value';
    return;
  }
  top.phase = 'value';
}

function name(top: Frame, text: string, style: 'label' | 'arrow'): void {
  top.names.push(text);
  top.style = style;
  top.phase = 'value';
  top.target = top.place === undefined ? undefined : below(top.place, text);
}

/** Beyond all measure the place stays the one above: nothing is known there either. */
function below(place: Place, key: string): Place {
  return place.path.length > MOST_OPEN ? place : { root: place.root, path: [...place.path, key] };
}

function readMark(frames: [Frame, ...Frame[]], top: Frame, token: Token, before: Token | undefined): void {
  switch (token.text) {
    case '[':
      return openSquare(frames, top, token, before);
    case '{':
      // A hash without keys yet looks like the one around it.
      frames.push({ ...frame('hash', valuePlace(top)), style: frames.findLast(({ style }) => style)?.style });
      return;
    case '(':
      frames.push(frame('paren', callPlace(top)));
      return;
    case ']':
      return close(frames, ['index', 'array']);
    case '}':
      return close(frames, ['hash']);
    case ')':
      return close(frames, ['paren']);
    case '=>':
      if (top.kind === 'hash' && top.phase === 'name' && top.candidate !== undefined) {
        name(top, top.candidate.text, 'arrow');
      }
      return;
    case ',':
      if (top.kind === 'hash') top.phase = 'name';
      return;
    case '=':
    case '||=':
    case '&&=':
    case '+=':
    case '<<':
      return assign(top, token.text);
    case '.':
      if (top.kind === 'statement' && top.phase === 'name') top.target = undefined;
      top.phase = 'value';
      return;
    default:
      if (top.kind === 'statement' && top.target !== undefined) top.phase = 'value';
  }
}

function assign(top: Frame, mark: string): void {
  if (top.kind !== 'statement' || top.phase === 'value') return;
  top.phase = 'value';
  // `roles = …` makes a variable; a list grows by items.
  if (top.target?.path.length === 0) top.target = undefined;
  if (top.target !== undefined && mark === '<<') top.target = below(top.target, '[]');
}

/** `[` right behind a setting opens one of its keys; anywhere else a list. */
function openSquare(frames: [Frame, ...Frame[]], top: Frame, token: Token, before: Token | undefined): void {
  const touches = before?.end === token.start;
  const { target } = top;
  const indexes = top.kind === 'statement' && top.phase === 'name' && target !== undefined && touches;
  if (indexes) {
    frames.push(frame('index', target));
    return;
  }
  const readable = touches ? readPlace(top, before) : undefined;
  const list = valuePlace(top);
  if (readable !== undefined) frames.push(frame('index', readable));
  else frames.push(frame('array', list === undefined ? undefined : below(list, '[]')));
  if (top.kind === 'statement') top.phase = 'value';
}

function readPlace(top: Frame, before: Token): Place | undefined {
  if (before.kind === 'word') return { root: before.text, path: [] };
  return before.text === ']' ? top.read : undefined;
}

/** The place of a value written here. */
function valuePlace(top: Frame): Place | undefined {
  if (top.kind === 'array' || top.kind === 'paren') return top.place;
  if (top.kind === 'hash') return top.phase === 'value' ? top.target : undefined;
  if (top.kind === 'statement') return top.target;
  return undefined;
}

function callPlace(top: Frame): Place | undefined {
  if (top.kind === 'statement' && top.phase === 'name' && top.target?.path.length === 0) {
    top.phase = 'value';
    return top.target;
  }
  return valuePlace(top);
}

function close(frames: [Frame, ...Frame[]], kinds: readonly Frame['kind'][]): void {
  const at = frames.findLastIndex(({ kind }) => kinds.includes(kind));
  if (at <= 0) return;
  const closed = frames[at];
  frames.length = at;
  const top = frames.at(-1);
  if (closed?.kind !== 'index' || top === undefined) return;
  const key = closed.candidate?.text;
  const place = closed.place === undefined || key === undefined ? undefined : below(closed.place, key);
  if (top.kind === 'statement' && top.phase === 'name') top.target = place;
  else top.read = place;
}
