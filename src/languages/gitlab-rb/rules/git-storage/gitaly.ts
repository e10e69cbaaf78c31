import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { gitalyStorages, textIn, virtualStorages } from './model';
import { hostPort, isLoopback, serviceAddress } from '../support/address';
import { lineBelowKey, serviceSpan } from '../support/places';
import { booleanAt, enabled, isUnset, knownAt, unset, type Found } from '../support/read';
import { plainAt } from '../support/template';

const TOPIC = 'Gitaly and Praefect';

/** True when Gitaly runs here and GitLab itself does not. */
function gitalyOnly(subject: GitlabRbSubject): boolean {
  if (enabled(subject, 'gitaly') !== true) return false;
  return ['puma', 'sidekiq', 'gitlab_workhorse'].every((root) => enabled(subject, root) === false);
}

const SAME_STORAGE: GitlabRbRule = {
  id: 'GLR140',
  severity: 'error',
  topic: TOPIC,
  title: "Two storages of Gitaly get in each other's way",
  check(subject, report) {
    if (enabled(subject, 'gitaly') !== true) return;
    const before: { readonly name: Found<string> | undefined; readonly path: Found<string> | undefined }[] =
      [];
    for (const storage of gitalyStorages(subject) ?? []) {
      for (const other of before) {
        const name = storage.name;
        if (name !== undefined && name.value === other.name?.value) {
          report({
            span: name.span,
            message: `Gitaly does not start: storage "${name.value}" is defined twice.`,
            remedy: 'Give each storage its own name.',
            related: { span: other.name.span, message: 'The first one is here.' },
          });
        }
        const what = clash(storage.path?.value, other.path?.value);
        if (what === undefined || storage.path === undefined || other.path === undefined) continue;
        report({
          span: storage.path.span,
          message: what,
          remedy: 'Give each storage a directory of its own, none inside another.',
          related: { span: other.path.span, message: 'The other one is here.' },
        });
      }
      before.push(storage);
    }
  },
};

function clash(path: string | undefined, other: string | undefined): string | undefined {
  if (path === undefined || other === undefined || path === '' || other === '') return undefined;
  const [one, two] = [path, other].map((text) => text.replace(/\/+$/, ''));
  if (one === two) return `Two storages share the directory ${path}: gitlab-ctl reconfigure stops.`;
  const inside = `${one ?? ''}/`.startsWith(`${two ?? ''}/`) || `${two ?? ''}/`.startsWith(`${one ?? ''}/`);
  return inside ? `Gitaly does not start: of ${path} and ${other} one lies inside the other.` : undefined;
}

const OLD_PATH: GitlabRbRule = {
  id: 'GLR141',
  severity: 'warning',
  topic: TOPIC,
  title: 'The path of git_data_dirs is used as it was',
  check(subject, report) {
    const dirs = knownAt(subject, 'git_data_dirs')?.value;
    if (dirs?.kind !== 'hash' || enabled(subject, 'gitaly') !== true) return;
    const old = [...dirs.entries.values()].flatMap(({ value }) => {
      const path = value.kind === 'hash' ? textIn(subject, value, 'path') : undefined;
      return path === undefined ? [] : [path];
    });
    for (const { path } of gitalyStorages(subject) ?? []) {
      const same = old.find(({ value }) => bare(value) === bare(path?.value ?? ''));
      if (path === undefined || same === undefined) continue;
      const newText = `'${bare(path.value)}/repositories'`;
      report({
        span: path.span,
        message: `git_data_dirs adds "/repositories" to ${same.value}, storage does not: all repositories seem empty.`,
        remedy: `Write ${newText}.`,
        related: { span: same.span, message: 'The path of git_data_dirs.' },
        fix: { title: `Write ${newText}`, edits: [{ ...path.span, newText }] },
      });
    }
  },
};

function bare(path: string): string {
  return path.replace(/\/+$/, '');
}

const NO_API: GitlabRbRule = {
  id: 'GLR143',
  severity: 'warning',
  topic: TOPIC,
  title: 'Gitaly cannot ask GitLab whether a push is allowed',
  check(subject, report) {
    if (!gitalyOnly(subject)) return;
    if (!unset(subject, 'gitlab_rails', 'internal_api_url')) return;
    if (!unset(subject, 'gitaly', 'configuration', 'gitlab', 'url')) return;
    if (!unset(subject, 'gitlab_workhorse', 'listen_addr')) return;
    const span = serviceSpan(subject, 'gitaly', 'gitaly_role');
    if (span === undefined) return;
    report({
      span,
      message:
        'Gitaly runs here without GitLab, and internal_api_url is missing: its hooks ask a local socket nobody serves, and every push fails.',
      remedy: "Set gitlab_rails['internal_api_url'] to the load balancer, e.g. 'https://gitlab.example.com'.",
    });
  },
};

