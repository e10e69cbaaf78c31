import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { translated } from '../../../src/presentation/words/localizer';
import { aborted, lost, startFailure } from '../../../src/transport/docker/exec-errors';
import { translate } from '../../../src/words/message';

const bundle = join(import.meta.dirname, '..', '..', '..', 'l10n', 'bundle.l10n.vi.json');
const VIETNAMESE = translated(JSON.parse(readFileSync(bundle, 'utf8')) as Readonly<Record<string, string>>);

test.each([
  [lost('gl1'), 'the connection to gl1 was lost', 'kết nối tới gl1 bị mất'],
  [aborted('gl1'), 'the operation on gl1 was cancelled', 'thao tác trên gl1 đã bị hủy'],
  [
    startFailure('gl1', { statusCode: 409 }),
    'gl1 is not running, so nothing can be started on it',
    'gl1 không chạy, nên không thể khởi động gì trên đó',
  ],
  [startFailure('gl1', new Error()), 'gl1 cannot be reached through Docker', 'không tới được gl1 qua Docker'],
])('%s: English in logs, in the language of who is told', (error, english, vietnamese) => {
  expect(error.message).toBe(english);
  expect(translate(error.said, VIETNAMESE)).toBe(vietnamese);
});
