import { expect, it } from 'vitest';
import { meanwhileShared } from '../../../src/transport/meanwhile-shared';

it('an answer on its way is everybody’s, the next one is asked for anew, also after a failure', async () => {
  let asked = 0;
  const ask = meanwhileShared(async () => {
    asked += 1;
    await Promise.resolve();
    if (asked === 2) throw new Error('away');
    return asked;
  });
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  const failed = [ask(), ask()];
  for (const one of failed) await expect(one).rejects.toThrow('away');
  expect(await ask()).toBe(3);
});
