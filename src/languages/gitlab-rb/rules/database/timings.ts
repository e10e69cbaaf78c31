import type { Problem } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { isSince } from '../../schema/version';
import { DATABASE_TOPIC, DEFAULTS, patroniOff } from './facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { integerOr, replaceSource } from '../support/effective';
import { assignmentOf, booleanAt, digitsAt, keySpan, written } from '../support/read';

type Timing = keyof typeof DEFAULTS.patroni;
const TIMINGS: readonly Timing[] = ['ttl', 'retry_timeout', 'loop_wait'];
/** Patroni's own limits (config.py, since 3.2). */
const LEAST: Readonly<Record<Timing, number>> = { ttl: 20, retry_timeout: 3, loop_wait: 1 };

/** Since this version the package brings a Patroni that corrects timings instead of obeying them. */
const CORRECTING = '18.10';

function timing(subject: GitlabRbSubject, name: Timing): number | undefined {
  return integerOr(subject, DEFAULTS.patroni[name], 'patroni', name);
}

/** loop_wait + 2 × retry_timeout: the time a leader needs at worst to renew its key. */
function renewal(subject: GitlabRbSubject): number | undefined {
  const loop = timing(subject, 'loop_wait');
  const retry = timing(subject, 'retry_timeout');
  return loop === undefined || retry === undefined ? undefined : loop + 2 * retry;
}

/** Keys of Patroni itself, which people write among PostgreSQL's parameters. True: GitLab knows it one level up. */
const PATRONI_KEYS: ReadonlyMap<string, boolean> = new Map([
  ...['ttl', 'loop_wait', 'retry_timeout', 'maximum_lag_on_failover', 'max_timelines_history'].map(known),
  ...['master_start_timeout', 'use_pg_rewind', 'use_slots', 'remove_data_directory_on_rewind_failure'].map(
    known,
  ),
  ...['remove_data_directory_on_diverged_timelines', 'replication_slots', 'callbacks', 'tags'].map(known),
  ...['recovery_conf', 'standby_cluster'].map(known),
  ...['synchronous_mode', 'synchronous_mode_strict', 'synchronous_node_count', 'failsafe_mode'].map(unread),
  ...['maximum_lag_on_syncnode', 'primary_start_timeout', 'primary_stop_timeout', 'master_stop_timeout'].map(
    unread,
  ),
  ...['check_timeline', 'watchdog', 'slots', 'ignore_slots', 'member_slots_ttl', 'pg_hba', 'pg_ident'].map(
    unread,
  ),
  ...['parameters', 'create_replica_methods', 'pgpass', 'bin_dir', 'nofailover', 'nosync'].map(unread),
]);

function known(name: string): readonly [string, boolean] {
  return [name, true];
}

function unread(name: string): readonly [string, boolean] {
  return [name, false];
}

/** What to do about a Patroni key among PostgreSQL's parameters. */
function misplaced(subject: GitlabRbSubject, key: string, movable: boolean): Pick<Problem, 'remedy' | 'fix'> {
  if (!movable) {
    const remedy = key.startsWith('synchronous')
      ? "GitLab's package cannot set it. postgresql['synchronous_standby_names'] with synchronous_commit comes closest."
      : "GitLab's package cannot set it; remove the line.";
    return { remedy };
  }
  const target = written('patroni', [key]);
  const assignment = assignmentOf(subject, 'patroni', 'postgresql', key);
  const own = assignment?.path.length === 2 && assignment.style === 'index';
  const fix = {
    title: `Write ${target}`,
    edits: own ? [{ ...subject.span(assignment.targetRange), newText: target }] : [],
  };
  return { remedy: `Write ${target} instead.`, ...(own ? { fix } : {}) };
}

const AMONG_PARAMETERS: GitlabRbRule = {
  id: 'GLR067',
  severity: 'error',
  topic: DATABASE_TOPIC,
  title: "A setting of Patroni stands among PostgreSQL's parameters",
  check(subject, report) {
    const parameters = subject.value('patroni', 'postgresql');
    if (parameters?.kind !== 'hash') return;
    for (const [key, entry] of parameters.entries) {
      const movable = PATRONI_KEYS.get(key);
      const { value } = entry;
      if (movable === undefined || value.kind === 'nil') continue;
      if (value.kind === 'hash' && value.fromReading === true) continue;
      const assigned = assignmentOf(subject, 'patroni', 'postgresql', key) !== undefined;
      const span = assigned ? keySpan(subject, 'patroni', 'postgresql', key) : undefined;
      if (span === undefined) continue;
      report({
        span,
        message: `"${key}" is no parameter of PostgreSQL: Patroni drops it, and its own setting stays as it is.`,
        ...misplaced(subject, key, movable),
      });
    }
  },
};

