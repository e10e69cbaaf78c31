import type { WordFault } from '../check/word-faults';
import { statementSpan } from '../syntax/document';
import type { Statement } from '../syntax/tree';
import type { Word } from '../syntax/word';
import { removal, rule, type KeepalivedRule } from './keepalived-rule';
import { isSecret } from './secrets';

const TOPIC = 'Arguments';

function argumentRule(id: string, title: string, ...kinds: readonly WordFault['kind'][]): KeepalivedRule {
  return rule(id, 'error', TOPIC, title, (subject, report) => {
    for (const { word, kind, message, remedy, meant } of subject.wordFaults()) {
      if (!kinds.includes(kind)) continue;
      const { start, end } = word;
      const fix =
        meant === undefined
          ? {}
          : { fix: { title: `Write "${meant}"`, edits: [{ start, end, newText: meant }] } };
      report({ span: word, message, remedy, ...fix });
    }
  });
}

/** Keywords whose second argument keepalived refuses instead of ignoring it. */
const REFUSES_MORE = new Set([
  'vrrp_instance',
  'vrrp_sync_group',
  'track_group',
  'notification_email_from',
  'snmp_socket',
]);

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
    for (const { keyword, args, spec } of document.statements) {
      if (spec === undefined || args.length >= spec.required || args.some((word) => word.dynamic)) continue;
      const missing = spec.args.slice(args.length, spec.required).map(({ label }) => label);
      report({
        span: keyword,
        message: `"${keyword.value}" needs ${missing.join(' and ')}; keepalived stops reading the file here or drops the line.`,
        remedy: `Write "${[keyword.value, ...spec.args.slice(0, spec.required).map(({ label }) => label)].join(' ')}".`,
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
        if (spec === undefined || spec.repeats === true || uncertain || statement.block !== undefined)
          continue;
        if (spec.args.length === 0 || /^(lvs_timeouts|notify_fifo|include_check)/.test(spec.name)) continue;
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
