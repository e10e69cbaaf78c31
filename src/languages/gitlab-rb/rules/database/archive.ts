import type { GitlabRbSubject } from '../../subject';
import { DATABASE_TOPIC, patroniOff, postgresqlOff } from './facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { isUnset, knownAt, stringAt, unset, type Found } from '../support/read';

/** The places a parameter of PostgreSQL may stand; Patroni's own form goes first. */
function places(subject: GitlabRbSubject, name: string): (readonly [string, ...string[]])[] {
  const shared: (readonly [string, ...string[]])[] = [['postgresql', name]];
  return patroniOff(subject) ? shared : [['patroni', 'postgresql', name], ...shared];
}

/** What a parameter is set to: its text, `unset`, or undefined when that is not sure. */
function setting(subject: GitlabRbSubject, name: string): Found<string> | 'unset' | undefined {
  for (const [root, ...path] of places(subject, name)) {
    if (unset(subject, root, ...path)) continue;
    const found = knownAt(subject, root, ...path);
    if (found === undefined || isUnset(found.value)) return undefined;
    const { value, span } = found;
    if (value.kind === 'string') return { value: value.value, span };
    if (value.kind === 'boolean') return { value: value.value ? 'on' : 'off', span };
    return value.kind === 'integer' ? { value: String(value.value), span } : undefined;
  }
  return 'unset';
}

const HALF_ARCHIVE: GitlabRbRule = {
  id: 'GLR086',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'The WAL archive is only half set up',
  check(subject, report) {
    if (postgresqlOff(subject)) return;
    const mode = setting(subject, 'archive_mode');
    const command = setting(subject, 'archive_command');
    const timeout = setting(subject, 'archive_timeout');
    const library = setting(subject, 'archive_library');
    if (mode === undefined || command === undefined || library !== 'unset') return;
    const on = mode !== 'unset' && ['on', 'always'].includes(mode.value);
    const written = command !== 'unset' && command.value.trim() !== '';
    if (on && !written) {
      report({
        span: mode.span,
        message: 'The archive is on, but nothing says how to archive: WAL is kept until the disk is full.',
        remedy: "Set postgresql['archive_command'].",
      });
    }
    if (!on && written) {
      report({
        span: command.span,
        message: 'Nothing is archived: archive_mode is off, which is the default.',
        remedy: "Set postgresql['archive_mode'] to 'on'; PostgreSQL needs a restart for it.",
      });
    }
    if (!on || !written || timeout === undefined) return;
    if (timeout !== 'unset' && !/^0+\s*[a-z]*$/.test(timeout.value)) return;
    report({
      span: mode.span,
      message:
        'archive_timeout is 0: a segment is archived only when it is full, so a quiet instance may lose hours.',
      remedy: "Set postgresql['archive_timeout'] to the loss you can bear, for example '60'.",
      severity: 'information',
    });
  },
};

const ALWAYS_TRUE = /(?:\|\||;|(?<!&)&(?!&))\s*(?:(?:\/usr)?\/bin\/true|true|:|exit\s+0)\s*(?:;\s*)?$/;

const BLIND_ARCHIVE: GitlabRbRule = {
  id: 'GLR087',
  severity: 'information',
  topic: DATABASE_TOPIC,
  title: 'The archive command reports success when it failed',
  check(subject, report) {
    if (postgresqlOff(subject)) return;
    for (const [root, ...path] of places(subject, 'archive_command')) {
      const command = stringAt(subject, root, ...path);
      const end = command === undefined ? undefined : ALWAYS_TRUE.exec(command.value)?.[0].trim();
      if (command === undefined || end === undefined) continue;
      report({
        span: command.span,
        message: `With "${end}" at its end the command always succeeds: PostgreSQL removes WAL that was never archived.`,
        remedy: 'Let the command fail when the copy failed; PostgreSQL tries again.',
      });
    }
  },
};

/** The archive of PostgreSQL's WAL. */
export const DATABASE_ARCHIVE_RULES: readonly GitlabRbRule[] = [HALF_ARCHIVE, BLIND_ARCHIVE];
