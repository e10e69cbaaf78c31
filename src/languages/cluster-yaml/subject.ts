import { Lexer } from 'yaml';
import { readClusterYaml, type ClusterReading } from '../../cluster/cluster-yaml';
import { LARGEST_CLUSTER_FILE } from '../../cluster/cluster-versions';
import { positionAt, textLines, type TextLines } from '../../finding/text-lines';
import type { Comment } from '../core/rules/suppression';

/** What the rules and the editor's questions about cluster.yaml look at. */
export interface ClusterSubject {
  readonly text: string;
  readonly lines: TextLines;
  readonly reading: ClusterReading;
  /** The comments of the file, which may silence rules. */
  readonly comments: readonly Comment[];
}

/** Reads a cluster.yaml. Never throws. @param path as findings shall name it */
export function readClusterFile(text: string, path: string): ClusterSubject {
  const lines = textLines(text);
  return { text, lines, reading: readClusterYaml(text, path), comments: commentsOf(text, lines) };
}

function commentsOf(text: string, lines: TextLines): Comment[] {
  if (text.length > LARGEST_CLUSTER_FILE || !text.includes('ha-lab:')) return [];
  const comments: Comment[] = [];
  let at = 0;
  for (const lexeme of new Lexer().lex(text)) {
    // Signs of the lexer itself, which do not stand in the text.
    if (/^[\u0002\u0018\u001f]$/.test(lexeme)) continue;
    const start = at;
    at += lexeme.length;
    if (!lexeme.startsWith('#')) continue;
    const { line } = positionAt(lines, start);
    const alone = text.slice(lines.starts[line] ?? 0, start).trim() === '';
    comments.push({ start, end: at, text: lexeme, line, alone });
  }
  return comments;
}