const SOCKET_ONLY: GitlabRbRule = {
  id: 'GLR152',
  severity: 'warning',
  topic: TOPIC,
  title: 'Only this machine can reach Gitaly',
  check(subject, report) {
    if (enabled(subject, 'gitaly') !== true || !listensHereOnly(subject)) return;
    const expected = expectedPort(subject);
    const lonely = gitalyOnly(subject) && enabled(subject, 'praefect') === false;
    if (expected === undefined && !lonely) return;
    const written = plainAt(subject, 'gitaly', 'configuration', 'listen_addr');
    const span = written?.span ?? serviceSpan(subject, 'gitaly', 'gitaly_role', 'application_role');
    if (span === undefined) return;
    const port = hostPort(written?.value ?? '').port ?? expected ?? 8075;
    const line = `gitaly['configuration'][:listen_addr] = '0.0.0.0:${port}'`;
    const edit =
      written === undefined
        ? lineBelowKey(subject, line, 'gitaly', 'configuration', 'storage')
        : { ...written.span, newText: `'0.0.0.0:${port}'` };
    const where = written === undefined ? 'its socket only' : written.value;
    report({
      span,
      message: `Gitaly listens on ${where}: ${expected === undefined ? 'no other machine reaches it' : 'Praefect on the other machines does not reach it'}.`,
      remedy: `Let it listen on this machine's address: ${line}.`,
      ...(edit === undefined ? {} : { fix: { title: 'Listen on all addresses', edits: [edit] } }),
    });
  },
};

function listensHereOnly(subject: GitlabRbSubject): boolean {
  // The flat keys of GitLab 15 and before have their own rule.
  if (!unset(subject, 'gitaly', 'listen_addr') || !unset(subject, 'gitaly', 'tls_listen_addr')) return false;
  for (const key of ['listen_addr', 'tls_listen_addr']) {
    if (unset(subject, 'gitaly', 'configuration', key)) continue;
    const written = plainAt(subject, 'gitaly', 'configuration', key);
    if (written === undefined) return false;
    if (written.value !== '' && !isLoopback(hostPort(written.value).host)) return false;
  }
  return true;
}

/** The port at which the Praefect of this file expects this machine's Gitaly. */
function expectedPort(subject: GitlabRbSubject): number | undefined {
  if (enabled(subject, 'praefect') !== true) return undefined;
  const own = new Set((gitalyStorages(subject) ?? []).map(({ name }) => name?.value));
  for (const { nodes } of virtualStorages(subject)) {
    for (const { storage, address } of nodes ?? []) {
      if (storage === undefined || address === undefined || !own.has(storage.value)) continue;
      const place = serviceAddress(address.value);
      if (place?.scheme === 'tcp' && place.host !== '' && !isLoopback(place.host)) return place.port ?? 8075;
    }
  }
  return undefined;
}

const METRICS: GitlabRbRule = {
  id: 'GLR150',
  severity: 'warning',
  topic: TOPIC,
  title: 'Prometheus finds the metrics of Gitaly or Praefect at localhost',
  check(subject, report) {
    if (booleanAt(subject, 'consul', 'monitoring_service_discovery')?.value !== true) return;
    for (const [root, title, port] of [
      ['gitaly', 'Gitaly', 9236],
      ['praefect', 'Praefect', 9652],
    ] as const) {
      if (enabled(subject, root) !== true) continue;
      // Prometheus on the same machine, and nowhere else, finds localhost.
      if (enabled(subject, 'prometheus') !== false) continue;
      const written = plainAt(subject, root, 'configuration', 'prometheus_listen_addr');
      const value = subject.value(root, 'configuration', 'prometheus_listen_addr');
      if (written === undefined && !(isUnset(value) && subject.complete)) continue;
      if (written !== undefined && !isLoopback(hostPort(written.value).host)) continue;
      const span = written?.span ?? serviceSpan(subject, root, `${root}_role`, 'application_role');
      if (span === undefined) continue;
      const line = `${root}['configuration'][:prometheus_listen_addr] = '0.0.0.0:${port}'`;
      report({
        span,
        message: `${title}'s metrics are at ${written?.value ?? `localhost:${port}`}, and Consul tells that to Prometheus, which then asks its own machine.`,
        remedy: `Write ${line}, or this machine's address.`,
        ...(written === undefined
          ? {}
          : {
              fix: {
                title: 'Listen on all addresses',
                edits: [{ ...written.span, newText: `'0.0.0.0:${hostPort(written.value).port ?? port}'` }],
              },
            }),
      });
    }
  },
};

/** Rules about Gitaly itself. */
export const GITALY_RULES: readonly GitlabRbRule[] = [SAME_STORAGE, OLD_PATH, NO_API, METRICS, SOCKET_ONLY];