const TOO_SHORT: GitlabRbRule = {
  id: 'GLR068',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'Patroni cannot renew the leader key within ttl',
  check(subject, report) {
    const ttl = timing(subject, 'ttl');
    const needed = renewal(subject);
    const name = TIMINGS.find((one) => digitsAt(subject, 'patroni', one) !== undefined);
    if (patroniOff(subject) || ttl === undefined || needed === undefined || name === undefined) return;
    // GLR069 speaks of a ttl that is too short by itself.
    if (needed <= ttl || ttl < LEAST.ttl) return;
    const found = digitsAt(subject, 'patroni', name);
    if (found === undefined) return;
    const corrects = isSince(subject.version, CORRECTING);
    const edit = name === 'ttl' ? replaceSource(subject, found, String(needed)) : undefined;
    const sum = `loop_wait ${timing(subject, 'loop_wait') ?? ''} + 2 × retry_timeout ${timing(subject, 'retry_timeout') ?? ''} = ${needed} s`;
    const effect = corrects
      ? 'Patroni shortens loop_wait and retry_timeout by itself'
      : 'the key may expire while the leader still retries, and a healthy leader is demoted';
    report({
      span: found.span,
      message: `${sum} is more than ttl, ${ttl} s: ${effect}.`,
      remedy: `Set patroni['ttl'] to at least ${needed}, or shorten the others.`,
      ...(edit === undefined ? {} : { fix: { title: `Set ttl to ${needed}`, edits: [edit] } }),
    });
  },
};

const BELOW_LEAST: GitlabRbRule = {
  id: 'GLR069',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'A timing is shorter than Patroni allows',
  check(subject, report) {
    if (patroniOff(subject)) return;
    for (const name of TIMINGS) {
      const found = digitsAt(subject, 'patroni', name);
      if (found === undefined || found.value >= LEAST[name]) continue;
      const least = name === 'ttl' ? Math.max(LEAST.ttl, renewal(subject) ?? 0) : LEAST[name];
      const edit = replaceSource(subject, found, String(least));
      const effect = isSince(subject.version, CORRECTING)
        ? `Patroni takes ${LEAST[name]}`
        : 'a short hiccup of Consul costs the leader its role';
      report({
        span: found.span,
        message: `${name} of ${found.value} s is less than ${LEAST[name]} s: ${effect}.`,
        remedy: `Set it to ${least} or more.`,
        ...(edit === undefined ? {} : { fix: { title: `Set ${name} to ${least}`, edits: [edit] } }),
      });
    }
  },
};

const NO_REWIND: GitlabRbRule = {
  id: 'GLR088',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'A former leader cannot rejoin by itself, or loses its data',
  check(subject, report) {
    if (patroniOff(subject)) return;
    const rewind = booleanAt(subject, 'patroni', 'use_pg_rewind');
    if (rewind?.value === false) {
      const edit = replaceSource(subject, rewind, 'true');
      report({
        span: rewind.span,
        message:
          'Without pg_rewind a former leader with other history stays out of the cluster until somebody rebuilds it.',
        remedy: "Set patroni['use_pg_rewind'] to true, which is the default.",
        ...(edit === undefined ? {} : { fix: { title: 'Turn pg_rewind on', edits: [edit] } }),
      });
    }
    for (const cause of ['rewind_failure', 'diverged_timelines']) {
      const removes = booleanAt(subject, 'patroni', `remove_data_directory_on_${cause}`);
      if (removes?.value !== true) continue;
      report({
        span: removes.span,
        message: `Patroni deletes this node's data directory by itself after ${cause.replace('_', ' ')}: what only it held is gone.`,
        remedy: 'Leave it false where nobody has a copy of the data, and rebuild a node by hand.',
        severity: 'information',
      });
    }
  },
};

const GIBIBYTE = 1_073_741_824;

const LAG: GitlabRbRule = {
  id: 'GLR089',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'The lag a new leader may have is nothing, or very much',
  check(subject, report) {
    const lag = digitsAt(subject, 'patroni', 'maximum_lag_on_failover');
    if (patroniOff(subject) || lag === undefined) return;
    if (lag.value > 0 && lag.value < GIBIBYTE) return;
    const message =
      lag.value === 0
        ? 'With 0 only a replica that has every byte may become leader: under load there may be none.'
        : `A replica that misses ${Math.round(lag.value / 1_048_576)} MiB may become leader: these transactions are lost.`;
    report({
      span: lag.span,
      message,
      remedy: 'The value is in bytes. 1_048_576 (1 MiB) is the default.',
    });
  },
};

/** Patroni's timings and how it changes leaders. */
export const DATABASE_TIMING_RULES: readonly GitlabRbRule[] = [
  AMONG_PARAMETERS,
  TOO_SHORT,
  BELOW_LEAST,
  NO_REWIND,
  LAG,
];
