import type { ParseError } from '@ruby/prism/src/deserialize.js';
import type { Finding } from '../../cluster/finding';
import type { Utf8Index } from '../text/utf8-index';

/** Syntax errors of the Ruby parser as findings, one a line: what follows on a line is an echo of the first. */
export function syntaxFindings(errors: readonly ParseError[], index: Utf8Index, file: string): Finding[] {
  const byLine = new Map<number, Finding>();
  for (const error of errors) {
    const finding = syntaxFinding(error, index, file);
    const { line } = finding.range.start;
    if (!byLine.has(line)) byLine.set(line, finding);
  }
  return [...byLine.values()].sort((one, other) => one.range.start.line - other.range.start.line);
}

function syntaxFinding(error: ParseError, index: Utf8Index, file: string): Finding {
  const range = index.rangeOfBytes(error.location.startOffset, error.location.length);
  return {
    code: 'GRB001',
    severity: 'error',
    file,
    range,
    message: `Ruby syntax: ${error.message}.`,
    remedy: remedyOf(error.type),
  };
}

/** The parser's error types are identifiers of its own, not message text. */
function remedyOf(type: string): string {
  if (type.startsWith('hash_'))
    return 'Separate the entries with commas, write key => value, and close with }.';
  if (type.startsWith('array_')) return 'Separate the elements with commas and close with ].';
  if (type.startsWith('argument') || type.startsWith('call_')) return 'Check commas and parentheses here.';
  if (
    type.includes('string') ||
    type.includes('heredoc') ||
    type.includes('quote') ||
    type.startsWith('list_')
  ) {
    return 'Close the text with the quote or word it began with.';
  }
  if (type.startsWith('expect_expression')) return 'Write a value here, for example a quoted text.';
  if (type.startsWith('expression_not_writable'))
    return 'A setting has one "=" between its key and its value.';
  if (type.includes('term') || type.includes('end'))
    return 'Something opened above is not closed: check brackets, quotes and "end".';
  return 'Correct this line or the one above; GitLab refuses the whole file until then.';
}
