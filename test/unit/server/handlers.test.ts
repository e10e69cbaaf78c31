import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/finding/finding';
import type { SemanticToken } from '../../../src/languages/core/language/language';
import { wantsCompletion } from '../../../src/server/handlers/completion';
import { toDiagnostics } from '../../../src/server/handlers/diagnostics';
import { resolveLinks } from '../../../src/server/handlers/links';
import {
  definitions,
  highlights,
  prepareRename,
  references,
  rename,
} from '../../../src/server/handlers/navigation';
import { packTokens } from '../../../src/server/handlers/semantic-tokens';
import { analysisOf, diagnosticOptions, stretch, URI } from './analysis';

describe('diagnostics', () => {
  const finding: Finding = {
    code: 'HAP801',
    severity: 'information',
    file: 'haproxy.cfg',
    range: stretch(2, 1, 4),
    message: 'Wrong.',
    remedy: 'Do this.',
    tags: ['deprecated'],
    related: [
      { file: 'haproxy.cfg', range: stretch(0, 0, 1), message: 'here first' },
      { file: 'nodes/a/gitlab.rb', range: stretch(1, 0, 1), message: 'and there' },
    ],
  };

  test('say what is wrong and what to do, and lead to the page of the rule', () => {
    expect(toDiagnostics([finding], diagnosticOptions)).toEqual([
      {
        range: stretch(2, 1, 4),
        message: 'Wrong.\nDo this.',
        severity: 3,
        code: 'HAP801',
        source: 'HA Lab',
        codeDescription: { href: 'page:HAP801' },
        tags: [2],
        relatedInformation: [
          { location: { uri: URI, range: stretch(0, 0, 1) }, message: 'here first' },
          {
            location: { uri: 'file:///cluster/nodes/a/gitlab.rb', range: stretch(1, 0, 1) },
            message: 'and there',
          },
        ],
      },
    ]);
  });

  test('are a thousand at most, the worst kept', () => {
    const many = Array.from({ length: 1500 }, (_, line): Finding => {
      const severity = line === 1499 ? 'error' : 'hint';
      return { ...finding, severity, range: stretch(line, 0, 1) };
    });
    const diagnostics = toDiagnostics(many, diagnosticOptions);
    expect(diagnostics).toHaveLength(1000);
    expect(diagnostics.at(-1)?.range.start.line).toBe(1499);
  });
});

describe('names', () => {
  const { view } = analysisOf('def NAME OTHER\nNAME x\n');
  const [definition, use] = [stretch(0, 4, 8), stretch(1, 0, 4)];

  test('lead from a use to the definition', () => {
    expect(definitions(view, URI, { line: 1, character: 2 })).toEqual([{ uri: URI, range: definition }]);
    expect(definitions(view, URI, { line: 1, character: 5 })).toEqual([]);
  });

  test('have references with or without the definition, also with the cursor behind the word', () => {
    expect(references(view, URI, { line: 0, character: 8 }, true)).toHaveLength(2);
    expect(references(view, URI, { line: 0, character: 4 }, false)).toEqual([{ uri: URI, range: use }]);
  });

  test('are highlighted as written and read', () => {
    expect(highlights(view, { line: 0, character: 5 })).toEqual([
      { range: definition, kind: 3 },
      { range: use, kind: 2 },
    ]);
  });

  test('change everywhere', () => {
    expect(prepareRename(view, { line: 1, character: 0 })).toEqual({ range: use, placeholder: 'NAME' });
    expect(rename(view, URI, { line: 1, character: 0 }, 'NEW')).toEqual({
      changes: {
        [URI]: [
          { range: definition, newText: 'NEW' },
          { range: use, newText: 'NEW' },
        ],
      },
    });
  });

  test('do not change into what the language refuses, nor when the file does not define them', () => {
    expect(rename(view, URI, { line: 1, character: 0 }, 'new')).toEqual({
      refused: 'Names are capital letters.',
    });
    expect(prepareRename(view, { line: 0, character: 10 })).toBeUndefined();
  });
});

describe('semantic tokens', () => {
  const token = (line: number, start: number, end: number): SemanticToken => ({
    range: stretch(line, start, end),
    type: 'keyword',
  });

  test('are packed relative to the one before', () => {
    const second: SemanticToken = {
      ...token(0, 4, 8),
      type: 'class',
      modifiers: ['declaration', 'readonly'],
    };
    expect(packTokens([token(0, 0, 3), second, token(2, 1, 2)]).data).toEqual([
      ...[0, 0, 3, 5, 0],
      ...[0, 4, 4, 1, 5],
      ...[2, 1, 1, 5, 0],
    ]);
  });

  test('that are empty or out of order are left out', () => {
    expect(packTokens([token(1, 4, 8), token(0, 0, 2), token(1, 9, 9)]).data).toEqual([1, 4, 4, 5, 0]);
  });
});

describe('a typed character opens the list only where it helps', () => {
  test.each([
    ['gitlab-rb', "patroni['", "'", true],
    ['gitlab-rb', "patroni['role'] = ", ' ', true],
    ['gitlab-rb', 'if something ', ' ', false],
    ['gitlab-rb', "a = 'b.", '.', false],
    ['gitlab-rb', 'x = {:', ':', true],
    ['gitlab-rb', "x = 'http:", ':', false],
    ['gitlab-rb', "x['a'] =", '=', true],
    ['gitlab-rb', 'x ==', '=', false],
    ['gitlab-rb', 'anything', undefined, true],
    ['haproxy', 'server a ', ' ', true],
    ['haproxy', '    server  ', ' ', true],
    ['haproxy', '    ', ' ', false],
    ['keepalived', ' ', ' ', false],
    ['haproxy', 'acl x hdr(', '(', true],
    ['haproxy', "it's '", "'", false],
  ] as const)('%s %j after %j: %s', (language, line, trigger, wanted) => {
    const document = TextDocument.create(URI, 'x', 1, line);
    const position = { line: 0, character: line.length };
    expect(wantsCompletion(language, document, position, trigger)).toBe(wanted);
  });
});

describe('links', () => {
  const files = (...existing: string[]) => ({
    read: () => Promise.resolve(undefined),
    exists: (uri: string) => Promise.resolve(existing.includes(uri)),
    list: () => Promise.resolve([]),
  });
  const link = (data: string) => ({ range: stretch(0, 0, 3), data });
  const targets = async (path: string, ...existing: string[]) =>
    (await resolveLinks([link(path)], 'file:///w/haproxy/haproxy.cfg', files(...existing))).map(
      ({ target }) => target,
    );

  test('lead to the file as written, else to its copy beside the configuration', async () => {
    expect(await targets('/etc/haproxy/a.map', 'file:///etc/haproxy/a.map')).toEqual([
      'file:///etc/haproxy/a.map',
    ]);
    expect(await targets('maps/a.map', 'file:///w/haproxy/maps/a.map')).toEqual([
      'file:///w/haproxy/maps/a.map',
    ]);
    expect(await targets('/etc/haproxy/a.map', 'file:///w/haproxy/a.map')).toEqual([
      'file:///w/haproxy/a.map',
    ]);
  });

  test('that lead nowhere are none', async () => {
    expect(await targets('/etc/haproxy/a.map')).toEqual([]);
  });
});
