import type { SemanticToken, TokenType } from '../../../core/language/language';
import { tokenAt, type TokenSpan } from '../../../core/language/token-at';
import type { Span } from '../../../core/rules/rule';
import { checkNumber } from '../../check/argument';
import { namesOf } from '../../model/names';
import type { Argument } from '../../schema/keyword';
import type { KeepalivedSubject } from '../../subject';
import { type KeepalivedDocument } from '../../syntax/document';
import type { Word } from '../../syntax/word';

const OF_ARGUMENT: Readonly<Record<Argument['kind'], TokenType>> = {
  text: 'string',
  form: 'string',
  number: 'number',
  decimal: 'number',
  choice: 'enumMember',
  address: 'string',
  interface: 'string',
  script: 'string',
  name: 'class',
  reference: 'class',
};

/** Colours by meaning: keywords that are known, names, values, comments, definitions. */
export function semanticTokens({ document }: KeepalivedSubject): SemanticToken[] {
  const tokens = [...statementTokens(document), ...entryTokens(document), ...lineTokens(document)];
  const seen = new Set<number>();
  return tokens
    .sort((a, b) => a.start - b.start)
    .flatMap((span) => {
      if (span.end <= span.start || seen.has(span.start)) return [];
      seen.add(span.start);
      return tokenAt(document.index, span) ?? [];
    });
}

function* statementTokens(document: KeepalivedDocument): Generator<TokenSpan> {
  const definitions = new Set(
    namesOf(document).flatMap(({ role, word }) => (role === 'definition' ? [word] : [])),
  );
  for (const { keyword, args, spec } of document.statements) {
    if (spec === undefined) continue;
    const old = spec.replacedBy !== undefined;
    yield { ...spanOf(keyword), type: 'keyword', ...(old ? { modifiers: ['deprecated'] as const } : {}) };
    for (const [at, word] of args.entries()) {
      const argument = spec.args[at];
      const type = word.dynamic ? 'variable' : argument === undefined ? 'string' : OF_ARGUMENT[argument.kind];
      yield {
        ...spanOf(word),
        type,
        ...(definitions.has(word) ? { modifiers: ['declaration'] as const } : {}),
      };
    }
  }
}

const NAMES = new Set(['vrrp_script', 'vrrp_track_process', 'track_file', 'bfd_instance', 'vrrp_instance']);

function* entryTokens({ blocks }: KeepalivedDocument): Generator<TokenSpan> {
  for (const { values, entries } of blocks) {
    if (values === undefined) continue;
    for (const { words } of entries) {
      for (const [at, word] of words.entries()) {
        const isName = NAMES.has(values) && (at === 0 || values === 'vrrp_instance');
        const number = checkNumber(word.value, -Infinity, Infinity, 0) === undefined;
        const type = word.dynamic
          ? 'variable'
          : isName
            ? 'class'
            : at === 0
              ? 'string'
              : number
                ? 'number'
                : 'parameter';
        yield { ...spanOf(word), type };
      }
    }
  }
}

function* lineTokens({ lines, text }: KeepalivedDocument): Generator<TokenSpan> {
  for (const { comment, condition, kind, subject } of lines) {
    if (condition !== undefined) yield { ...condition, type: 'namespace' };
    if (comment !== undefined) yield { ...comment, type: 'comment' };
    if (subject === undefined) continue;
    if (kind === 'definition') yield { ...spanOf(subject), type: 'variable', modifiers: ['declaration'] };
    if (kind !== 'include') continue;
    yield { ...spanOf(subject), type: 'string' };
    const start = text.lastIndexOf('include', subject.start);
    if (start >= 0) yield { start, end: start + 'include'.length, type: 'keyword' };
  }
}

const spanOf = ({ start, end }: Word): Span => ({ start, end });
