import { checkCondition, isConditionWord } from './expressions/condition';
import { UNKNOWN_TEXT, type Word } from '../syntax/word';
import { behind } from './scope';
import type { Part } from './signature';
import { checkValue } from './values/value-types';
import type { Matching } from './matching';

/**
 * Compares words from `start` on with the parts of a signature and reports the first difference.
 * @returns the index after the last word, undefined after a fault
 */
export function matchAll(matching: Matching, parts: readonly Part[], start: number): number | undefined {
  const end = matchParts(matching, parts, start);
  const extra = end === undefined ? undefined : matching.words[end];
  if (extra === undefined) return end;
  const conditional = parts.some((part) => part.kind === 'condition');
  const options = parts.flatMap((part) => (part.kind === 'options' ? leaders(part.alternatives) : []));
  reportExtra(matching, extra, options, conditional);
  return undefined;
}

function reportExtra(
  matching: Matching,
  extra: Word,
  options: readonly string[],
  conditional: boolean,
): void {
  const { scope, subject } = matching;
  if (extra.dynamic) return;
  const known = conditional ? [...options, 'if', 'unless'] : options;
  const remedy =
    known.length > 0
      ? scope.suggest(extra.value, known)
      : 'Remove it, or quote an argument that holds spaces.';
  scope.report('extra-argument', extra, `"${subject}" does not take "${extra.value}" here.`, remedy);
}

function leaders(alternatives: readonly (readonly Part[])[]): string[] {
  return alternatives.flatMap(([first]) => (first?.kind === 'words' ? first.words : []));
}

export function matchParts(matching: Matching, parts: readonly Part[], start: number): number | undefined {
  let at: number | undefined = start;
  for (const part of parts) {
    at = matchPart(matching, part, at);
    if (at === undefined) return undefined;
    if (part.kind === 'rest') return matching.words.length;
  }
  return at;
}

function matchPart(matching: Matching, part: Part, at: number): number | undefined {
  const { scope, words, subject } = matching;
  const word = words[at];
  switch (part.kind) {
    case 'rest':
      return words.length;
    case 'value':
      if (word === undefined) return missing(matching, at, `<${part.label}>`);
      return checkValue(matching, part.type, at);
    case 'words':
      if (word === undefined) return missing(matching, at, part.words.join(' or '));
      if (word.dynamic || part.words.includes(word.value)) return at + 1;
      scope.report(
        'enumeration',
        word,
        `"${subject}" does not know "${word.value}".`,
        scope.suggest(word.value, part.words),
      );
      return undefined;
    case 'optional':
      return begins(part.parts[0], word) ? matchParts(matching, part.parts, at) : at;
    case 'options':
      return matchOptions(matching, part.alternatives, at);
    case 'condition':
      return matchCondition(matching, part.required, at);
  }
}

function missing(matching: Matching, at: number, what: string): undefined {
  const { scope, words, subject } = matching;
  if (words.some((word) => word.value === UNKNOWN_TEXT)) return undefined;
  const span = behind(words, at, scope.statement);
  scope.report(
    'missing-argument',
    span,
    `"${subject}" needs ${what} after "${lastWord(matching, at)}".`,
    `Add ${what}.`,
  );
  return undefined;
}

function lastWord(matching: Matching, at: number): string {
  return matching.words[at - 1]?.value ?? matching.scope.statement.keyword.value;
}

function matchOptions(
  matching: Matching,
  alternatives: readonly (readonly Part[])[],
  start: number,
): number | undefined {
  let at = start;
  for (;;) {
    const word = matching.words[at];
    const chosen = alternatives.find(([first]) => begins(first, word));
    if (word === undefined || chosen === undefined) return at;
    const next = matchParts(matching, chosen, at);
    if (next === undefined || next === at) return next;
    at = next;
  }
}

/** Whether a word may be the first of an optional part. */
function begins(part: Part | undefined, word: Word | undefined): boolean {
  if (part === undefined || word === undefined) return false;
  if (part.kind === 'words') return part.words.includes(word.value);
  if (part.kind === 'value') return !isConditionWord(word);
  return part.kind === 'options' && part.alternatives.some(([first]) => begins(first, word));
}

function matchCondition(matching: Matching, required: boolean, at: number): number | undefined {
  const { scope, words } = matching;
  if (isConditionWord(words[at])) {
    checkCondition(scope, words, at);
    return words.length;
  }
  return required && words[at] === undefined ? missing(matching, at, '"if" or "unless" and a condition') : at;
}
