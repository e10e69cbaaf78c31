import { describe, expect, it } from 'vitest';
import { compileSignature, type Part } from '../../../../../src/languages/haproxy/check/signature';
import { VALUE_TYPES } from '../../../../../src/languages/haproxy/check/values/value-types';
import { ACTION_SIGNATURES } from '../../../../../src/languages/haproxy/schema/actions';
import { GLOBAL_KEYWORDS } from '../../../../../src/languages/haproxy/schema/global';
import { PROXY_KEYWORDS } from '../../../../../src/languages/haproxy/schema/proxy';
import { SECTION_KEYWORDS } from '../../../../../src/languages/haproxy/schema/sections';

function typesOf(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if (part.kind === 'value') return [part.type];
    if (part.kind === 'optional') return typesOf(part.parts);
    return part.kind === 'options' ? part.alternatives.flatMap(typesOf) : [];
  });
}

const maps = [PROXY_KEYWORDS, GLOBAL_KEYWORDS, ...SECTION_KEYWORDS.values()];
const signatures = [
  ...maps.flatMap((map) => [...map].map(([name, { text }]) => [name, text] as const)),
  ...Object.entries(ACTION_SIGNATURES),
];

describe('signatures of keywords', () => {
  it.each(signatures)('%s: %s names known types only', (_, text) => {
    expect(typesOf(compileSignature(text)).filter((type) => !VALUE_TYPES.has(type))).toEqual([]);
  });

  it('a bracket that is not closed is a mistake in the table', () => {
    expect(() => compileSignature('<text> [ len <int>')).toThrow('is not closed');
  });
});
