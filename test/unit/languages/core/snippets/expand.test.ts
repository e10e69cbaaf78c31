import { describe, expect, it } from 'vitest';
import { expandSnippet } from '../../../../../src/languages/core/snippets/expand';

describe('a snippet expands', () => {
  it.each([
    ['plain text to itself', 'a b', 'a b'],
    ['tab stops to nothing', 'a$1b${2}c$0', 'abc'],
    ['placeholders to their default', 'a ${1:b} c', 'a b c'],
    ['the same number to the same text', '${1:a} $1 ${1}', 'a a a'],
    ['a number before its default', '$1 ${1:a}', 'a a'],
    ['nested placeholders', '${1:a ${2:b}} $2', 'a b b'],
    ['choices to the first', '${1|x,y,z|} $1', 'x x'],
    ['escaped commas in choices', '${1|a\\,b,c|}', 'a,b'],
    ['escapes', '\\$1 \\} \\\\ ${1:a\\}b}', '$1 } \\ a}b'],
    ['braces of other languages', '{ a: 1 } %w[a] "\\${ENV}"', '{ a: 1 } %w[a] "${ENV}"'],
    ['backslashes of other languages', 'send "PING\\r\\n"', 'send "PING\\r\\n"'],
    ['a dollar sign alone', 'a $ b $', 'a $ b $'],
    ['what is never closed', '${1:a', 'a'],
    ['a choice that is never closed', '${1|a,b', 'a'],
  ])('%s', (_, body, expected) => {
    expect(expandSnippet(body)).toBe(expected);
  });
});
