import type { WordFault } from '../check/word-faults';
import { statementSpan } from '../syntax/document';
import type { Block, Statement } from '../syntax/tree';
import type { Word } from '../syntax/word';
import { removal, rule, type KeepalivedRule } from './keepalived-rule';
import { isSecret } from './secrets';

const TOPIC = 'Arguments';

function argumentRule(id: string, title: string, ...kinds: readonly WordFault['kind'][]): KeepalivedRule {
  return rule(id, 'error', TOPIC, title, (subject, report) => {
    for (const { word, kind, message, remedy, meant, severity } of subject.wordFaults()) {
      if (!kinds.includes(kind)) continue;
      const { start, end } = word;
      const fix =
        meant === undefined
          ? {}
          : { fix: { title: `Write "${meant}"`, edits: [{ start, end, newText: meant }] } };
      report({ span: word, message, remedy, ...fix, ...(severity === undefined ? {} : { severity }) });
    }
  });
}

/** Keywords whose second argument keepalived refuses instead of ignoring it. */
const REFUSES_MORE = new Set(['vrrp_instance', 'vrrp_sync_group', 'track_group', 'snmp_socket']);

/** Commands keepalived does not go on without; of other empty ones it says nothing, and runs none. */
const NEEDS_COMMAND = new Set(['script', 'startup_script', 'shutdown_script', 'misc_path']);

/** A command that is empty: quotes and nothing between them. */
function isEmptyCommand({ spec, args }: Statement): boolean {
  return spec?.args[0]?.kind === 'script' && args[0]?.value === '' && args[0].quoted;
}

/** The equals sign before the values, where they are assigned as in other programs' files. */
function equalsSign(args: readonly Word[]): Word | undefined {
  const [first] = args;
  return first !== undefined && !first.quoted && first.value === '=' && args.length > 1 ? first : undefined;
}

/** True when the last argument a keyword takes has a sign behind it as between the parts of a list. */
function isList(args: readonly Word[], taken: number): boolean {
  const last = args[taken - 1];
  return last !== undefined && !last.quoted && /[,;]$/.test(last.value);
}

/** What stands behind keywords. */
export const ARGUMENT_RULES: readonly KeepalivedRule[] = [
  rule('KAD020', 'error', TOPIC, 'An argument is missing', ({ document }, report) => {
    // Blocks in which one stood with an argument: that one stays in force.
    const given = new Set<Block>();
    for (const statement of document.statements) {
      const { keyword, args, spec, parent } = statement;
      if (spec === undefined || args.some((word) => word.dynamic)) continue;
      const empty = isEmptyCommand(statement);
      const again = spec.silent === 'again' && given.has(parent);
      if (spec.silent === 'again' && args.length > 0) given.add(parent);
      const missing = spec.args.slice(empty ? 0 : args.length, spec.required).map(({ label }) => label);
      if (missing.length === 0) continue;
      const silent = spec.silent === 'missing' || again || (empty && !NEEDS_COMMAND.has(keyword.value));
      const does = silent ? 'goes on without this setting' : 'stops reading the file here or drops the line';
      report({
        span: keyword,
        message: `"${keyword.value}" needs ${missing.join(' and ')}; keepalived ${does}.`,
        remedy: `Write "${[keyword.value, ...spec.args.slice(0, spec.required).map(({ label }) => label)].join(' ')}".`,
        ...(silent ? { severity: 'warning' } : {}),
      });
    }
  }),
  rule('KAD021', 'warning', TOPIC, 'An argument too many is ignored', ({ document }, report) => {
    for (const { keyword, args, spec } of document.statements) {
      if (spec === undefined || spec.rest || args.length <= spec.args.length) continue;
      if (args.some((word) => word.dynamic)) continue;
      const extra = args[spec.args.length];
      const last = args.at(-1);
      // What was meant is a list, or an assignment: that is told where it begins.
      if (
        extra === undefined ||
        last === undefined ||
        isList(args, spec.args.length) ||
        equalsSign(args) !== undefined
      )
        continue;
      const refused = REFUSES_MORE.has(keyword.value) || spec.values !== undefined;
      const span = { start: extra.start, end: last.end };
      const what = spec.args.length === 0 ? 'no argument' : `only ${spec.args.length}`;
      const named = isSecret(keyword.value) ? 'what follows' : `"${extra.value}"`;
      report({
        span,
        message: `"${keyword.value}" takes ${what}; keepalived ${refused ? 'refuses' : 'ignores'} ${named}.`,
        remedy: 'Remove it.',
        fix: { title: `Remove ${named}`, edits: [removal(document, span)] },
        ...(refused ? { severity: 'error' } : {}),
      });
    }
  }),
  argumentRule('KAD022', 'A number is not valid', 'number'),
  argumentRule('KAD023', 'A value is not known', 'choice'),
  argumentRule('KAD024', 'An address is not valid', 'address'),
  argumentRule('KAD025', 'An option of a line is not known', 'option'),
  argumentRule('KAD028', 'A name of an interface is not valid', 'interface'),
  rule('KAD029', 'error', TOPIC, 'A value is written behind an equals sign', ({ document }, report) => {
    for (const { keyword, args, spec } of document.statements) {
      const sign = spec === undefined ? undefined : equalsSign(args);
      const [, value] = args;
      if (spec === undefined || sign === undefined || value === undefined) continue;
      const kind = spec.args[0]?.kind;
      const secret = isSecret(keyword.value);
      const written = secret ? '…' : document.text.slice(value.start, args.at(-1)?.end ?? value.end);
      report({
        span: sign,
        message: `Keepalived takes "=" for the value of "${keyword.value}", and ${secret ? 'what is meant' : `"${value.value}"`} for something that follows it.`,
        remedy: `Write "${keyword.value} ${written}".`,
        fix: {
          title: 'Remove the equals sign',
          edits: [{ start: sign.start, end: value.start, newText: '' }],
        },
        // A text it takes as it is, without a word.
        ...(kind === 'text' || kind === undefined ? { severity: 'warning' } : {}),
      });
    }
  }),
  rule('KAD026', 'warning', TOPIC, 'A setting stands twice', ({ document }, report) => {
    for (const block of document.blocks) {
      const first = new Map<string, Statement>();
      for (const statement of block.statements) {
        const { keyword, spec, uncertain } = statement;
        // Of the lists of a group only the first one counts.
        const list = keyword.value === 'group' && block.kind === 'vrrp_sync_group';
        if (spec === undefined || spec.repeats === true || uncertain) continue;
        if (!list && (statement.block !== undefined || spec.args.length === 0)) continue;
        if (/^(lvs_timeouts|include_check)/.test(spec.name)) continue;
        const before = first.get(keyword.value);
        first.set(keyword.value, statement);
        if (before === undefined) continue;
        report({
          span: statementSpan(statement),
          message: `"${keyword.value}" is set before in this block; only one of the two counts.`,
          remedy: 'Keep one of them.',
          related: { span: statementSpan(before), message: 'the other one' },
        });
      }
    }
  }),
];
