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

/** Where a sentence may say a service's name: what it says is of a file of the user's, or of the real program. */
const SENTENCES: readonly {
  readonly below: string;
  readonly words: readonly string[];
  readonly why: string;
}[] = [
  { below: 'src/cli/grammar/lint-commands.ts', words: ['haproxy', 'keepalived'], why: 'languages' },
  { below: 'src/cli/lint/', words: ['haproxy', 'keepalived'], why: 'names of files' },
  {
    below: 'src/cli/grammar/own-cluster-commands.ts',
    words: ['haproxy', 'keepalived'],
    why: 'names of files',
  },
  { below: 'src/cli/program.ts', words: ['haproxy', 'keepalived'], why: 'languages' },
  { below: 'src/cli/render/status.ts', words: ['haproxy'], why: 'whose page the entrance shows' },
  {
    below: 'src/cluster/',
    words: ['backup', 'consul', 'etcd', 'gitaly', 'haproxy', 'keepalived', 'patroni', 'pgbouncer'],
    why: 'what the keys of cluster.yaml mean',
  },
  { below: 'src/features/lint/', words: ['haproxy', 'keepalived'], why: 'languages' },
  { below: 'src/features/verify/', words: ['haproxy', 'keepalived'], why: 'names of files' },
  { below: 'src/lab/health/observed-health.ts', words: ['haproxy'], why: 'names of files' },
  { below: 'src/lab/render/service-context.ts', words: ['haproxy', 'keepalived'], why: 'names of files' },
  { below: 'src/lab/verify/', words: ['haproxy', 'keepalived'], why: 'programs that judge a file' },
  {
    below: 'src/presentation/timings/',
    words: ['consul', 'patroni', 'pgbouncer', 'redis', 'sentinel'],
    why: 'whose setting a timing is',
  },
  { below: 'src/server/', words: ['haproxy', 'keepalived'], why: 'languages' },
  { below: 'src/workspace/catalogue.ts', words: ['haproxy', 'keepalived'], why: 'languages' },
  {
    below: 'src/workspace/create/',
    words: ['haproxy', 'keepalived'],
    why: 'comments in cluster.yaml',
  },
  { below: 'src/workspace/facts/', words: ['haproxy', 'keepalived'], why: 'names of files' },
  { below: 'src/workspace/files/', words: ['haproxy', 'keepalived'], why: 'names of files' },
  { below: 'src/workspace/model/', words: ['haproxy', 'keepalived'], why: 'names of files' },
  { below: 'src/workspace/proxies/', words: ['haproxy'], why: 'who sends, and what its file has to say' },
  {
    below: 'src/workspace/rules/',
    words: ['consul', 'haproxy', 'keepalived', 'patroni', 'redis', 'sidekiq'],
    why: 'what is wrong with the settings of a gitlab.rb',
  },
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

const NAME = new RegExp(String.raw`(?<!\w)(?:${[...IDS].join('|')})(?!\w)`, 'gi');

/** Ids, in any case, within texts that are more than one; paths of imports are none. */
function idsWithin(path: string): readonly Place[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const places: Place[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isImportTypeNode(node)) return;
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    if (isText && !IDS.has(node.text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      for (const [word] of node.text.matchAll(NAME)) {
        places.push({ path, line: line + 1, word: word.toLowerCase() });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
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

  const within = SOURCES.flatMap(idsWithin);

  it('stand in no sentence either, unless it is about a file or a program of the user', () => {
    const named = within.filter(
      ({ path, word }) =>
        !SENTENCES.some(({ below, words }) => path.startsWith(below) && words.includes(word)),
    );
    expect(named.map(({ path, line, word }) => `${path}:${line} ${word}`)).toEqual([]);
  });

  it.each(SENTENCES)('are said below $below: $why', ({ below, words }) => {
    const there = new Set(within.filter(({ path }) => path.startsWith(below)).map(({ word }) => word));
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
