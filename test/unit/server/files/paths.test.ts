import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { normalUri, pathBelow, pathOf } from '../../../../src/server/files/paths';

describe('the normal form of an address', () => {
  // As VS Code, Node and others write the same address.
  test.each<[string, readonly string[]]>([
    ['/w/a (b)/x.rb', ['file:///w/a%20%28b%29/x.rb', 'file:///w/a%20(b)/x.rb', 'file:/w/a%20(b)/x.rb']],
    ['/w/a@b/x.rb', ['file:///w/a%40b/x.rb', 'file:///w/a@b/x.rb']],
    ['/w/a+b/x.rb', ['file:///w/a%2Bb/x.rb', 'file:///w/a%2bb/x.rb', 'file:///w/a+b/x.rb']],
    ['/w/ä/x.rb', ['file:///w/%C3%A4/x.rb', 'file:///w/%c3%a4/x.rb', 'FILE:///w/ä/x.rb']],
    ['/c:/w/x.rb', ['file:///c%3A/w/x.rb', 'file:///C:/w/x.rb', 'file:///c:/w/x.rb', 'file:///C%3a/w/x.rb']],
    ['/w/100%/x.rb', ['file:///w/100%25/x.rb', 'file:///w/100%/x.rb']],
    ['Untitled-1', ['untitled:Untitled-1']],
    ['/a/x.rb', ['vscode-vfs://github/a/x.rb', 'vscode-vfs://GitHub/a/x.rb']],
  ])('%s', (path, spellings) => {
    const [normal, ...others] = new Set(spellings.map(normalUri));
    expect(others).toEqual([]);
    expect(normalUri(normal ?? '')).toBe(normal);
    expect(spellings.map(pathOf)).toEqual(spellings.map(() => path));
  });

  test('files of other schemes, hosts and names are others', () => {
    const uris = ['file:///w/x', 'untitled:/w/x', 'file://host/w/x', 'vscode-vfs://host/w/x', 'file:///W/x'];
    const more = ['file:///w%2Fx', 'git:/w/x?%7Bone%7D', 'git:/w/x?%7Btwo%7D'];
    expect(new Set([...uris, ...more].map(normalUri)).size).toBe(8);
  });

  test('is the address of the same file for Node, also on Windows', () => {
    expect(fileURLToPath(normalUri('file:///C:/w/a (b)@+/x.rb'), { windows: true })).toBe(
      'c:\\w\\a (b)@+\\x.rb',
    );
    expect(fileURLToPath(normalUri('file:///w/a (b)@+/x.rb'), { windows: false })).toBe('/w/a (b)@+/x.rb');
  });
});

test.each([
  ['file:///w/a%20%28b%29', 'file:///w/a%20(b)/nodes/n%40/x.rb', 'nodes/n@/x.rb'],
  ['file:///c%3A/w/', 'file:///C:/w/x.rb', 'x.rb'],
  ['file:///w', 'file:///wide/x.rb', undefined],
  ['file:///w', 'untitled:/w/x.rb', undefined],
])('below %s, %s is %s', (folder, uri, expected) => {
  expect(pathBelow(folder, uri)).toBe(expected);
});
