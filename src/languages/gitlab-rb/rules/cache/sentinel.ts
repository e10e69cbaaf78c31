import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { isSince } from '../../schema/version';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { isHostName } from '../support/address';
import { lineBelowKey, removeKey, serviceSpan } from '../support/places';
import { booleanAt, digitsAt, enabled, itemsAt, keySpan, knownAt, unset } from '../support/read';
import { plainAt } from '../support/template';
import { truthy } from '../../evaluate/value';

export const TOPIC = 'Redis and Sentinel';

/** True when Sentinel certainly runs on this machine. */
export function watches(subject: GitlabRbSubject): boolean {
  return enabled(subject, 'sentinel') === true;
}

/** True when Redis on this machine certainly follows another one. */
export function follows(subject: GitlabRbSubject): boolean {
  if (subject.roles?.has('redis_replica_role') === true) return true;
  return booleanAt(subject, 'redis', 'master')?.value === false;
}

function sentinelSpan(subject: GitlabRbSubject): Span | undefined {
  return serviceSpan(subject, 'sentinel', 'redis_sentinel_role');
}

/** How many Sentinels the file names, when it names them all. */
function sentinelCount(subject: GitlabRbSubject): number | undefined {
  const items = itemsAt(subject, 'gitlab_rails', 'redis_sentinels')?.value;
  return items === undefined || items.some(({ kind }) => kind === 'unknown') ? undefined : items.length;
}

const NO_MASTER: GitlabRbRule = {
  id: 'GLR160',
  severity: 'error',
  topic: TOPIC,
  title: 'Sentinel or a replica does not know the master',
  check(subject, report) {
    if (!watches(subject) && !follows(subject)) return;
    const span = watches(subject) ? sentinelSpan(subject) : followSpan(subject);
    if (span === undefined) return;
    const who = watches(subject) ? 'Sentinel' : 'A replica';
    const missing = (key: string, remedy: string): void => {
      const message = `${who} needs redis['${key}'], which is missing: gitlab-ctl reconfigure stops.`;
      report({ span, message, remedy });
    };
    if (unset(subject, 'redis', 'master_ip')) {
      missing('master_ip', "Set redis['master_ip'] to the address of the first master, on every node.");
    }
    if (unset(subject, 'redis', 'master_password') && !passwordIsCopied(subject)) {
      missing(
        'master_password',
        "Set redis['master_password'] to the password of the master, on every node.",
      );
    }
  },
};

function followSpan(subject: GitlabRbSubject): Span | undefined {
  const written = booleanAt(subject, 'redis', 'master')?.value === false;
  return written
    ? keySpan(subject, 'redis', 'master')
    : serviceSpan(subject, 'redis_replica_role', 'redis_replica_role');
}

/** GitLab's package takes Redis' own password as the master's where it manages Redis; in doubt we say it does. */
function passwordIsCopied(subject: GitlabRbSubject): boolean {
  if (!unset(subject, 'redis', 'extra_config_command')) return true;
  return enabled(subject, 'redis') !== false && !unset(subject, 'redis', 'password');
}

const IGNORED_KEYS = ['master_name', 'master_ip', 'master_port', 'master_password'] as const;

const WRONG_ROOT: GitlabRbRule = {
  id: 'GLR161',
  severity: 'error',
  topic: TOPIC,
  title: 'The master is described to Sentinel in the wrong place',
  check(subject, report) {
    for (const key of IGNORED_KEYS) {
      const span = keySpan(subject, 'sentinel', key);
      if (span === undefined || knownAt(subject, 'sentinel', key) === undefined) continue;
      const right = knownAt(subject, 'redis', key);
      const removal = right === undefined ? undefined : removeKey(subject, 'sentinel', key);
      const source = subject.text.slice(span.start, span.end);
      const edit = right === undefined && source.startsWith('sentinel[') ? 'redis' : undefined;
      const fix =
        removal !== undefined
          ? { title: 'Remove the line', edits: [removal] }
          : edit !== undefined
            ? {
                title: `Write redis['${key}']`,
                edits: [{ start: span.start, end: span.start + 8, newText: edit }],
              }
            : undefined;
      report({
        span,
        message: `GitLab knows no sentinel['${key}'] and ignores it: Sentinel reads redis['${key}'].`,
        remedy: `Write redis['${key}'] instead.`,
        ...(fix === undefined ? {} : { fix }),
      });
    }
  },
};

