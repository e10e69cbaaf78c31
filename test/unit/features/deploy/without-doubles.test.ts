import { describe, expect, test } from 'vitest';
import { withoutDoubles } from '../../../../src/features/deploy/without-doubles';

const told = (code: string | { value: string }, line: number, character = 0) => ({
  code,
  range: { start: { line, character } },
});

describe('what a deployment shows besides the language server', () => {
  test.each<[string, ReturnType<typeof told>[], ReturnType<typeof told>[], number]>([
    ['nobody else shows anything', [told('LAB026', 3)], [], 1],
    ['the server shows it, too', [told('LAB026', 3)], [told({ value: 'LAB026' }, 3)], 0],
    ['the server shows another rule there', [told('LAB026', 3)], [told('GLR113', 3)], 1],
    ['the server shows the rule elsewhere', [told('LAB026', 3)], [told('LAB026', 4)], 1],
    ['the deployment says it twice', [told('LAB010', 3), told('LAB010', 3)], [], 2],
  ])('%s', (_, own, others, left) => {
    expect(withoutDoubles(own, [...own, ...others])).toHaveLength(left);
  });
});
