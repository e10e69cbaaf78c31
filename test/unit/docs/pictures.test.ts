import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');

test('every picture of README and docs is there, and none is kept that nobody shows', () => {
  const docs = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
  const texts = ['README.md', ...docs.map((file) => join('docs', file))].map((path) =>
    readFileSync(join(ROOT, path), 'utf8'),
  );
  const shown = texts.flatMap((text) =>
    [...text.matchAll(/!\[[^\]]+\]\((?:docs\/)?images\/([^)]+)\)/g)].map(([, file]) => file ?? ''),
  );
  expect(readdirSync(join(ROOT, 'docs', 'images')).sort()).toEqual([...new Set(shown)].sort());
});
