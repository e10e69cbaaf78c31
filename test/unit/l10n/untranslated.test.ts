import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { ENGLISH_WORDS } from './bundles';

const src = join(import.meta.dirname, '..', '..', '..', 'src');

/** Where a value stands in a text. */
const VALUE = '\0';
/** Two words beside each other, or a value and a word: a sentence, not a name. */
const SENTENCE = /[A-Za-z]{2,}[,:;.]? +(\0|[A-Za-z]{2,})|\0[,:;.]? +[A-Za-z]{2,}/;

/** Several lines are a program. */
const IN_A_SHELL = /\n.*\n/s;
/** `create-container {}`: what an operation is called. */
const IDENTIFIER = /^[a-z]+-[a-z]+ \0/;

/** Programs: for shells, and what is put around our own. */
const PROGRAMS = new Set(['cli/completion/scripts.ts', 'cli/start/code-cache.ts']);

/** What looks like a sentence and is read by programs, or is the same in every language; by file. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // Commands, and units.
  'cli/doctor/diagnose.ts': ['{} GiB', '`gitlab-ha down {}`'],
  'presentation/words/time-text.ts': ['{} min {} s'],
  'cli/render/status.ts': ['{} clone PROJECT --name {}'],
  'cli/render/login.ts': [
    '  {} clone PROJECT --name {}',
    '  {} clone --ssh PROJECT --name {}',
    'PRIVATE-TOKEN: {}',
  ],
  // Git's configuration.
  'lab/clients/git-files.ts': ['store --file {}', '[http {}]', '[credential {}]'],
  'features/clone/clone.ts': ['git clone ({})', 'VS Code on {}'],
  'cli/render/timings.ts': ['{} (--timings {}): {}'],
  // What a shell in a container runs.
  'lab/docker/snapshot/kept-texts.ts': [
    `for file; do cat "$file" 2>/dev/null || printf '\\1'; printf '\\0'; done`,
  ],
  // What the engine says, and names of what it has.
  'cli/lint/verifier.ts': ['image: {}'],
  'cli/doctor/gather.ts': ['network {} of lab {}'],
  'features/deploy/workspace-files.ts': ['is no regular file', 'cannot be read: {}'],
  // JSON.
  'cli/render/watch.ts': ['the cluster is whole', 'not whole: {}'],
  // The product's name, and an error that nobody sees.
  'features/common/to-diagnostic.ts': ['HA Lab'],
  'features/lint/language-client.ts': ['HA Lab'],
  // What holds a lock is called so for programs, in the lock itself.
  'drills/faults/inject.ts': ['fault {}', 'heal {}'],
  'drills/faults/measure-fault.ts': ['measuring {}'],
  'drills/orders/order.ts': ['{} {} on {}', 'switchover {}'],
  'lab/lock/place.ts': ['gitlab-ha-lab {}'],
  // What tells two lacks apart, whatever they are called.
  'lab/health/client-writes.ts': ['write to {}'],
  // Words of the engine, its programs and its products.
  'lab/docker/docker-errors.ts': ['no space left on device'],
  'lab/docker/endpoint/connect.ts': ['HTTP {}'],
  'lab/docker/endpoint/endpoint.ts': [
    'Docker context "{}"',
    'Docker Desktop',
    'rootless Docker',
    'rootless Podman',
  ],
  'lab/docker/endpoint/engine-over-ssh.ts': ['docker system dial-stdio'],
  'lab/docker/image/build-output.ts': ['unknown error'],
  'services/haproxy/health.ts': ['no check'],
  'services/patroni/health.ts': [
    'creating replica',
    'initializing new cluster',
    'running custom bootstrap script',
    'starting after custom bootstrap',
    'in archive recovery',
  ],
  'services/patroni/effect.ts': ['gitlab-ctl patroni restart'],
  'services/etcd/faults.ts': ['sv kill {}/etcd'],
  'services/redis/faults.ts': [
    // Declared, with a constant in it.
    'SIGKILL to redis-server. The Sentinels agree that it is gone and promote a replica, HAProxy follows; the old master waits for that and comes back as a replica. {}',
    'sv kill {}/redis',
  ],
  // The name of a fact, which is a storage's.
  'services/praefect/health.ts': ['primaries on {}'],
  'services/redis-exporter/effect.ts': ['Redis exporter'],
  // The log of a deployment.
  'lab/health/log-excerpts.ts': ['its log cannot be read: {}'],
  // Findings, which are English.
  'lab/verify/verdict.ts': [
    'the file is refused (exit code {}), and no line is named',
    'This depends on the machine the file is for; check it there.',
    "These are {}'s own words; its manual explains them.",
  ],
  // What stands in certificates and recipes.
  'lab/certificates/authority.ts': [
    'HA Lab CA ({})',
    'server {}',
    'gitlab-ha-lab {}: {}',
    'HA Lab for GitLab',
  ],
  'lab/certificates/ec-key.ts': ['PRIVATE KEY'],
  'lab/docker/image/image-recipe.ts': ['ARG BASE\n', 'ARG BASE={}\n'],
  // Inside: what others make of it is told.
  'lab/docker/execute/lab-network.ts': ['subnet {} is used by another network'],
  'observe/sources/node-script.ts': ['  report_{}; tell "$1"\n'],
  // What the programs that are called print, and how they are called.
  'transport/docker/dialed-stream.ts': [
    'starting data transfer loop',
    'Connection refused',
    'No such file or directory',
  ],
  'transport/ssh/known-hosts.ts': ['{} SHA256:{}'],
  'transport/ssh/ssh-connection.ts': ['ssh {}@{}'],
  // Why a source is lost, which only the log tells.
  'observe/reducer.ts': ['connection lost'],
  // Kinds, which are no words.
  'presentation/foresight/foresight.ts': ['all at once'],
  'presentation/foresight/foresight-summary.ts': ['all at once'],
  'presentation/foresight/program-text.ts': ['all at once'],
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
    if (ts.isCallExpression(node) && /(^|\.)(l10n\.t|say)$/.test(node.expression.getText())) {
      node.arguments.slice(1).forEach(visit);
      return;
    }
    if (isForProgrammers(node) || isDeclared(node)) return;
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name)) {
      visit(node.initializer);
      return;
    }
    const said = saidBy(node);
    if (
      said !== undefined &&
      SENTENCE.test(said) &&
      !IN_A_SHELL.test(said) &&
      !IDENTIFIER.test(said) &&
      !/^ *(\0|gitlab-ha) [a-z]+( (\0|--[a-z-]+))*$|^ *gitlab-ha /.test(said)
    )
      found.push(said.replaceAll(VALUE, '{}'));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Words that stand as data and were collected from there; who shows them translates them. */
