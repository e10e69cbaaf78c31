import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('every message can be translated: the bundle and the manifest have exactly what is used', () => {
  const script = join(import.meta.dirname, '..', '..', '..', 'scripts', 'l10n.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
