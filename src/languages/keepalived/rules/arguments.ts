import type { WordFault } from '../check/word-faults';
import { statementSpan } from '../syntax/document';
import type { Statement } from '../syntax/tree';
import { removal, rule, type KeepalivedRule } from './keepalived-rule';

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
      if (extra === undefined || last === undefined) continue;
      const refused = REFUSES_MORE.has(keyword.value) || spec.values !== undefined;
      const span = { start: extra.start, end: last.end };
      const what = spec.args.length === 0 ? 'no argument' : `only ${spec.args.length}`;
      report({
        span,
        message: `"${keyword.value}" takes ${what}; keepalived ${refused ? 'refuses' : 'ignores'} "${extra.value}".`,
        remedy: 'Remove it.',
        fix: { title: `Remove "${extra.value}"`, edits: [removal(document, span)] },
        ...(refused ? { severity: 'error' } : {}),
      });
    }
  }),
  argumentRule('KAD022', 'A number is not valid', 'number'),
  argumentRule('KAD023', 'A value is not known', 'choice'),
  argumentRule('KAD024', 'An address is not valid', 'address'),
  argumentRule('KAD025', 'An option of a line is not known', 'option'),
  argumentRule('KAD028', 'A name of an interface is too long', 'interface'),
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
