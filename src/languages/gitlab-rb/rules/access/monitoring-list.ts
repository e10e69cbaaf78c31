import { FILE_START, type Range } from '../../../../finding/finding';
import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { enabled, isTemplate, isUnset, unset } from '../support/read';
import { machineSpan, servesApplication } from '../support/web';

/** The setting that names who may ask GitLab for its health and metrics; others get 404. */
export const MONITORING_LIST = ['gitlab_rails', 'monitoring_whitelist'] as const;

/** Of a gitlab.rb that names nobody. */
const DEFAULT_LIST = ['127.0.0.0/8', '::1/128'];

/** Who may ask for health and metrics. */
export interface MonitoringList {
  /** Addresses and networks as written. */
  readonly entries: readonly string[];
  /** False where the package's own list is in force: the machine itself. */
  readonly written: boolean;
  /** Of the list; of what makes it a machine of GitLab where there is none. */
  readonly range: Range;
}

/**
 * Where GLR048 tells that a machine behind load balancers names nobody who may ask for health; undefined where it does not.
 */
export function unnamedAskers(subject: GitlabRbSubject): Span | undefined {
  const told = enabled(subject, 'puma') === true && servesApplication(subject);
  return told && unset(subject, ...MONITORING_LIST) ? machineSpan(subject) : undefined;
}

/** Who may ask for health by a gitlab.rb; undefined where that cannot be known, or GLR048 tells that it is nobody. */
export function monitoringList(subject: GitlabRbSubject): MonitoringList | undefined {
  const value = subject.value(...MONITORING_LIST);
  if (isUnset(value)) {
    if (!subject.complete || unnamedAskers(subject) !== undefined) return undefined;
    const { tree } = subject.config;
    const place = tree.get('roles') ?? tree.get('external_url');
    return { entries: DEFAULT_LIST, written: false, range: place?.range ?? FILE_START };
  }
  if (value?.kind !== 'array') return undefined;
  const entries = value.items.flatMap((item) =>
    item.kind === 'string' && !isTemplate(item.value) ? [item.value] : [],
  );
  return entries.length === value.items.length ? { entries, written: true, range: value.range } : undefined;
}
