import type { Span, SpanEdit } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { isSince } from '../../schema/version';
import { DATABASE_TOPIC, DEFAULTS, patroniOff, patroniOn } from './facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { integerOr, replaceSource, textOr } from '../support/effective';
import { lineBelowKey } from '../support/places';
import {
  assignmentOf,
  digitsAt,
  enabled,
  hasRole,
  keySpan,
  knownAt,
  stringAt,
  unset,
  written,
  type Found,
} from '../support/read';

type Counted = keyof typeof DEFAULTS.patroniPostgresql;

/** Parameters Patroni passes on; the package takes them from `postgresql[...]` when Patroni's own form is missing. */
const SHARED = [
  'max_connections',
  'max_locks_per_transaction',
  'max_worker_processes',
  'max_prepared_transactions',
  'track_commit_timestamp',
  'max_wal_senders',
  'max_replication_slots',
  'wal_keep_size',
  'checkpoint_timeout',
] as const;

/** Where a parameter of Patroni's PostgreSQL is written, and what it is; Patroni's own form goes first. */
export function parameterAt(
  subject: GitlabRbSubject,
  name: string,
): { readonly root: string; readonly path: readonly string[]; readonly found: Found<number> } | undefined {
  for (const [root, path] of [
    ['patroni', ['postgresql', name]],
    ['postgresql', [name]],
  ] as const) {
    if (unset(subject, root, ...path)) continue;
    const found = digitsAt(subject, root, ...path);
    return found === undefined ? undefined : { root, path, found };
  }
  return undefined;
}

/** The value a parameter of Patroni's PostgreSQL has in the end; undefined when that is not sure. */
export function parameter(subject: GitlabRbSubject, name: Counted): number | undefined {
  const own = integerOr(subject, DEFAULTS.patroniPostgresql[name], 'postgresql', name);
  return own === undefined ? undefined : integerOr(subject, own, 'patroni', 'postgresql', name);
}

/** Smallest values Patroni passes on, and what it takes instead of smaller ones (postgresql/config.py). */
const LEAST: ReadonlyMap<string, readonly [least: number, instead: number]> = new Map([
  ['max_connections', [25, 100]],
  ['max_wal_senders', [3, 10]],
  ['max_replication_slots', [4, 10]],
  ['max_worker_processes', [2, 8]],
  ['max_locks_per_transaction', [32, 64]],
]);

const FEW_SENDERS: GitlabRbRule = {
  id: 'GLR070',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'Fewer WAL senders than replication slots and a base backup need',
  check(subject, report) {
    if (!patroniOn(subject)) return;
    const slots = parameter(subject, 'max_replication_slots');
    const senders = parameter(subject, 'max_wal_senders');
    if (slots === undefined || senders === undefined || senders > slots) return;
    if (slots < 4 || senders < 3) return; // GLR094
    const own = parameterAt(subject, 'max_wal_senders');
    const other = parameterAt(subject, 'max_replication_slots');
    const at = own ?? other;
    if (at === undefined) return;
    const wanted = slots + 1;
    const edit: SpanEdit | undefined =
      own === undefined
        ? lineBelowKey(
            subject,
            `${written(at.root, [...at.path.slice(0, -1), 'max_wal_senders'])} = ${wanted}`,
            at.root,
            ...at.path,
          )
        : replaceSource(subject, own.found, String(wanted));
    const byDefault = own === undefined ? ' by default' : '';
    report({
      span: at.found.span,
      message: `${senders} WAL senders${byDefault} for ${slots} replication slots: with all slots in use no replica can be rebuilt.`,
      remedy: `Set max_wal_senders to ${wanted}, one more than max_replication_slots.`,
      ...(edit === undefined ? {} : { fix: { title: `Set max_wal_senders to ${wanted}`, edits: [edit] } }),
    });
  },
};