function isDeclared(node: ts.Node): boolean {
  if (!ts.isPropertyAssignment(node) && !ts.isVariableDeclaration(node)) return false;
  const { name, initializer } = node;
  if (!initializer || !ts.isStringLiteralLike(initializer)) return false;
  const named = /^(title|deed|attempts|description|meaning|hint|about|[A-Z_]+)$/.test(name.getText());
  return named && initializer.text in ENGLISH_WORDS.code;
}

/** Lines of a log, and mistakes in the code: nobody is told of them in a window. */
function isForProgrammers(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return /^(Range|Type)?Error$/.test(node.expression.getText());
  return ts.isCallExpression(node) && /(^|\.)(log|debug)$/.test(node.expression.getText());
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
  ["say('Lab {0} is gone.', name)", []],
  ["say('{0}: {1}', name, `exit code ${code}`)", ['exit code {}']],
  ["listed(['node1', 'is gone for good'], ': ')", ['is gone for good']],
  ['verbatim(`${node} is gone`)', ['{} is gone']],
  ["new LabError('busy', `Lab ${name} is busy.`, say('Wait.'))", ['Lab {} is busy.']],
  ['operation.log(`removing ${name} failed`)', []],
])('%s goes round translation: %j', (said, found) => {
  expect(sentences('a.ts', said)).toEqual(found);
});

/** What each service says of itself, by the names the recipe for a service gives these files. */
const OF_A_SERVICE = /\/(health|whole|stake|live|faults|switchover|summary|effect|client-way)\.ts$/;

test.each([
  ['cli', /./],
  ['features', /./],
  ['presentation', /./],
  ['drills', /./],
  ['lab', /./],
  ['observe', /./],
  ['transport', /./],
  ['services', OF_A_SERVICE],
  ['workspace', /\/(create\/(questions|shapes)|change\/change)\.ts$/],
])('every sentence of %s can be translated', (folder, which) => {
  const round = filesBelow(folder).flatMap((file) => {
    if (PROGRAMS.has(file) || !which.test(file)) return [];
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
