import { MarkupKind, type Hover } from 'vscode-languageserver-types';
import type { Position } from '../../../finding/finding';
import { keysBelow } from '../schema/keys';
import type { ClusterSubject } from '../subject';
import { placeAt } from './place';

/** What a key decides. */
export function hover(subject: ClusterSubject, position: Position): Hover | undefined {
  const { text, lines } = subject;
  const start = lines.starts[position.line] ?? text.length;
  const line = text.slice(start, lines.starts[position.line + 1] ?? text.length);
  const found = /^[ \t]*(?:- +)*([A-Za-z_]\w*):(?=\s|$)/.exec(line);
  const name = found?.[1];
  if (found === null || name === undefined) return undefined;
  const end = found[0].length - 1;
  const first = end - name.length;
  if (position.character < first || position.character > end) return undefined;
  const path = placeAt(subject, { line: position.line, character: first })?.path;
  const key = path === undefined ? undefined : keysBelow(path)?.find((one) => one.name === name);
  if (key === undefined) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: `**${key.name}**\n\n${key.about}` },
    range: {
      start: { line: position.line, character: first },
      end: { line: position.line, character: end },
    },
  };
}
