import type { Problem } from '../../../core/rules/rule';
import { GITLAB_SCHEMA } from '../../schema';
import type { GitlabRbSubject } from '../../subject';
import type { RubyValue } from '../../evaluate/value';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { isTemplate, written } from '../support/read';
import { writtenKeys, type WrittenKey } from '../support/statements';
import { LOADER_TOPIC } from '../support/topics';
import { meantBoolean } from './bare-words';

export const TEXT_AS_BOOLEAN: GitlabRbRule = {
  id: 'GLR017',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'A text where true or false belongs',
  check(subject, report) {
    for (const key of writtenKeys(subject)) {
      const { root, path, value } = key;
      if (isToml(key) || typesOf(key).join() !== 'boolean') continue;
      const span = subject.span(value.range);
      if (value.kind === 'integer' && value.value === 0) {
        const message = `To Ruby 0 is true as every number is; ${written(root, path)} is true or false.`;
        report({ span, message, remedy: 'Write false, or true if the number is to turn it on.' });
      }
      if (value.kind !== 'string') continue;
      const meant = meantBoolean(value.value.trim());
      if (meant === undefined) continue;
      report({
        span,
        message: `'${value.value}' is a text, and to Ruby every text is true; ${written(root, path)} is true or false.`,
        remedy: `Write ${meant} without quotes.`,
        fix: { title: `Write ${meant}`, edits: [{ ...span, newText: meant }] },
      });
    }
  },
};

export const TOML_TYPE: GitlabRbRule = {
  id: 'GLR022',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'Gitaly or Praefect refuses a value of this type',
  check(subject, report) {
    for (const key of writtenKeys(subject)) {
      if (!isToml(key)) continue;
      const [wanted, ...others] = typesOf(key);
      if (wanted === undefined || others.length > 0) continue;
      const problem = tomlProblem(subject, key, wanted);
      if (problem !== undefined) report(problem);
    }
  },
};

const ARTICLE: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
};

function tomlProblem(
  subject: GitlabRbSubject,
  { root, path, value }: WrittenKey,
  wanted: string,
): Problem | undefined {
  const { kind } = value;
  if (!(wanted in ARTICLE) || !(kind in ARTICLE) || kind === wanted) return undefined;
  if (kind === 'string' && isTemplate(value.value)) return undefined;
  const span = subject.span(value.range);
  const newText = rewritten(value, wanted);
  const program = root === 'gitaly' ? 'Gitaly' : 'Praefect';
  return {
    span,
    message: `${written(root, path)} must be ${ARTICLE[wanted] ?? ''}, not ${ARTICLE[kind] ?? ''}: ${program} does not start with it.`,
    remedy: newText === undefined ? `Write ${ARTICLE[wanted] ?? ''}.` : `Write ${newText}.`,
    ...(newText === undefined ? {} : { fix: { title: `Write ${newText}`, edits: [{ ...span, newText }] } }),
  };
}

/** The same value in the type that is wanted; undefined when it has none. */
function rewritten(value: RubyValue, wanted: string): string | undefined {
  if (value.kind === 'string' && wanted === 'integer')
    return /^\d{1,15}$/.test(value.value) ? value.value : undefined;
  if (value.kind === 'string' && wanted === 'boolean')
    return /^(?:true|false)$/.test(value.value) ? value.value : undefined;
  if (value.kind === 'integer' && wanted === 'string') return `'${value.value}'`;
  return undefined;
}

/** Settings that are written to a TOML file as they are. */
function isToml({ root, path }: WrittenKey): boolean {
  return (root === 'gitaly' || root === 'praefect') && path[0] === 'configuration' && path.length > 1;
}

function typesOf({ info }: WrittenKey): readonly string[] {
  return info?.types ?? [];
}

/** Lists that the package walks through, so that a text stops it. */
const LISTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'gitlab_rails',
    new Set([
      'monitoring_whitelist',
      'trusted_proxies',
      'omniauth_providers',
      'redis_sentinels',
      'nginx/real_ip_trusted_addresses',
      'nginx/listen_addresses',
    ]),
  ],
  ['consul', new Set(['services', 'watchers'])],
  ['postgresql', new Set(['md5_auth_cidr_addresses', 'trust_auth_cidr_addresses'])],
  ['pgbouncer', new Set(['admin_users', 'stats_users'])],
  ['nginx', new Set(['real_ip_trusted_addresses', 'listen_addresses'])],
]);

export const TEXT_AS_LIST: GitlabRbRule = {
  id: 'GLR023',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A text where a list belongs',
  check(subject, report) {
    for (const { root, path, value } of writtenKeys(subject)) {
      if (value.kind !== 'string' || !LISTS.get(root)?.has(path.join('/'))) continue;
      const span = subject.span(value.range);
      const source = subject.text.slice(span.start, span.end);
      // Of a list of hashes a text is no item.
      const ofTexts = GITLAB_SCHEMA.children(root, [...path, '[]']).size === 0;
      const single = ofTexts && /^(['"])[^'"\s,#\\]+\1$/.test(source);
      report({
        span,
        message: `${written(root, path)} is a list; GitLab's package walks through it, which a text does not allow.`,
        remedy: single
          ? `Write [${source}].`
          : ofTexts
            ? 'Write a list, for example %w[10.0.0.0/8 127.0.0.1/32].'
            : 'Write a list of hashes, [{ … }].',
        ...(single
          ? { fix: { title: `Write [${source}]`, edits: [{ ...span, newText: `[${source}]` }] } }
          : {}),
      });
    }
  },
};

/** Words that stand in examples where a secret or an address belongs. */
const PLACEHOLDER =
  /^(?:<[^<>]{1,60}>|your[-_ ][\w -]{2,50}|change[-_ ]?(?:me|it|this)!?|(?:REPLACE|CHANGE|TODO|FIXME|INSERT)[-_]?\w{0,40}|PASSWORD(?:_HERE)?|[A-Z]+_PASSWORD|SECRET|AKIAKIAKI|postgres\.external|redis\.external|smtp\.server)$/;
const PLACEHOLDER_SECRET =
  /^(?:secret|password|toomanysecrets|_the_password_of_the_bind_user|smtp password)$/;
const SECRET_KEY = /password|secret|token|access_key/;

export const PLACEHOLDER_LEFT: GitlabRbRule = {
  id: 'GLR024',
  severity: 'warning',
  topic: LOADER_TOPIC,
  title: 'A placeholder instead of a value',
  check(subject, report) {
    for (const { root, path, value } of writtenKeys(subject)) {
      if (value.kind !== 'string') continue;
      const secret = SECRET_KEY.test(path.at(-1) ?? '');
      const text = value.value.trim();
      if (!PLACEHOLDER.test(text) && !(secret && PLACEHOLDER_SECRET.test(text))) continue;
      report({
        span: subject.span(value.range),
        message: `"${text}" looks like a placeholder; ${written(root, path)} is set to it as it stands.`,
        remedy: 'Write the real value.',
      });
    }
  },
};
