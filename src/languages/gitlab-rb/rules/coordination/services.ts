import { suggestion } from '../../../../finding/did-you-mean';
import { COORDINATION_TOPIC, consulOff, consulOn } from './facts';
import { patroniOn } from '../database/facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import type { GitlabRbSubject } from '../../subject';
import { isLoopback } from '../support/address';
import { replaceText } from '../support/effective';
import { lineBelowKey } from '../support/places';
import { keySpan, knownAt, stringAt, textsAt, unset } from '../support/read';

/** The port of Consul's API: GitLab's own key goes before Consul's; -1 turns it off. */
function apiPort(subject: GitlabRbSubject, scheme: 'http' | 'https', fallback: number): number | undefined {
  for (const path of [[`${scheme}_port`], ['configuration', 'ports', scheme]]) {
    if (unset(subject, 'consul', ...path)) continue;
    const found = knownAt(subject, 'consul', ...path)?.value;
    return found?.kind === 'integer' ? found.value : undefined;
  }
  return fallback;
}

const NO_STORE: GitlabRbRule = {
  id: 'GLR118',
  severity: 'error',
  topic: COORDINATION_TOPIC,
  title: 'Patroni asks Consul at a port where Consul does not listen',
  check(subject, report) {
    if (!patroniOn(subject) || !consulOn(subject)) return;
    const own = stringAt(subject, 'patroni', 'consul', 'url');
    if (own === undefined && !unset(subject, 'patroni', 'consul', 'url')) return;
    if (!unset(subject, 'consul', 'custom_config_dir')) return;
    const match = /^(https?):\/\/([^/:]+)(?::(\d+))?\/?$/.exec(own?.value ?? 'http://127.0.0.1:8500');
    const [, scheme, host = '', port] = match ?? [];
    if ((scheme !== 'http' && scheme !== 'https') || port === undefined || !isLoopback(host)) return;
    // HTTPS has a port only where something turns it on.
    if (scheme === 'https') return;
    const listening = apiPort(subject, scheme, 8500);
    if (listening === undefined || listening === Number(port)) return;
    const span =
      own?.span ??
      keySpan(subject, 'consul', 'http_port') ??
      keySpan(subject, 'consul', 'configuration', 'ports', 'http');
    if (span === undefined) return;
    const where = listening < 0 ? 'Consul listens on no HTTP port' : `Consul listens on ${listening}`;
    const url = `http://${host}:${listening}`;
    const line = `patroni['consul']['url'] = '${url}'`;
    const edit =
      listening < 0
        ? undefined
        : own === undefined
          ? lineBelowKey(subject, line, 'consul', 'http_port')
          : replaceText(subject, own, url);
    report({
      span,
      message: `Patroni asks ${own?.value ?? 'http://127.0.0.1:8500, which is the default,'} but ${where}: it cannot elect a leader.`,
      remedy:
        listening < 0
          ? "Set patroni['consul']['url'] to Consul's HTTPS address, or leave the HTTP port on."
          : `Write ${line}.`,
      ...(edit === undefined ? {} : { fix: { title: `Write ${line}`, edits: [edit] } }),
    });
  },
};

const NOT_ANNOUNCED: GitlabRbRule = {
  id: 'GLR119',
  severity: 'warning',
  topic: COORDINATION_TOPIC,
  title: 'PgBouncer waits for a service this node does not announce',
  check(subject, report) {
    const watchers = textsAt(subject, 'consul', 'watchers');
    const watching = watchers?.value.find(({ value }) => value === 'postgresql');
    if (!patroniOn(subject) || !consulOn(subject) || watching === undefined) return;
    const services = textsAt(subject, 'consul', 'services');
    if (services === undefined && !unset(subject, 'consul', 'services')) return;
    if (services?.value.some(({ value }) => value === 'postgresql') === true) return;
    const line = "consul['services'] = %w[postgresql]";
    const edit = services === undefined ? lineBelowKey(subject, line, 'consul', 'watchers') : undefined;
    report({
      span: services?.span ?? watching.span,
      message:
        "The watcher follows Consul's service postgresql, which this database node does not announce: PgBouncer never hears that it leads.",
      remedy: `Write ${line}. Patroni's own service has another name and does not count.`,
      ...(edit === undefined ? {} : { fix: { title: `Add ${line}`, edits: [edit] } }),
    });
  },
};

const KNOWN = ['postgresql'];

const NO_SERVICE: GitlabRbRule = {
  id: 'GLR124',
  severity: 'error',
  topic: COORDINATION_TOPIC,
  title: 'GitLab knows no such service or watcher of Consul',
  check(subject, report) {
    if (consulOff(subject)) return;
    for (const { value, span } of textsAt(subject, 'consul', 'services')?.value ?? []) {
      if (KNOWN.includes(value)) continue;
      report({
        span,
        message: `GitLab can announce postgresql only; "${value}" stops "gitlab-ctl reconfigure".`,
        remedy: `${suggestion(value, KNOWN)} Other services go into a file in consul['custom_config_dir'].`,
      });
    }
    if (!unset(subject, 'consul', 'watcher_config')) return;
    for (const { value, span } of textsAt(subject, 'consul', 'watchers')?.value ?? []) {
      if (KNOWN.includes(value)) continue;
      report({
        span,
        message: `GitLab can watch postgresql only; "${value}" is ignored.`,
        remedy: suggestion(value, KNOWN),
      });
    }
  },
};

/** What Consul announces and watches, and how Patroni reaches it. */
export const COORDINATION_SERVICE_RULES: readonly GitlabRbRule[] = [NO_STORE, NOT_ANNOUNCED, NO_SERVICE];
