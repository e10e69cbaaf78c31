import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '..', '..', '..', 'src');

/** Where a value stands in a text. */
const VALUE = '\0';
/** Two words beside each other, or a value and a word: a sentence, not a name. */
const SENTENCE = /[A-Za-z]{2,}[,:;.]? +(\0|[A-Za-z]{2,})|\0[,:;.]? +[A-Za-z]{2,}/;

/** Programs for shells. */
const PROGRAMS = new Set(['cli/completion/scripts.ts']);

/** What looks like a sentence and is read by programs, or is the same in every language; by file. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // Commands, and units.
  'cli/grammar/completion-commands.ts': [
    '\n  bash   source <(gitlab-ha completion bash)        # ~/.bashrc\n  zsh    source <(gitlab-ha completion zsh)         # ~/.zshrc, compinit\n  fish   gitlab-ha completion fish | source         # ~/.config/fish/config.fish',
  ],
  'cli/doctor/diagnose.ts': ['{} GiB', '`gitlab-ha down {}`'],
  'cli/render/time.ts': ['{} min {} s'],
  'presentation/words/time-text.ts': ['{} min {} s'],
  'cli/render/timings.ts': ['{} (--timings {}): {}'],
  // As the library of the grammar says it, which speaks English.
  'cli/grammar/node-commands.ts': ["error: missing required argument 'command'"],
  // What the engine says, and names of what it has.
  'cli/lint/verifier.ts': ['image: {}'],
  'cli/doctor/gather.ts': ['network {} of lab {}'],
  'features/deploy/workspace-files.ts': ['is no regular file', 'cannot be read: {}'],
  // JSON.
  'cli/render/watch.ts': ['the cluster is whole', 'not whole: {}'],
  // The product's name, and an error that nobody sees.
  'features/common/to-diagnostic.ts': ['HA Lab'],
  'features/lint/language-client.ts': ['HA Lab'],
  'features/forward/forward.ts': ['the forward is closed'],
  // Kinds, which are no words.
  'presentation/foresight/foresight.ts': ['all at once'],
  'presentation/foresight/foresight-text.ts': ['all at once'],
  // Settings by the names their programs have for them; what they mean is translated beside them.
  'presentation/timings/timing-rows.ts': [
    'ttl (leader key lives)',
    'session ends with gossip health',
    'INFO period',
    'gossip probe interval',
    'gossip probe timeout',
    'gossip suspicion_mult',
  ],
};

/** Sentences of a file that do not go through `l10n.t`. */
function sentences(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isCallExpression(node) && /(^|\.)l10n\.t$/.test(node.expression.getText())) {
      node.arguments.slice(1).forEach(visit);
      return;
    }
    const said = saidBy(node);
    if (
      said !== undefined &&
      SENTENCE.test(said) &&
      !/^ *(\0|gitlab-ha) [a-z]+( (\0|--[a-z-]+))*$|^ *gitlab-ha /.test(said)
    )
      found.push(said.replaceAll(VALUE, '{}'));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function saidBy(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(VALUE);
}

function filesBelow(folder: string): readonly string[] {
  const names = readdirSync(join(src, folder), { recursive: true }) as string[];
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

test.each<[said: string, found: readonly string[]]>([
  [`window.showInformationMessage('Lab is gone.')`, ['Lab is gone.']],
  ['printLine(out, `Lab ${name} is gone.`)', ['Lab {} is gone.']],
  [`l10n.t('Lab {0} is gone.', name)`, []],
  ["l10n.t('{0}: {1}', name, `not whole: ${why}`)", ['not whole: {}']],
  [`new Option('--json', 'print JSON')`, ['print JSON']],
  [`import { a } from './two words'`, []],
])('%s goes round translation: %j', (said, found) => {
  expect(sentences('a.ts', said)).toEqual(found);
});

test.each(['cli', 'features', 'presentation'])('every sentence of %s can be translated', (folder) => {
  const round = filesBelow(folder).flatMap((file) => {
    if (PROGRAMS.has(file)) return [];
    const exceptions = EXCEPTIONS[file] ?? [];
    const said = sentences(file, readFileSync(join(src, file), 'utf8'));
    return said.filter((text) => !exceptions.includes(text)).map((text) => `${file}: ${text}`);
  });
  expect(round).toEqual([]);
});

test('every exception is one', () => {
  const gone = Object.entries(EXCEPTIONS).flatMap(([file, texts]) => {
    const said = sentences(file, readFileSync(join(src, file), 'utf8'));
    return texts.filter((text) => !said.includes(text)).map((text) => `${file}: ${text}`);
  });
  expect(gone).toEqual([]);
});