const QUORUM: GitlabRbRule = {
  id: 'GLR162',
  severity: 'warning',
  topic: TOPIC,
  title: 'The quorum of Sentinel does not fit',
  check(subject, report) {
    if (!watches(subject)) return;
    const written = digitsAt(subject, 'sentinel', 'quorum');
    if (written === undefined && !unset(subject, 'sentinel', 'quorum')) return;
    const quorum = written?.value ?? 1;
    const span = written?.span ?? sentinelSpan(subject);
    const count = sentinelCount(subject);
    if (span === undefined || count === 1) return;
    const known = count ?? 3;
    const majority = Math.floor(known / 2) + 1;
    const line = `sentinel['quorum'] = ${majority}`;
    const remedy = `Set ${line}, more than half of ${count === undefined ? 'three' : 'them'}.`;
    if (count !== undefined && quorum > count) {
      const message = `The quorum is ${quorum}, but gitlab_rails['redis_sentinels'] names ${count} Sentinels: they never agree, and nobody takes over.`;
      const fix = { title: `Write ${majority}`, edits: [{ ...span, newText: String(majority) }] };
      report({ span, message, remedy, ...(written === undefined ? {} : { fix }) });
      return;
    }
    if (quorum > 1) return;
    const message = `The quorum is ${quorum}${written === undefined ? ', the default' : ''}: a single Sentinel that is cut off can declare the master dead.`;
    const edit =
      written === undefined
        ? lineBelowKey(subject, line, 'sentinel', lastKey(subject, 'sentinel') ?? '')
        : { ...span, newText: String(majority) };
    // Only with all Sentinels in sight the number is sure.
    const sure = count !== undefined && edit !== undefined;
    report({
      span,
      message,
      remedy,
      ...(sure ? { fix: { title: `Set the quorum to ${majority}`, edits: [edit] } } : {}),
    });
  },
};

/** The key of a root that is set last, to put another one below it. */
export function lastKey(subject: GitlabRbSubject, root: string): string | undefined {
  return subject.config.assignments.findLast((one) => one.root === root && one.path.length === 1)?.path[0];
}

const HOST_NAMES: GitlabRbRule = {
  id: 'GLR170',
  severity: 'error',
  topic: TOPIC,
  title: 'Sentinel is given a host name it may not resolve',
  check(subject, report) {
    // The Redis of older versions resolves names by itself.
    if (!watches(subject) || !isSince(subject.version, '16.0')) return;
    const master = plainAt(subject, 'redis', 'master_ip');
    if (master === undefined || !isHostName(master.value)) return;
    const use = knownAt(subject, 'sentinel', 'use_hostnames');
    if (use === undefined) {
      if (!unset(subject, 'sentinel', 'use_hostnames')) return;
      if (!unset(subject, 'redis', 'announce_ip_from_hostname')) {
        const fromName = booleanAt(subject, 'redis', 'announce_ip_from_hostname');
        if (fromName?.value !== false) return;
      }
      // A name to announce switches host names on; it is taken over from Redis.
      for (const root of ['sentinel', 'redis']) {
        if (unset(subject, root, 'announce_ip')) continue;
        const announced = plainAt(subject, root, 'announce_ip');
        if (announced === undefined || isHostName(announced.value)) return;
      }
    } else if (truthy(use.value)) return;
    const line = "sentinel['use_hostnames'] = true";
    const edit =
      use === undefined
        ? lineBelowKey(subject, line, 'redis', 'master_ip')
        : { ...use.span, newText: 'true' };
    report({
      span: master.span,
      message: `Sentinel does not start: "${master.value}" is a host name, and it resolves none unless use_hostnames is on.`,
      remedy: `Write the IP address, or ${line}.`,
      ...(edit === undefined ? {} : { fix: { title: 'Let Sentinel use host names', edits: [edit] } }),
    });
  },
};

