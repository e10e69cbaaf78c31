import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../../../src/services/registry';

const IDS: ReadonlySet<string> = new Set(SERVICES.map(({ id }) => id));

/** Where a word that is a service's id means something else. */
const OTHER_MEANINGS: readonly {
  /** Beginning of the paths. */
  readonly below: string;
  readonly words: readonly string[];
  readonly why: string;
}[] = [
  { below: 'src/cluster/', words: ['consul', 'etcd'], why: 'values of dcs in cluster.yaml' },
  { below: 'src/presentation/words/health-text.ts', words: ['backup'], why: 'a role' },
  { below: 'src/cli/lint/', words: ['haproxy', 'keepalived'], why: 'languages' },
  { below: 'src/server/', words: ['haproxy', 'keepalived'], why: 'languages' },
  { below: 'src/workspace/', words: ['haproxy', 'keepalived'], why: 'folders of a workspace' },
  { below: 'src/lab/verify/', words: ['haproxy', 'keepalived'], why: 'programs that judge a file' },
];

/** Sources outside of the services, and of the languages, whose schemas are knowledge about other people's files. */
const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ts') && !/^src\/(services|languages)\//.test(path));

interface Place {
  readonly path: string;
  readonly line: number;
  readonly word: string;
}

/** Ids as literals and as names of properties. */
function idsIn(path: string): readonly Place[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const places: Place[] = [];
  const visit = (node: ts.Node): void => {
    const word = wordOf(node);
    if (word !== undefined && IDS.has(word)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      places.push({ path, line: line + 1, word });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}

function wordOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) return nameOf(node.name);
  if (ts.isBindingElement(node)) return nameOf(node.propertyName ?? node.name);
  return ts.isPropertySignature(node) ? nameOf(node.name) : undefined;
}

function nameOf(name: ts.Node): string | undefined {
  return ts.isIdentifier(name) ? name.text : undefined;
}

const FOUND = SOURCES.flatMap(idsIn);
const isAllowed = ({ path, word }: Place): boolean =>
  OTHER_MEANINGS.some(({ below, words }) => path.startsWith(below) && words.includes(word));

describe('the names of services', () => {
  it('stand nowhere outside of src/services', () => {
    const named = FOUND.filter((place) => !isAllowed(place));
    expect(named.map(({ path, line, word }) => `${path}:${line} ${word}`)).toEqual([]);
  });

  it.each(OTHER_MEANINGS)('mean something else below $below: $why', ({ below, words }) => {
    const there = new Set(FOUND.filter(({ path }) => path.startsWith(below)).map(({ word }) => word));
    expect([...there].sort()).toEqual([...words].sort());
  });

  it('are not imported from a single service, but from the lists', () => {
    const imports = SOURCES.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/from '[./]+\/services\/([^/']+)\//g)]
        .filter(([, folder = '']) => IDS.has(folder))
        .map(([, folder]) => `${path} ${folder}`),
    );
    expect(imports).toEqual([]);
  });
});
