import type { DocumentSymbol, SelectionRange } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { features, open, read } from './editor';

const FILE = `# gitlab.rb
# of node 1

external_url 'https://gitlab.example.com'
roles %w[patroni_role consul_role]

patroni['ttl'] = 30
patroni['postgresql']['max_connections'] = 400
patroni['password'] = 'secret'

gitaly['configuration'] = {
  listen_addr: '0.0.0.0:8075',
  storage: [
    { name: 'a', path: '/a' },
  ],
}
if true
  redis['port'] = 6379
end
nginx['custom_nginx_config'] = <<~EOS
  gzip on;
EOS
`;

function outline(symbols: readonly DocumentSymbol[], depth = 0): string[] {
  return symbols.flatMap(({ name, detail, children }) => [
    '  '.repeat(depth) + name + (detail === undefined || detail === '' ? '' : ` = ${detail}`),
    ...outline(children ?? [], depth + 1),
  ]);
}

describe('the outline of gitlab.rb', () => {
  it('has roots, their keys and what stands in hashes, without secrets', () => {
    expect(outline(features.documentSymbols(read(FILE)))).toEqual([
      "external_url = 'https://gitlab.example.com'",
      'roles = %w[patroni_role consul_role]',
      'patroni',
      '  ttl = 30',
      '  postgresql.max_connections = 400',
      '  password',
      'gitaly',
      '  configuration',
      "    listen_addr = '0.0.0.0:8075'",
      '    storage',
      '      [0]',
      "        name = 'a'",
      "        path = '/a'",
      'redis',
      '  port = 6379',
      'nginx',
      '  custom_nginx_config = <<~EOS',
    ]);
  });

  it('keeps every part inside the one around it', () => {
    const check = (symbols: readonly DocumentSymbol[], around?: DocumentSymbol): void => {
      for (const symbol of symbols) {
        if (around !== undefined) {
          expect(before(around.range.start, symbol.range.start)).toBe(true);
          expect(before(symbol.range.end, around.range.end)).toBe(true);
        }
        check(symbol.children ?? [], symbol);
      }
    };
    check(features.documentSymbols(read(FILE)));
  });

  it('folds comments, hashes, lists, conditions and texts', () => {
    const folds = features
      .foldingRanges(read(FILE))
      .map(({ startLine, endLine, kind }) => [startLine, endLine, kind]);
    expect(folds).toEqual([
      [0, 1, 'comment'],
      [10, 14, undefined],
      [12, 13, undefined],
      [16, 17, undefined],
      [19, 21, undefined],
    ]);
  });

  it('selects text, string, pair, hash, statement, file', () => {
    const { subject, position, text } = open(
      "gitaly['configuration'] = { listen_addr: '0.0.0.0:80‸75' }\nx = 1\n",
    );
    const parts: string[] = [];
    const lines = text.split('\n');
    for (
      let at: SelectionRange | undefined = features.selectionRange(subject, position);
      at !== undefined;
      at = at.parent
    ) {
      const { start, end } = at.range;
      parts.push(
        start.line === end.line
          ? (lines[start.line] ?? '').slice(start.character, end.character)
          : 'several lines',
      );
    }
    expect(parts).toEqual([
      '0.0.0.0:8075',
      "'0.0.0.0:8075'",
      "listen_addr: '0.0.0.0:8075'",
      "{ listen_addr: '0.0.0.0:8075' }",
      "'configuration'] = { listen_addr: '0.0.0.0:8075' }",
      "gitaly['configuration'] = { listen_addr: '0.0.0.0:8075' }",
      'several lines',
      'several lines',
    ]);
  });
});

interface Place {
  readonly line: number;
  readonly character: number;
}

function before(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