const WITHOUT_EFFECT: GitlabRbRule = {
  id: 'GLR071',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'Patroni sets this parameter itself, so it has no effect here',
  check(subject, report) {
    if (!patroniOn(subject)) return;
    for (const name of ['wal_level', 'hot_standby', ...SHARED]) {
      const span = keySpan(subject, 'postgresql', name);
      const value = knownAt(subject, 'postgresql', name)?.value;
      if (span === undefined || value === undefined || value.kind === 'hash' || value.kind === 'array')
        continue;
      const patroni = knownAt(subject, 'patroni', 'postgresql', name);
      const target = written('patroni', ['postgresql', name]);
      if (patroni === undefined) {
        // Unknown is not missing; and the shared ones are copied to Patroni.
        if (!unset(subject, 'patroni', 'postgresql', name) || isShared(name) || isDefault(name, value))
          continue;
        report({
          span,
          message: `Patroni does not read ${written('postgresql', [name])}: it starts PostgreSQL with its own ${name}.`,
          remedy: `Write ${target}.`,
          ...moved(subject, name, target),
        });
        continue;
      }
      if (patroni.value.kind === 'hash' || patroni.value.kind === 'array') continue;
      if (textOfValue(patroni.value) === textOfValue(value)) continue;
      report({
        span,
        message: `${target} holds ${textOfValue(patroni.value)} and wins: ${textOfValue(value)} has no effect.`,
        remedy: `Remove this line, or change ${target}.`,
        related: { span: patroni.span, message: 'This value counts.' },
        tags: ['unnecessary'],
      });
    }
  },
};

function isShared(name: string): boolean {
  return SHARED.some((shared) => shared === name);
}

/** True for what Patroni sets anyway: nothing is lost. */
function isDefault(name: string, value: ScalarValue): boolean {
  const text = textOfValue(value);
  if (name === 'wal_level') return text === 'replica' || text === 'hot_standby';
  return text === 'on' || text === 'true';
}

type ScalarValue = Exclude<NonNullable<ReturnType<typeof knownAt>>['value'], { kind: 'hash' | 'array' }>;

function textOfValue(value: ScalarValue): string {
  return value.kind === 'nil' ? 'nil' : String(value.value);
}

function moved(
  subject: GitlabRbSubject,
  name: string,
  target: string,
): { fix?: { title: string; edits: (Span & { newText: string })[] } } {
  const assignment = assignmentOf(subject, 'postgresql', name);
  if (assignment?.path.length !== 1 || assignment.style !== 'index') return {};
  return {
    fix: {
      title: `Write ${target}`,
      edits: [{ ...subject.span(assignment.targetRange), newText: target }],
    },
  };
}

const NO_REPLICAS: GitlabRbRule = {
  id: 'GLR072',
  severity: 'error',
  topic: DATABASE_TOPIC,
  title: 'PostgreSQL is told not to have replicas',
  check(subject, report) {
    if (!patroniOff(subject)) {
      const level = stringAt(subject, 'patroni', 'postgresql', 'wal_level');
      if (level?.value.toLowerCase() === 'minimal') {
        const edit = replaceSource(subject, level, "'replica'");
        report({
          span: level.span,
          message: 'Replicas cannot follow wal_level "minimal"; Patroni refuses it and takes another.',
          remedy: 'Write replica, or logical where something reads the changes.',
          ...(edit === undefined ? {} : { fix: { title: "Write 'replica'", edits: [edit] } }),
        });
      }
      const standby = knownAt(subject, 'patroni', 'postgresql', 'hot_standby');
      if (standby !== undefined && isOff(standby.value)) {
        const value = standby.value.kind === 'string' ? 'off' : 'false';
        const edit = replaceSource(subject, { value, span: standby.span }, "'on'");
        report({
          span: standby.span,
          message:
            'Patroni cannot run replicas that answer no queries: it refuses hot_standby off and takes on.',
          remedy: 'Write on, or remove the line.',
          ...(edit === undefined ? {} : { fix: { title: "Write 'on'", edits: [edit] } }),
        });
      }
    }
    aloneWithSenders(subject, report);
  },
};

function isOff(value: { kind: string; value?: unknown }): boolean {
  return (
    (value.kind === 'boolean' && value.value === false) || (value.kind === 'string' && value.value === 'off')
  );
}

