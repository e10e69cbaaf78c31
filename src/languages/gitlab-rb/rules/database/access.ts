import { parseIpv4 } from '../../../../cluster/ipv4';
import type { GitlabRbSubject } from '../../subject';
import { DATABASE_TOPIC, patroniOn, patroniSpan } from './facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { isIpAddress, isLoopback } from '../support/address';
import { replaceText } from '../support/effective';
import { anyCovers } from '../support/network';
import { enabled, keySpan, stringAt, textsAt, unset, written, type Found } from '../support/read';
import { isTemplated } from '../support/template';

const LISTS = ['trust_auth_cidr_addresses', 'md5_auth_cidr_addresses'] as const;

/** The entries of both lists; undefined when they are not all certain, or other entries of pg_hba.conf exist. */
function entries(subject: GitlabRbSubject): readonly Found<string>[] | undefined {
  if (!['custom_pg_hba_entries', 'cert_auth_addresses'].every((key) => unset(subject, 'postgresql', key))) {
    return undefined;
  }
  const found: Found<string>[] = [];
  for (const list of LISTS) {
    if (unset(subject, 'postgresql', list)) continue;
    const texts = textsAt(subject, 'postgresql', list);
    if (texts === undefined || texts.value.some(({ value }) => isTemplated(value))) return undefined;
    found.push(...texts.value);
  }
  return found;
}

/** Databases of PgBouncer that it reaches by the loopback address. */
function localDatabase(subject: GitlabRbSubject): Found<string> | undefined {
  const databases = subject.value('pgbouncer', 'databases');
  if (databases?.kind !== 'hash') return undefined;
  for (const name of databases.entries.keys()) {
    const host = stringAt(subject, 'pgbouncer', 'databases', name, 'host');
    if (host !== undefined && isLoopback(host.value) && host.value !== '::1') return host;
  }
  return undefined;
}

const NOBODY_IN: GitlabRbRule = {
  id: 'GLR081',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'PostgreSQL lets a member of the cluster not in',
  check(subject, report) {
    const listed = entries(subject);
    if (!patroniOn(subject) || listed === undefined) return;
    const span =
      keySpan(subject, 'postgresql', LISTS[1]) ??
      keySpan(subject, 'postgresql', LISTS[0]) ??
      patroniSpan(subject);
    if (span === undefined) return;
    const names = `${written('postgresql', [LISTS[1]])} and ${written('postgresql', [LISTS[0]])}`;
    const remedy = "Add the cluster's network and 127.0.0.1/32 to postgresql['md5_auth_cidr_addresses'].";
    if (listed.length === 0) {
      report({ span, message: `${names} are empty: PostgreSQL lets no replica and no client in.`, remedy });
      return;
    }
    const texts = listed.map(({ value }) => value);
    const own = stringAt(subject, 'patroni', 'connect_address');
    if (own !== undefined && parseIpv4(own.value) !== undefined && anyCovers(texts, own.value) === false) {
      report({
        span,
        message: `No entry holds ${own.value}, this node: with the same lists on the others it is refused there as a replica.`,
        remedy,
        related: { span: own.span, message: "This node's address is here." },
      });
    }
    const local = enabled(subject, 'pgbouncer') === true ? localDatabase(subject) : undefined;
    if (local === undefined || anyCovers(texts, '127.0.0.1') !== false) return;
    report({
      span,
      message: 'No entry holds 127.0.0.1, from where PgBouncer of this node connects: it is refused.',
      remedy,
      related: { span: local.span, message: 'PgBouncer connects from here.' },
    });
  },
};

/** Length of the network's mask; undefined for anything but an address with a mask. */
function prefixOf(entry: string): number | undefined {
  const match = /^[0-9a-f.:]+\/(\d{1,3})$/i.exec(entry);
  return match === null ? undefined : Number(match[1]);
}

const TRUSTS_MANY: GitlabRbRule = {
  id: 'GLR082',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'Whole networks log in to PostgreSQL without a password',
  check(subject, report) {
    if (enabled(subject, 'patroni') === false && enabled(subject, 'postgresql') === false) return;
    for (const entry of textsAt(subject, 'postgresql', 'trust_auth_cidr_addresses')?.value ?? []) {
      const prefix = prefixOf(entry.value);
      const all = entry.value === 'all' || prefix === 0;
      if (!all && (prefix === undefined || prefix > 8 || entry.value.startsWith('127.'))) continue;
      if (/^::1\//.test(entry.value)) continue;
      const who = all ? 'Every machine' : `Every machine in ${entry.value}`;
      report({
        span: entry.span,
        message: `${who} logs in as any database user without a password, superusers too.`,
        remedy: "Name the nodes only, and put networks into postgresql['md5_auth_cidr_addresses'].",
      });
    }
  },
};

const NO_MASK: GitlabRbRule = {
  id: 'GLR083',
  severity: 'error',
  topic: DATABASE_TOPIC,
  title: 'PostgreSQL refuses an address without its mask',
  check(subject, report) {
    for (const list of LISTS) {
      for (const entry of textsAt(subject, 'postgresql', list)?.value ?? []) {
        const [address = '', mask, ...more] = entry.value.split('/');
        if (!isIpAddress(address) || more.length > 0) continue;
        const length = address.includes(':') ? 128 : 32;
        if (mask !== undefined && (!/^\d+$/.test(mask) || Number(mask) <= length)) continue;
        const whole = `${address}/${length}`;
        const edit = mask === undefined ? replaceText(subject, entry, whole) : undefined;
        report({
          span: entry.span,
          message:
            mask === undefined
              ? `"${entry.value}" has no mask: PostgreSQL refuses the whole pg_hba.conf.`
              : `/${mask} is longer than an address: PostgreSQL refuses the whole pg_hba.conf.`,
          remedy:
            mask === undefined ? `Write ${whole} for this one address.` : `The longest mask is /${length}.`,
          ...(edit === undefined ? {} : { fix: { title: `Write ${whole}`, edits: [edit] } }),
        });
      }
    }
  },
};

/** Who may log in to PostgreSQL. */
export const DATABASE_ACCESS_RULES: readonly GitlabRbRule[] = [NOBODY_IN, TRUSTS_MANY, NO_MASK];
