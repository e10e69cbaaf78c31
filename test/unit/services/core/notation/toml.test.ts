import { describe, expect, test } from 'vitest';
import { toToml } from '../../../../../src/services/core/notation/toml';

describe('a TOML document', () => {
  test('has values before tables, and tables of lists each by itself', () => {
    const text = toToml({
      virtual_storage: [
        { name: 'default', node: [{ storage: 'a', address: 'tcp://h:1' }, { storage: 'b' }] },
      ],
      listen_addr: ':2305',
      failover: { enabled: true, election_strategy: 'per_repository' },
    });
    expect(text).toBe(`listen_addr = ":2305"

[[virtual_storage]]
name = "default"

[[virtual_storage.node]]
storage = "a"
address = "tcp://h:1"

[[virtual_storage.node]]
storage = "b"

[failover]
enabled = true
election_strategy = "per_repository"
`);
  });

  test.each([
    ['quotes and backslashes', { a: 'x"y\\z' }, 'a = "x\\"y\\\\z"\n'],
    ['control characters', { a: 'x\ny\x01\x7f' }, 'a = "x\\ny\\u0001\\u007f"\n'],
    ['numbers and truth', { a: 1, b: 1.5, c: false }, 'a = 1\nb = 1.5\nc = false\n'],
    ['lists', { a: ['x', 'y'], b: [] }, 'a = ["x", "y"]\nb = []\n'],
    ['keys that are no plain words', { 'a b': 1 }, '"a b" = 1\n'],
    ['tables in a mixed list', { a: [1, { b: 2 }] }, 'a = [1, { b = 2 }]\n'],
  ])('takes %s', (_what, table, text) => {
    expect(toToml(table)).toBe(text);
  });
});
