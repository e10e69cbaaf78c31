import type { DocumentSymbol, SelectionRange } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { features, open, read } from './editor';

const FILE = `# The entrance
# of the cluster

global
    maxconn 100

.if version_atleast(3.0)
    log stdout local0
.else
    log /dev/log local0
    log-tag x
.endif

frontend web
    bind :80
    acl api path_beg /api
    # Where traffic goes
    use_backend app if api

backend app
    server node1 10.0.0.11:80 check inter 2s
`;

describe('the outline', () => {
  it('has sections, and in them binds, servers, ACLs and rules', () => {
    const show = ({ name, detail, children }: DocumentSymbol): string =>
      `${name}|${detail ?? ''}${children === undefined || children.length === 0 ? '' : `(${children.map(show).join('; ')})`}`;
    expect(features.documentSymbols(read(FILE)).map(show)).toEqual([
      'global|',
      'web|frontend(bind :80|; api|acl; use_backend app if api|)',
      'app|backend(node1|10.0.0.11:80)',
    ]);
  });

  it('selects names that lie within their ranges', () => {
    const check = ({ range, selectionRange, children }: DocumentSymbol): void => {
      expect(selectionRange.start.line).toBeGreaterThanOrEqual(range.start.line);
      expect(selectionRange.end.line).toBeLessThanOrEqual(range.end.line);
      children?.forEach(check);
    };
    features.documentSymbols(read(FILE)).forEach(check);
  });
});

describe('folding', () => {
  it('covers comments, sections and conditional blocks', () => {
    const ranges = features
      .foldingRanges(read(FILE))
      .map(({ startLine, endLine, kind }) => [startLine, endLine, kind]);
    expect(ranges).toEqual([
      [0, 1, 'comment'],
      [3, 11, undefined],
      [6, 7, undefined],
      [8, 10, undefined],
      [13, 17, undefined],
      [19, 20, undefined],
    ]);
  });

  it('of carriage returns and files that are not finished', () => {
    expect(features.foldingRanges(read('listen a\r\n bind :1\r\n.if 1\r\n'))).toEqual([
      { startLine: 0, endLine: 2 },
    ]);
  });
});

describe('selection grows', () => {
  const LINE = 'listen a\n    http-request set-header X %[src,lower] if { path /a } or { path /b }\n';
  const grow = (marked: string): string[] => {
    const { subject, position, text } = open(marked);
    const lines = text.split('\n');
    const texts: string[] = [];
    let range: SelectionRange | undefined = features.selectionRange(subject, position);
    for (; range !== undefined; range = range.parent) {
      const { start, end } = range.range;
      texts.push(
        start.line === end.line ? (lines[start.line] ?? '').slice(start.character, end.character) : '…',
      );
    }
    return texts;
  };

  it('from a call to its word, the arguments, the line, the section, the file', () => {
    expect(grow(LINE.replace('src', 's‸rc'))).toEqual([
      'src',
      '%[src,lower]',
      'set-header X %[src,lower]',
      'http-request set-header X %[src,lower] if { path /a } or { path /b }',
      '    http-request set-header X %[src,lower] if { path /a } or { path /b }',
      '…',
      '…',
    ]);
  });

  it('in conditions by their braces', () => {
    expect(grow(LINE.replace('path /b', 'pa‸th /b')).slice(0, 4)).toEqual([
      'path',
      '{ path /b }',
      'if { path /a } or { path /b }',
      'set-header X %[src,lower] if { path /a } or { path /b }',
    ]);
  });

  it('in comments', () => {
    expect(grow('# a ‸b\n').slice(0, 1)).toEqual(['# a b']);
  });
});
