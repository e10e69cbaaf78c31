/**
 * Expands a snippet's body as an editor does before anything is typed: placeholders become their default, choices
 * their first word, tab stops nothing. Every stop of one number gets the same text.
 */
export function expandSnippet(body: string): string {
  const defaults = new Map<string, string>();
  // Defaults may stand behind the first use of their number.
  read(body, 0, defaults, '');
  return read(body, 0, defaults, '').text;
}

interface Expanded {
  readonly text: string;
  /** Offset behind what was read. */
  readonly end: number;
}

const STOP = /\$(?:(\d+)|\{(\d+)(\}|:|\|))/y;

/** Reads up to `close`, or to the end when that is empty. */
function read(body: string, start: number, defaults: Map<string, string>, close: string): Expanded {
  let text = '';
  let at = start;
  while (at < body.length) {
    const char = body.charAt(at);
    if (char === close) return { text, end: at + 1 };
    if (char === '\\' && '\\$}'.includes(body.charAt(at + 1)) && at + 1 < body.length) {
      text += body.charAt(at + 1);
      at += 2;
      continue;
    }
    STOP.lastIndex = at;
    const match = char === '$' ? STOP.exec(body) : null;
    if (match === null) {
      text += char;
      at += 1;
      continue;
    }
    const stop = readStop(body, at + match[0].length, match, defaults);
    text += stop.text;
    at = stop.end;
  }
  return { text, end: at };
}

function readStop(body: string, at: number, match: RegExpExecArray, defaults: Map<string, string>): Expanded {
  const [, plain, braced, opener] = match;
  const number = plain ?? braced ?? '';
  if (opener === ':') {
    const inner = read(body, at, defaults, '}');
    if (!defaults.has(number)) defaults.set(number, inner.text);
    return { text: defaults.get(number) ?? '', end: inner.end };
  }
  if (opener === '|') {
    const close = body.indexOf('|}', at);
    const end = close < 0 ? body.length : close;
    const [first = ''] = body.slice(at, end).split(/(?<!\\),/);
    if (!defaults.has(number)) defaults.set(number, first.replace(/\\([,|\\])/g, '$1'));
    return { text: defaults.get(number) ?? '', end: Math.min(end + 2, body.length) };
  }
  return { text: defaults.get(number) ?? '', end: at };
}
