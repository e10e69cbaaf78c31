#!/usr/bin/env node
/**
 * Collects every message of `l10n.t('…')` in extension and command line into l10n/bundle.l10n.json, which translators start from,
 * and checks that every %key% of the manifest has its text. With --check nothing is written: fails when the bundle
 * is not what the code says, or a key of the manifest is missing or unused.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundlePath = join(root, 'l10n', 'bundle.l10n.json');

function isTranslation(node) {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
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
    ts.forEachChild(node, visit);
  };
  visit(source);
  return messages;
}

function collect() {
  const folders = ['cli', 'features', 'presentation', 'services'].map((folder) => join(root, 'src', folder));
  const files = [...folders.flatMap(sourceFiles), join(root, 'src', 'extension.ts')];
  const messages = new Set(files.flatMap(messagesOf));
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
