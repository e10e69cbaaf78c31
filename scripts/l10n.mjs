#!/usr/bin/env node
/**
 * Collects every message of `l10n.t('…')` and every sentence of `say('…')` into l10n/bundle.l10n.json, which translators start from,
 * and checks that every %key% of the manifest has its text. With --check nothing is written: fails when the bundle
 * is not what the code says, or a key of the manifest is missing or unused.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Where words that are data are translated: no literal can stand there. */
const LOCALIZERS = [join('presentation', 'words', 'localizer.ts'), join('src', 'words', 'message.ts')];
const bundlePath = join(root, 'l10n', 'bundle.l10n.json');

function isTranslation(node) {
  if (!ts.isCallExpression(node)) return false;
  if (ts.isIdentifier(node.expression)) return node.expression.text === 'say';
  if (!ts.isPropertyAccessExpression(node.expression)) return false;
  return node.expression.name.text === 't' && /(^|\.)l10n$/.test(node.expression.expression.getText());
}

function messagesOf(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const messages = [];
  const visit = (node) => {
    if (isTranslation(node)) {
      const [message] = node.arguments;
      if (!ts.isStringLiteralLike(message)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        throw new Error(
          `${path}:${line + 1}: the message must be one string literal, or it cannot be translated`,
        );
      }
      messages.push(message.text);
    }
    messages.push(...factNames(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return messages;
}

/** Names in `facts({ Lag: … })`: what a tooltip says of a service. */
function factNames(node) {
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'facts') return [];
  const [listed] = node.arguments;
  if (!listed || !ts.isObjectLiteralExpression(listed)) return [];
  return listed.properties.flatMap(({ name }) => (name ? [name.text] : []));
}

/** Files that declare words as data, and the properties that hold them; `declared` of the localizer translates them. */
const DECLARING =
  /^src\/(cluster\/(layer|timing)|services\/[\w-]+\/(client-ways?|contents|faults|stake|summary|switchover)|workspace\/create\/(questions|shapes))\.ts$/;
const DECLARED = ['title', 'attempts', 'deed', 'description', 'meaning', 'hint', 'about'];

/** The text of an expression; `constants` are those of the services. Undefined where it is none. */
function textOf(node, constants) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  const spans = node.templateSpans.map(({ expression, literal }) => {
    const value = constants.get(expression.getText());
    if (value === undefined) throw new Error(`${expression.getText()} is no constant text of a service`);
    return value + literal.text;
  });
  return node.head.text + spans.join('');
}

function declaredIn(path, constants) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const messages = [];
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && DECLARED.includes(node.name.getText())) {
      const text = textOf(node.initializer, constants);
      if (text !== undefined) messages.push(text);
    }
    // A sentence that stands in others as well.
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isStringLiteralLike(node.initializer)) {
      if (/ /.test(node.initializer.text)) messages.push(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return messages;
}

/** Exported constant texts of the services, by name. */
function constantTexts() {
  const constants = new Map();
  for (const path of sourceFiles(join(root, 'src', 'services'))) {
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (initializer && ts.isStringLiteralLike(initializer))
          constants.set(name.getText(), initializer.text);
      }
    }
  }
  return constants;
}

function declaredMessages() {
  const constants = constantTexts();
  const files = ['cluster', 'services', 'workspace'].flatMap((folder) =>
    sourceFiles(join(root, 'src', folder)),
  );
  const declaring = files.filter((file) => DECLARING.test(relative(root, file).replaceAll('\\', '/')));
  return declaring.flatMap((file) => declaredIn(file, constants));
}

function collect() {
  const files = sourceFiles(join(root, 'src')).filter(
    (file) => !LOCALIZERS.some((one) => file.endsWith(one)),
  );
  const messages = new Set([...files.flatMap(messagesOf), ...declaredMessages()]);
  return Object.fromEntries([...messages].sort().map((message) => [message, message]));
}

function sourceFiles(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts'));
  return files.map((file) => join(folder, file));
}

function manifestProblems() {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
  const used = new Set([...manifest.matchAll(/"%([\w.-]+)%"/g)].map((match) => match[1]));
  const missing = [...used].filter((key) => !(key in texts)).map((key) => `package.nls.json misses ${key}`);
  const unused = Object.keys(texts)
    .filter((key) => !used.has(key))
    .map((key) => `package.nls.json: ${key} is not used`);
  return [...missing, ...unused];
}

const text = `${JSON.stringify(collect(), null, 2)}\n`;
const problems = manifestProblems();
if (process.argv.includes('--check')) {
  let present = '';
  try {
    present = readFileSync(bundlePath, 'utf8');
  } catch {
    problems.push('l10n/bundle.l10n.json is missing');
  }
  if (present !== '' && present !== text)
    problems.push('l10n/bundle.l10n.json is out of date: run node scripts/l10n.mjs');
} else writeFileSync(bundlePath, text);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
