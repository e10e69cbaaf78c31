import type { Severity } from '../finding/finding';
import { GITLAB_RB_RULES } from '../languages/gitlab-rb/rules';
import { HAPROXY_RULES } from '../languages/haproxy/rules';
import { KEEPALIVED_RULES } from '../languages/keepalived/rules';
import type { Rule } from '../languages/core/rules/rule';

/** What the index of rules says of one; its page is docs/rules/<id>.md. */
export interface CatalogueEntry {
  readonly id: string;
  readonly severity: Severity;
  readonly topic: string;
  readonly title: string;
}

/** The hint about comments that silence nothing; the run of the rules itself finds it. */
function unusedSuppression(prefix: string, topic: string): CatalogueEntry {
  return { id: `${prefix}000`, severity: 'hint', topic, title: 'A suppression silences nothing' };
}

function entries<Subject>(rules: readonly Rule<Subject>[]): CatalogueEntry[] {
  return rules.map(({ id, severity, topic, title }) => ({ id, severity, topic, title }));
}

/** Rules for gitlab.rb. */
export const GITLAB_RB_CATALOGUE: readonly CatalogueEntry[] = [
  unusedSuppression('GLR', 'Ruby and the loader'),
  ...entries(GITLAB_RB_RULES),
];

/** Rules for HAProxy. */
export const HAPROXY_CATALOGUE: readonly CatalogueEntry[] = [
  unusedSuppression('HAP', 'Lines and words'),
  ...entries(HAPROXY_RULES),
];

/** Rules for Keepalived. */
export const KEEPALIVED_CATALOGUE: readonly CatalogueEntry[] = [
  unusedSuppression('KAD', 'Lines and blocks'),
  ...entries(KEEPALIVED_RULES),
];

/** Every rule of every language. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...GITLAB_RB_CATALOGUE,
  ...HAPROXY_CATALOGUE,
  ...KEEPALIVED_CATALOGUE,
];