const TIMES: GitlabRbRule = {
  id: 'GLR171',
  severity: 'warning',
  topic: TOPIC,
  title: 'The times of Sentinel do not fit',
  check(subject, report) {
    if (enabled(subject, 'sentinel') === false) return;
    const down = digitsAt(subject, 'sentinel', 'down_after_milliseconds');
    const failover = digitsAt(subject, 'sentinel', 'failover_timeout');
    if (down !== undefined && down.value < 1000) {
      const message = `down_after_milliseconds is ${down.value} ms: a short pause of the master counts as its death.`;
      const remedy = `Use 5000 to 10000 milliseconds; 10000 is the default.`;
      report({ span: down.span, message, remedy });
    } else if (down !== undefined && down.value > 60_000) {
      const message = `down_after_milliseconds is ${down.value} ms: for ${Math.round(down.value / 1000)} seconds nobody even suspects that the master is gone.`;
      report({ span: down.span, message, remedy: 'Use 5000 to 30000 milliseconds; 10000 is the default.' });
    }
    if (failover === undefined) return;
    const after = down?.value ?? (unset(subject, 'sentinel', 'down_after_milliseconds') ? 10_000 : undefined);
    if (after === undefined || failover.value >= after) return;
    const message = `failover_timeout (${failover.value} ms) is shorter than down_after_milliseconds (${after} ms): a failover is given up before it can end.`;
    report({ span: failover.span, message, remedy: 'Make it several times as long; 60000 is the default.' });
  },
};

const REFUSED: GitlabRbRule = {
  id: 'GLR172',
  severity: 'error',
  topic: TOPIC,
  title: 'Sentinel cannot start with these settings',
  check(subject, report) {
    if (enabled(subject, 'sentinel') === false) return;
    const id = plainAt(subject, 'sentinel', 'myid');
    if (id !== undefined && !/^[0-9a-f]{40}$/.test(id.value)) {
      const removal = removeKey(subject, 'sentinel', 'myid');
      const strange = /[^0-9a-f]/.test(id.value) ? ', some of them others' : '';
      report({
        span: id.span,
        message: `myid must have 40 digits from 0-9 and a-f, this has ${id.value.length} characters${strange}: gitlab-ctl reconfigure stops.`,
        remedy: 'Remove it: each Sentinel makes up its own id and keeps it.',
        ...(removal === undefined ? {} : { fix: { title: 'Remove it', edits: [removal] } }),
      });
    }
    const port = digitsAt(subject, 'sentinel', 'port');
    const tls =
      digitsAt(subject, 'sentinel', 'tls_port')?.value === 0 || unset(subject, 'sentinel', 'tls_port');
    if (port?.value !== 0 || !tls) return;
    report({
      span: port.span,
      message: 'Sentinel has no port: port is 0, and tls_port is missing.',
      remedy: "Set sentinel['tls_port'], or write 26379 here.",
    });
  },
};

const OTHER_PORT: GitlabRbRule = {
  id: 'GLR179',
  severity: 'warning',
  topic: TOPIC,
  title: 'Sentinel watches another port than Redis listens on',
  check(subject, report) {
    if (!watches(subject) || enabled(subject, 'redis') !== true) return;
    const port = digitsAt(subject, 'redis', 'port');
    if (port === undefined || port.value === 0 || !unset(subject, 'redis', 'tls_port')) return;
    const written = digitsAt(subject, 'redis', 'master_port');
    if (written === undefined && !unset(subject, 'redis', 'master_port')) return;
    const watched = written?.value ?? 6379;
    if (watched === port.value) return;
    const line = `redis['master_port'] = ${port.value}`;
    const edit =
      written === undefined
        ? lineBelowKey(subject, line, 'redis', 'port')
        : { ...written.span, newText: String(port.value) };
    report({
      span: written?.span ?? port.span,
      message: `Redis listens on port ${port.value}, but Sentinel watches the master at port ${watched}${written === undefined ? ', the default' : ''}.`,
      remedy: `Set ${line}, when the other nodes use the same port.`,
      ...(edit === undefined ? {} : { fix: { title: `Set master_port to ${port.value}`, edits: [edit] } }),
    });
  },
};

/** Rules about Sentinel and what it knows of the master. */
export const SENTINEL_RULES: readonly GitlabRbRule[] = [
  NO_MASTER,
  WRONG_ROOT,
  QUORUM,
  HOST_NAMES,
  TIMES,
  REFUSED,
  OTHER_PORT,
];
