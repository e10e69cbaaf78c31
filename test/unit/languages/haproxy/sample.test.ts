import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../src/languages/haproxy/subject';

const path = 'lab/sample/haproxy/haproxy.cfg';

describe('the sample workspace', () => {
  it.each(['2.6', '3.0', '3.2', '3.4'] as const)(
    'has a haproxy.cfg without findings for HAProxy %s',
    (version) => {
      expect(lintHaproxy(readHaproxy(readFileSync(path, 'utf8'), version), path)).toEqual([]);
    },
  );
});
