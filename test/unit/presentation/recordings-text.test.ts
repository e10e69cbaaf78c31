import { expect, test } from 'vitest';
import { recordingsText } from '../../../src/presentation/recordings-text';
import type { KeptRecordings } from '../../../src/presentation/recordings-text';
import { ENGLISH } from '../../../src/presentation/words/localizer';

test.each<[string, KeptRecordings | undefined, string | undefined]>([
  [
    'told with its place',
    { lab: 'demo', folder: '/state/demo/recordings' },
    'What was seen of it stays in /state/demo/recordings; gitlab-ha down demo removes that too.',
  ],
  ['nothing where nothing was seen', undefined, undefined],
])('what stays of a new lab that was removed is %s', (_case, kept, text) => {
  expect(recordingsText(kept, ENGLISH)).toBe(text);
});
