import * as ruby from '@ruby/prism/src/nodes.js';
import { parseDocument } from 'yaml';
import { isTooDeepYaml } from '../../../../finding/yaml-depth';
import { yamlFaultOffset } from '../../../../finding/yaml-fault';
import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { LOADER_TOPIC } from '../support/topics';
import { firstSyntaxError } from '../support/words';

const LIBRARIES: ReadonlySet<string> = new Set(['YAML', 'Psych']);
const READERS: ReadonlySet<string> = new Set(['load', 'safe_load', 'unsafe_load']);

/** A text as Ruby hands it on, in the pieces it is written in. */
interface Piece {
  readonly value: string;
  /** Where it begins in the file. */
  readonly start: number;
}

export const BROKEN_YAML: GitlabRbRule = {
  id: 'GLR027',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'YAML in a text that Ruby cannot read',
  check(subject, report) {
    const end = firstSyntaxError(subject);
    for (const { node } of subject.scan.calls) {
      if (!isReader(node) || subject.spanOf(node.location).start >= end) continue;
      const pieces = piecesOf(subject, node.arguments_?.arguments_[0]);
      const fault = pieces === undefined ? undefined : faultOf(subject, pieces);
      if (fault === undefined) continue;
      report({
        span: fault.span,
        message: `YAML: ${fault.message}. Ruby stops at this text, and gitlab-ctl reconfigure with it.`,
        remedy:
          'Indent the lines of one level alike, with spaces only, and put what has special signs in quotes.',
      });
    }
  },
};

function isReader({ name, receiver }: ruby.CallNode): boolean {
  const library =
    receiver instanceof ruby.ConstantReadNode || receiver instanceof ruby.ConstantPathNode
      ? receiver.name
      : null;
  return library !== null && LIBRARIES.has(library) && READERS.has(name);
}

/** The pieces of a text; undefined for anything else, or one that only runs into shape. */
function piecesOf(subject: GitlabRbSubject, node: ruby.Node | undefined): readonly Piece[] | undefined {
  if (node instanceof ruby.StringNode) return [piece(subject, node)];
  if (node instanceof ruby.InterpolatedStringNode) return piecesAround(subject, node);
  if (!(node instanceof ruby.LocalVariableReadNode)) return undefined;
  const written = subject.scan.locals.filter((one) => one.node.name === node.name);
  const [only] = written;
  return written.length === 1 &&
    only !== undefined &&
    !(only.node.value instanceof ruby.LocalVariableReadNode)
    ? piecesOf(subject, only.node.value)
    : undefined;
}

/** The pieces of a text with something put in; undefined where that begins a line, and may be lines of its own. */
function piecesAround(
  subject: GitlabRbSubject,
  { parts }: ruby.InterpolatedStringNode,
): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let beginsLine = true;
  for (const part of parts) {
    if (part instanceof ruby.StringNode) {
      const one = piece(subject, part);
      const line = one.value.slice(one.value.lastIndexOf('\n') + 1);
      beginsLine = line.trim() === '' && (beginsLine || one.value.includes('\n'));
      pieces.push(one);
    } else if (beginsLine) return undefined;
    // Whatever is put in further on is a word for YAML as a rule.
    else pieces.push({ value: 'x', start: subject.spanOf(part.location).start });
  }
  return pieces;
}

function piece(subject: GitlabRbSubject, { unescaped, contentLoc }: ruby.StringNode): Piece {
  return { value: unescaped.value, start: subject.spanOf(contentLoc).start };
}

/** The first thing YAML refuses, and the line of the file it stands on. */
function faultOf(
  subject: GitlabRbSubject,
  pieces: readonly Piece[],
): { readonly span: Span; readonly message: string } | undefined {
  const text = pieces.map(({ value }) => value).join('');
  if (isTooDeepYaml(text)) return undefined;
  // Ruby reads YAML 1.1 and lets the last of two equal keys win.
  const { errors } = parseDocument(text, {
    version: '1.1',
    logLevel: 'silent',
    prettyErrors: false,
    strict: false,
    uniqueKeys: false,
  });
  const [error] = errors;
  if (error === undefined) return undefined;
  return { span: lineOf(subject.text, pieces, yamlFaultOffset(text, error)), message: error.message };
}

/** The line of the file on which an offset of the text is written. */
function lineOf(text: string, pieces: readonly Piece[], offset: number): Span {
  let left = offset;
  let at = pieces[0];
  for (const one of pieces) {
    at = one;
    if (left < one.value.length) break;
    if (one !== pieces.at(-1)) left -= one.value.length;
  }
  let start = at?.start ?? 0;
  const breaks = at?.value.slice(0, left).split('\n').length ?? 1;
  for (let line = 1; line < breaks; line += 1) {
    const next = text.indexOf('\n', start);
    if (next >= 0) start = next + 1;
  }
  start = text.lastIndexOf('\n', start - 1) + 1;
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end < 0 ? text.length : end);
  const from = start + line.length - line.trimStart().length;
  return { start: from, end: Math.max(from + 1, start + line.trimEnd().length) };
}
