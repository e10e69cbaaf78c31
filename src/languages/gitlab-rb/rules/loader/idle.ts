import * as ruby from '@ruby/prism/src/nodes.js';
import { closestWord } from '../../../../finding/did-you-mean';
import type { ReportProblem } from '../../../core/rules/rule';
import { CALLED_ROOTS, HASH_ROOTS, isRoot } from '../../schema/roots';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { LOADER_TOPIC } from '../support/topics';
import { firstSyntaxError } from '../support/words';

export const IDLE_LINE: GitlabRbRule = {
  id: 'GLR026',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'A line that sets nothing',
  check(subject, report) {
    if (subject.parsed === undefined || firstSyntaxError(subject) !== Infinity) return;
    const names: NamedWrite[] = [];
    for (const node of subject.parsed.value.statements.body) {
      if (isNamedWrite(node)) names.push(node);
      else checkStatement(subject, node, report);
    }
    if (names.length === 0 || looksUpNames(subject)) return;
    const used = usedNames(subject.parsed.value);
    for (const node of names) if (!used.has(node.name)) reportUnused(subject, node, report);
  },
};

type NamedWrite = ruby.LocalVariableWriteNode | ruby.ConstantWriteNode;

/** `name = 'value'` and `NAME = 'value'`, with a value that does nothing by itself. */
function isNamedWrite(node: ruby.Node): node is NamedWrite {
  if (!(node instanceof ruby.LocalVariableWriteNode || node instanceof ruby.ConstantWriteNode)) return false;
  return isLiteral(node.value) && !isRoot(node.name) && !node.name.startsWith('_');
}

function isLiteral(node: ruby.Node): boolean {
  return (
    isText(node) ||
    node instanceof ruby.SymbolNode ||
    node instanceof ruby.IntegerNode ||
    node instanceof ruby.FloatNode ||
    node instanceof ruby.TrueNode ||
    node instanceof ruby.FalseNode ||
    node instanceof ruby.NilNode ||
    node instanceof ruby.ArrayNode ||
    node instanceof ruby.HashNode
  );
}

function isText(node: ruby.Node): boolean {
  return node instanceof ruby.StringNode || node instanceof ruby.InterpolatedStringNode;
}

/** Code that can find a variable or a constant without naming it in this file. */
function looksUpNames({ scan, config }: GitlabRbSubject): boolean {
  return config.inclusions.length > 0 || scan.calls.some(({ node }) => LOOKS_UP.has(node.name));
}

const LOOKS_UP = new Set(
  `binding eval instance_eval class_eval module_eval instance_exec local_variables const_get constants load require
  require_relative from_file`.split(/\s+/),
);

/** Every name that is read, or written in relation to what it holds. */
function usedNames(tree: ruby.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const open: ruby.Node[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ('name' in node && typeof node.name === 'string' && !WRITES.some((kind) => node instanceof kind))
      names.add(node.name);
    for (const child of node.childNodes()) if (child) open.push(child);
  }
  return names;
}

const WRITES = [ruby.LocalVariableWriteNode, ruby.ConstantWriteNode];

function reportUnused(subject: GitlabRbSubject, node: NamedWrite, report: ReportProblem): void {
  const what = node instanceof ruby.ConstantWriteNode ? 'constant' : 'variable';
  const close = closestWord(node.name.toLowerCase(), [...CALLED_ROOTS, ...HASH_ROOTS]);
  report({
    span: subject.spanOf(node.nameLoc),
    message: `"${node.name} =" makes a ${what} of Ruby that nothing in the file reads: GitLab does not see the line.`,
    remedy:
      close === undefined ? 'Write it as a setting of GitLab, or delete it.' : `Did you mean "${close}"?`,
  });
}

/** A setting that stands alone, and a text that stands alone. */
function checkStatement(subject: GitlabRbSubject, node: ruby.Node, report: ReportProblem): void {
  const span = subject.spanOf(node.location);
  if (isText(node)) {
    report({
      span,
      message: 'This text stands alone: Ruby reads it and does nothing with it.',
      remedy: 'Write it as a setting of GitLab, or as a comment with "#".',
    });
  } else if (isSettingAlone(node)) {
    report({
      span,
      message:
        'The setting is only read here; nothing is set, and a key that nobody set becomes an empty hash.',
      remedy: 'Give it a value, or delete the line.',
    });
  }
}

/** `redis['port']`, `nginx`, `external_url`, without a value. */
function isSettingAlone(node: ruby.Node): boolean {
  let current: ruby.Node | null = node;
  while (current instanceof ruby.CallNode && current.name === '[]') current = current.receiver;
  if (!(current instanceof ruby.CallNode) || current.receiver !== null || current.block !== null)
    return false;
  return current.arguments_ === null && isRoot(current.name);
}
