import type { Finding, Position, Range } from '../../../src/finding/finding';
import type { Language, SymbolUse } from '../../../src/languages/core/language/language';
import { runRules } from '../../../src/languages/core/rules/run-rules';
import type { Rule } from '../../../src/languages/core/rules/rule';
import type { Comment } from '../../../src/languages/core/rules/suppression';
import { positionAt, textLines, type TextLines } from '../../../src/finding/text-lines';

/** A language of words, small enough to see through: `def NAME` defines, `NAME` uses, `bad` is wrong, `teh` misspelt. */
export interface Words {
  readonly lines: TextLines;
  readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
}

const RULES: readonly Rule<Words>[] = [
  wordRule('HAP801', 'bad', 'Remove it.'),
  {
    ...wordRule('HAP802', 'teh', ''),
    severity: 'hint',
    check: ({ words }, report) => {
      for (const { text, start, end } of words) {
        if (text !== 'teh') continue;
        const fix = { title: 'Write "the"', edits: [{ start, end, newText: 'the' }] };
        report({
          span: { start, end },
          message: '"teh" is misspelt.',
          remedy: '',
          fix,
          tags: ['unnecessary'],
        });
      }
    },
  },
];

function wordRule(id: string, word: string, remedy: string): Rule<Words> {
  return {
    id,
    severity: 'warning',
    topic: 'Words',
    title: word,
    check: ({ words }, report) => {
      for (const { text, start, end } of words) {
        if (text === word) report({ span: { start, end }, message: `"${word}" stands here.`, remedy });
      }
    },
  };
}

function* comments({ lines }: Words): Generator<Comment> {
  for (const [line, start] of lines.starts.entries()) {
    const text = lines.text.slice(start, lines.starts[line + 1] ?? lines.text.length);
    const at = text.indexOf('#');
    if (at === -1) continue;
    const end = start + text.trimEnd().length;
    const alone = text.slice(0, at).trim() === '';
    yield { start: start + at, end, text: lines.text.slice(start + at, end), line, alone };
  }
}

function range({ lines }: Words, { start, end }: { start: number; end: number }): Range {
  return { start: positionAt(lines, start), end: positionAt(lines, end) };
}

function symbolUses(subject: Words): SymbolUse[] {
  return subject.words.flatMap((word, index) => {
    if (!/^[A-Z]+$/.test(word.text)) return [];
    const role = subject.words[index - 1]?.text === 'def' ? 'definition' : 'use';
    return [{ kind: 'name', name: word.text, range: range(subject, word), role }];
  });
}

export const WORDS: Language<Words, 'haproxy'> = {
  id: 'haproxy',
  title: 'Words',
  letters: 'HAP',
  fileName: 'haproxy.cfg',
  fence: 'text',
  snippets: [],
  read: (text) => ({
    lines: textLines(text),
    words: [...text.matchAll(/\w+/g)].map((match) => ({
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
    })),
  }),
  lint: (subject, target, severities): Finding[] =>
    runRules(subject, RULES, {
      path: target.path,
      comments: comments(subject),
      unusedId: 'HAP000',
      range: (span) => range(subject, span),
      ...(severities === undefined ? {} : { severities }),
    }),
  features: {
    completion: (_, position) => [{ label: `at ${position.line}:${position.character}` }],
    hover: () => undefined,
    symbolUses,
    refuseRename: (_, __, newName) =>
      /^[A-Z]+$/.test(newName) ? undefined : { refused: 'Names are capital letters.' },
    documentSymbols: () => [],
    foldingRanges: () => [],
    selectionRange: (_, position: Position) => ({ range: { start: position, end: position } }),
  },
};