/** PostgreSQL without Patroni stops at senders or an archive that wal_level cannot serve. */
function aloneWithSenders(subject: GitlabRbSubject, report: Parameters<GitlabRbRule['check']>[1]): void {
  if (!patroniOff(subject) || enabled(subject, 'postgresql') !== true) return;
  if (hasRole(subject, 'geo_primary_role') || hasRole(subject, 'geo_secondary_role')) return;
  if (textOr(subject, 'minimal', 'postgresql', 'wal_level') !== 'minimal') return;
  const senders = digitsAt(subject, 'postgresql', 'max_wal_senders');
  const archive = stringAt(subject, 'postgresql', 'archive_mode');
  const level = stringAt(subject, 'postgresql', 'wal_level');
  const byDefault = level === undefined ? ', which is the default,' : '';
  const fixing = (key: string): SpanEdit | undefined =>
    level === undefined
      ? lineBelowKey(subject, "postgresql['wal_level'] = 'replica'", 'postgresql', key)
      : replaceSource(subject, level, "'replica'");
  const found = [
    { key: 'max_wal_senders', at: senders !== undefined && senders.value > 0 ? senders.span : undefined },
    {
      key: 'archive_mode',
      at: archive?.value === 'on' || archive?.value === 'always' ? archive.span : undefined,
    },
  ].find(({ at }) => at !== undefined);
  if (found?.at === undefined) return;
  const edit = fixing(found.key);
  report({
    span: found.at,
    message: `PostgreSQL does not start: with wal_level minimal${byDefault} ${found.key} cannot be on.`,
    remedy: "Set postgresql['wal_level'] to 'replica'.",
    ...(edit === undefined ? {} : { fix: { title: "Set wal_level to 'replica'", edits: [edit] } }),
  });
}

const SEGMENTS: GitlabRbRule = {
  id: 'GLR091',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'PostgreSQL no longer counts kept WAL in segments',
  check(subject, report) {
    // GitLab 16 brings PostgreSQL 13 as the oldest; wal_keep_segments ended with 12.
    if (patroniOff(subject) || !isSince(subject.version, '16.0')) return;
    const found = digitsAt(subject, 'patroni', 'postgresql', 'wal_keep_segments');
    const span = keySpan(subject, 'patroni', 'postgresql', 'wal_keep_segments');
    if (found === undefined || span === undefined) return;
    const megabytes = found.value * 16;
    const assignment = assignmentOf(subject, 'patroni', 'postgresql', 'wal_keep_segments');
    const own = assignment?.path.length === 2 && assignment.style === 'index';
    const target = "patroni['postgresql']['wal_keep_size']";
    const other = !unset(subject, 'patroni', 'postgresql', 'wal_keep_size');
    const edits =
      own && !other ? [{ ...subject.span(assignment.range), newText: `${target} = ${megabytes}` }] : [];
    report({
      span,
      message: 'GitLab leaves wal_keep_segments out for PostgreSQL 13 and later: it has no effect.',
      remedy: `Write ${target} = ${megabytes} (megabytes; a segment has 16).`,
      ...(edits.length === 0 ? {} : { fix: { title: `Write wal_keep_size = ${megabytes}`, edits } }),
    });
  },
};

const TOO_SMALL: GitlabRbRule = {
  id: 'GLR094',
  severity: 'error',
  topic: DATABASE_TOPIC,
  title: 'Patroni refuses a value this small and takes its own',
  check(subject, report) {
    if (!patroniOn(subject)) return;
    for (const [name, [least, instead]] of LEAST) {
      const at = parameterAt(subject, name);
      if (at === undefined || at.found.value >= least) continue;
      const edit = replaceSource(subject, at.found, String(least));
      report({
        span: at.found.span,
        message: `${name} of ${at.found.value} is less than ${least}, the least Patroni accepts: it takes ${instead}.`,
        remedy: `Set it to ${least} or more.`,
        ...(edit === undefined ? {} : { fix: { title: `Set ${name} to ${least}`, edits: [edit] } }),
      });
    }
  },
};

/** What replicas need of PostgreSQL. */
export const DATABASE_REPLICATION_RULES: readonly GitlabRbRule[] = [
  FEW_SENDERS,
  WITHOUT_EFFECT,
  NO_REPLICAS,
  SEGMENTS,
  TOO_SMALL,
];
