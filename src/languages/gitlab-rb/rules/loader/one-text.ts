import type { RubyValue } from '../../evaluate/value';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { written } from '../support/read';
import { writtenKeys } from '../support/statements';
import { LOADER_TOPIC } from '../support/topics';

/** Keys whose value the package writes into another program's file, or into its arguments, as it stands. */
const ONE_TEXT: ReadonlyMap<string, readonly string[]> = new Map([
  ['alertmanager', ['listen_address']],
  ['gitlab_exporter', ['listen_address']],
  ['gitlab_kas', ['listen_address', 'private_api_listen_address', 'internal_api_listen_address']],
  ['gitlab_sshd', ['listen_address', 'metrics_address']],
  ['gitlab_workhorse', ['listen_addr', 'prometheus_listen_addr']],
  [
    'gitaly',
    ['configuration/listen_addr', 'configuration/tls_listen_addr', 'configuration/prometheus_listen_addr'],
  ],
  ['node_exporter', ['listen_address']],
  ['patroni', ['listen_address', 'connect_address']],
  ['pgbouncer', ['listen_addr']],
  ['pgbouncer_exporter', ['listen_address']],
  ['postgres_exporter', ['listen_address']],
  ['postgresql', ['listen_address']],
  [
    'praefect',
    ['configuration/listen_addr', 'configuration/tls_listen_addr', 'configuration/prometheus_listen_addr'],
  ],
  ['prometheus', ['listen_address']],
  ['puma', ['listen']],
  ['redis', ['bind']],
  ['redis_exporter', ['listen_address']],
  ['sentinel', ['bind']],
  ['sidekiq', ['listen_address', 'health_checks_listen_address']],
]);

export const LIST_AS_TEXT: GitlabRbRule = {
  id: 'GLR240',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'A list where one text belongs',
  check(subject, report) {
    for (const { root, path, value } of writtenKeys(subject)) {
      if (value.kind !== 'array' || ONE_TEXT.get(root)?.includes(path.join('/')) !== true) continue;
      const span = subject.span(value.range);
      const newText = onlyText(value.items);
      report({
        span,
        message: `${written(root, path)} is one text, and a list gets to the program with its brackets: it does not start.`,
        remedy: newText === undefined ? 'Write one text.' : `Write ${newText}.`,
        ...(newText === undefined
          ? {}
          : { fix: { title: `Write ${newText}`, edits: [{ ...span, newText }] } }),
      });
    }
  },
};

/** The item of a list with one plain text, as Ruby source. */
function onlyText(items: readonly RubyValue[]): string | undefined {
  const [item, ...others] = items;
  if (item?.kind !== 'string' || others.length > 0 || /['\\]/.test(item.value)) return undefined;
  return `'${item.value}'`;
}
