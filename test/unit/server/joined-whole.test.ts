import { expect, it } from 'vitest';
import type { PartFile } from '../../../src/languages/core/joined/joined-text';
import { HAPROXY_LANGUAGE } from '../../../src/languages/haproxy/language';
import { viewReader } from '../../../src/server/documents/view-reader';

const TEXTS = [
  'global\n  maxconn 9\n',
  'frontend web\n  bind :80\n  default_backend no\n',
  'backend a\n  sever x\n',
];
const FILES: readonly PartFile[] = TEXTS.map((text, at) => ({ id: `/w/${at}`, path: `${at}.cfg`, text }));

/** A reader that counts how often the whole is read and checked. */
function counted() {
  const counts = { reads: 0, checks: 0 };
  const { joining } = HAPROXY_LANGUAGE;
  if (joining === undefined) throw new Error('HAProxy has no files that are joined');
  const read = viewReader({
    ...HAPROXY_LANGUAGE,
    joining: {
      ...joining,
      read(joined, target) {
        counts.reads += 1;
        return joining.read(joined, target);
      },
    },
    lint(subject, target, severities) {
      counts.checks += 1;
      return HAPROXY_LANGUAGE.lint(subject, target, severities);
    },
  });
  const findings = (at: number, files = FILES, haproxyVersion = '3.0') =>
    read(files[at]?.text ?? '', { path: files[at]?.path ?? '', haproxyVersion }, { files, at })
      .findings({})
      .map(({ code, file, range }) => `${code} ${file}:${range.start.line + 1}`);
  return { counts, findings };
}

it('a configuration in several files is read and checked once for all of them', () => {
  const { counts, findings } = counted();
  expect(findings(1)).toContain('HAP041 1.cfg:3');
  expect(findings(2)).toContain('HAP010 2.cfg:2');
  expect(findings(0).filter((one) => !one.includes(' 0.cfg:'))).toEqual([]);
  expect(counts).toEqual({ reads: 1, checks: 1 });
});

it.each<readonly [string, readonly PartFile[], string]>([
  [
    'another text',
    FILES.map((file, at) => (at === 1 ? { ...file, text: `${file.text}# more\n` } : file)),
    '3.0',
  ],
  ['another version', FILES, '2.8'],
  ['one file less', FILES.slice(0, 2), '3.0'],
])('%s is another whole', (_, files, version) => {
  const { counts, findings } = counted();
  findings(1);
  findings(1, files, version);
  expect(counts).toEqual({ reads: 2, checks: 2 });
});
