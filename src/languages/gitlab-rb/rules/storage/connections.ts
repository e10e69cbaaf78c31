import type { GitlabRbSubject } from '../../subject';
import { truthy, type HashValue, type RubyValue } from '../../evaluate/value';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { connections } from './model';
import { isIpAddress } from '../support/address';
import { booleanAt, isUnset, type Found } from '../support/read';
import { isTemplated } from '../support/template';

const TOPIC = 'Object storage and backups';

/** The certain text of a member of a connection. */
function textIn(subject: GitlabRbSubject, hash: HashValue, key: string): Found<string> | undefined {
  const value = hash.entries.get(key)?.value;
  if (value?.kind !== 'string' || value.value === '' || isTemplated(value.value)) return undefined;
  return { value: value.value, span: subject.span(value.range) };
}

function isAmazonLike(subject: GitlabRbSubject, hash: HashValue): boolean {
  return textIn(subject, hash, 'provider')?.value === 'AWS';
}

const PATH_STYLE: GitlabRbRule = {
  id: 'GLR183',
  severity: 'warning',
  topic: TOPIC,
  title: 'The bucket would become part of an address that has no names',
  check(subject, report) {
    for (const { hash } of connections(subject)) {
      const endpoint = textIn(subject, hash, 'endpoint');
      const host = /^https?:\/\/(\[[^\]]*\]|[^:/]+)/.exec(endpoint?.value ?? '')?.[1];
      if (endpoint === undefined || host === undefined || !isAmazonLike(subject, hash)) continue;
      const bare = host.replace(/^\[|\]$/g, '');
      if (!isIpAddress(bare) && bare.includes('.')) continue;
      const style = hash.entries.get('path_style')?.value;
      if (style?.kind === 'boolean' ? style.value : !isUnset(style) || hash.open !== undefined) continue;
      const edit =
        style?.kind === 'boolean'
          ? { ...subject.span(style.range), newText: 'true' }
          : { start: endpoint.span.end, end: endpoint.span.end, newText: ", 'path_style' => true" };
      report({
        span: endpoint.span,
        message: `Without path_style the bucket is asked for at BUCKET.${host}, which does not exist.`,
        remedy: "Add 'path_style' => true.",
        fix: { title: 'Set path_style to true', edits: [edit] },
      });
    }
  },
};

const BOTH_KEYS: GitlabRbRule = {
  id: 'GLR185',
  severity: 'warning',
  topic: TOPIC,
  title: 'Both an IAM profile and keys are given',
  check(subject, report) {
    for (const { hash } of connections(subject)) {
      const profile = hash.entries.get('use_iam_profile');
      const key = textIn(subject, hash, 'aws_access_key_id');
      if (profile?.value.kind !== 'boolean' || !truthy(profile.value) || key === undefined) continue;
      report({
        span: subject.span(profile.keyRange),
        message: 'use_iam_profile is true, so the keys of this connection are not used.',
        remedy: 'Keep one of them: the profile on machines of Amazon, the keys elsewhere.',
        related: { span: key.span, message: 'The key.' },
      });
    }
  },
};

const HOST_TOO: GitlabRbRule = {
  id: 'GLR195',
  severity: 'information',
  topic: TOPIC,
  title: 'host has no effect beside endpoint',
  check(subject, report) {
    for (const { hash } of connections(subject)) {
      const host = hash.entries.get('host');
      const endpoint = textIn(subject, hash, 'endpoint');
      if (endpoint === undefined || host === undefined || textIn(subject, hash, 'host') === undefined)
        continue;
      report({
        span: subject.span(host.keyRange),
        message: `host is ignored, because endpoint says where the storage is: ${endpoint.value}.`,
        remedy: 'Remove it.',
        tags: ['unnecessary'],
      });
    }
  },
};

/** Names of accounts and keys without which a provider takes nothing, unless one of the others is there. */
const NEEDED: Readonly<
  Record<string, { readonly keys: readonly string[]; readonly instead: readonly string[] }>
> = {
  AWS: { keys: ['aws_access_key_id', 'aws_secret_access_key'], instead: ['use_iam_profile'] },
  AzureRM: { keys: ['azure_storage_account_name'], instead: [] },
};

const LACKING: GitlabRbRule = {
  id: 'GLR184',
  severity: 'error',
  topic: TOPIC,
  title: 'A connection to an object storage lacks what it needs',
  check(subject, report) {
    for (const { key, hash, span } of connections(subject)) {
      if (!isUsed(subject, key) || hash.open !== undefined || hash.entries.size === 0) continue;
      const lacking = (name: string): boolean => isEmpty(hash.entries.get(name)?.value);
      const provider = hash.entries.get('provider')?.value;
      if (isEmpty(provider)) {
        report({
          span,
          message: `${key} names no provider: whatever is stored or fetched fails.`,
          remedy: "Add 'provider' => 'AWS' for what speaks S3, or 'Google' or 'AzureRM'.",
        });
        continue;
      }
      const needed = provider?.kind === 'string' ? NEEDED[provider.value] : undefined;
      const missing = needed?.keys.filter(lacking) ?? [];
      if (provider?.kind !== 'string' || missing.length === 0) continue;
      if (needed?.instead.some((name) => !lacking(name)) === true) continue;
      report({
        span: subject.span(provider.range),
        severity: 'warning',
        message: `Without ${missing.join(' and ')} GitLab comes to the storage of ${key} as nobody: what it writes is refused.`,
        remedy: `Add ${missing.map((name) => `'${name}' => '…'`).join(', ')}${provider.value === 'AWS' ? ", or 'use_iam_profile' => true on machines of Amazon" : ''}.`,
      });
    }
  },
};

/** True where what the connection is for is switched on; backups are as soon as it is there. */
function isUsed(subject: GitlabRbSubject, key: string): boolean {
  if (key === 'backup_upload_connection') return true;
  if (key === 'object_store') return booleanAt(subject, 'gitlab_rails', key, 'enabled')?.value === true;
  return booleanAt(subject, 'gitlab_rails', key.replace(/_connection$/, '_enabled'))?.value === true;
}

function isEmpty(value: RubyValue | undefined): boolean {
  return isUnset(value) || (value?.kind === 'string' && value.value.trim() === '') || isFalse(value);
}

function isFalse(value: RubyValue | undefined): boolean {
  return value?.kind === 'boolean' && !value.value;
}

/** Rules about connections to an object storage. */
export const CONNECTION_RULES: readonly GitlabRbRule[] = [PATH_STYLE, LACKING, BOTH_KEYS, HOST_TOO];
