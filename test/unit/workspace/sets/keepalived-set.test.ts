import { describe, expect, it } from 'vitest';
import { SetFinder } from '../../../../src/workspace/sets/find-set';
import { memory } from './memory';

type Files = Readonly<Record<string, string>>;

async function setOf(files: Files, path: string) {
  const whole = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text]));
  const set = await new SetFinder().find('keepalived', `/w/${path}`, files[path] ?? '', memory(whole));
  return set?.files.map((file) => file.path);
}

const ROOT = 'k/keepalived.conf';

describe('include lines', () => {
  it.each<readonly [string, Files, readonly string[]]>([
    [
      'name files beside the one they stand in',
      { [ROOT]: 'include b.conf\n', 'k/b.conf': '', 'b.conf': '' },
      [ROOT, 'k/b.conf'],
    ],
    [
      'take patterns in the order of the bytes',
      {
        [ROOT]: 'include conf.d/*.conf\n',
        'k/conf.d/b.conf': '',
        'k/conf.d/B.conf': '',
        'k/conf.d/a.inc': '',
      },
      [ROOT, 'k/conf.d/B.conf', 'k/conf.d/b.conf'],
    ],
    [
      'of an included file count from that file',
      { [ROOT]: 'include d/x.conf\n', 'k/d/x.conf': 'include y.inc\n', 'k/d/y.inc': '', 'k/y.inc': '' },
      [ROOT, 'k/d/x.conf', 'k/d/y.inc'],
    ],
    [
      'with the installed path mean the file in the workspace',
      { [ROOT]: 'include /etc/keepalived/vips/{a,b}.conf\n', 'k/vips/a.conf': '', 'k/vips/c.conf': '' },
      [ROOT, 'k/vips/a.conf'],
    ],
  ])('%s', async (_, files, expected) => {
    for (const path of expected) expect(await setOf(files, path)).toEqual(expected);
  });

  it.each<readonly [string, Files]>([
    ['that are comments', { [ROOT]: '# include b.conf\n', 'k/b.conf': '' }],
    [
      'of definitions, which keepalived does not expand',
      { [ROOT]: '$D=b\ninclude $D.conf\n', 'k/b.conf': '' },
    ],
    ['of files that are not there', { [ROOT]: 'include c.conf\n', 'k/b.conf': '' }],
    ['that include their own file', { [ROOT]: 'include keepalived.conf\n' }],
  ])('are none: %s', async (_, files) => {
    expect(await setOf(files, ROOT)).toBeUndefined();
  });
});
