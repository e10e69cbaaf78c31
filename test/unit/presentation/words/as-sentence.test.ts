import { expect, test } from 'vitest';
import { asSentence } from '../../../../src/presentation/words/as-sentence';

test.each([
  ['one for each node, in their order', 'One for each node, in their order.'],
  ['địa chỉ còn trống', 'Địa chỉ còn trống.'],
  ['', ''],
])('%j becomes %j', (clause, sentence) => {
  expect(asSentence(clause)).toBe(sentence);
});
