import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import {
  checksTokens,
  gitalyStorages,
  railsStorages,
  tokenOf,
  virtualStorages,
  type PraefectNode,
} from './model';
import { hostPort, serviceAddress } from '../support/address';
import { enabled, unset, type Found } from '../support/read';
import { plainAt } from '../support/template';

const TOPIC = 'Gitaly and Praefect';
const SCHEMES = ['tcp', 'tls', 'unix', 'dns'];
/** The ports everybody uses, and what is spoken there. */
const PORTS: Readonly<Record<number, 'tcp' | 'tls'>> = { 2305: 'tcp', 8075: 'tcp', 3305: 'tls', 9999: 'tls' };

/** All nodes of all virtual storages. */
function praefectNodes(subject: GitlabRbSubject): readonly PraefectNode[] {
  return virtualStorages(subject).flatMap(({ nodes }) => nodes ?? []);
}

/** The names GitLab asks Praefect for; undefined when one is not known. */
function praefectNames(subject: GitlabRbSubject): ReadonlySet<string> {
  return new Set(virtualStorages(subject).flatMap(({ name }) => (name === undefined ? [] : [name.value])));
}

const NO_DEFAULT: GitlabRbRule = {
  id: 'GLR135',
  severity: 'warning',
  topic: TOPIC,
  title: 'No storage is called default',
  check(subject, report) {
    if (enabled(subject, 'puma') === false) return;
    const storages = railsStorages(subject);
    const [first] = storages ?? [];
    if (storages === undefined || first === undefined) return;
    if (storages.some(({ name }) => name === 'default')) return;
    report({
      span: first.nameSpan,
      message: `GitLab needs a storage called "default"; here is only ${storages.map(({ name }) => `"${name}"`).join(', ')}.`,
      remedy: `Call the storage 'default', in Praefect's virtual_storage or Gitaly's storage as well.`,
    });
  },
};

const BYPASS: GitlabRbRule = {
  id: 'GLR136',
  severity: 'error',
  topic: TOPIC,
  title: 'GitLab goes past Praefect',
  check(subject, report) {
    if (enabled(subject, 'praefect') !== true) return;
    const names = praefectNames(subject);
    const gitalys = new Set(praefectNodes(subject).map(({ address }) => address?.value));
    for (const { name, address } of railsStorages(subject) ?? []) {
      if (address === undefined || !names.has(name)) continue;
      const socket = /^unix:.*\/gitaly\.socket$/.test(address.value);
      if (!socket && !gitalys.has(address.value)) continue;
      report({
        span: address.span,
        message: `"${name}" is a virtual storage of Praefect, but ${address.value} is a Gitaly: what is written there is never copied.`,
        remedy: "Use Praefect's address, that of its load balancer: 'tcp://HOST:2305', or 'tls://HOST:3305'.",
      });
    }
  },
};

const TOKENS: GitlabRbRule = {
  id: 'GLR137',
  severity: 'error',
  topic: TOPIC,
  title: 'Tokens of GitLab, Praefect and Gitaly do not match',
  check(subject, report) {
    const differ: Differ = (found, other, what) => {
      if (found.value === other.value || found.value === '' || other.value === '') return;
      report({
        span: found.span,
        message: `${what}: every request is refused.`,
        remedy: 'Write the same token in both places.',
        related: { span: other.span, message: 'The token that is wanted.' },
      });
    };
    internalTokens(subject, differ);
    externalTokens(subject, differ);
  },
};

type Differ = (found: Found<string>, other: Found<string>, what: string) => void;

/** Praefect to the Gitaly of this machine. */
function internalTokens(subject: GitlabRbSubject, differ: Differ): void {
  if (enabled(subject, 'gitaly') !== true || !checksTokens(subject, 'gitaly')) return;
  const wanted = unset(subject, 'gitaly', 'configuration', 'auth', 'token')
    ? plainAt(subject, 'gitlab_rails', 'gitaly_token')
    : tokenOf(subject, 'gitaly');
  const own = new Set((gitalyStorages(subject) ?? []).map(({ name }) => name?.value));
  if (wanted === undefined) return;
  for (const { storage, token } of praefectNodes(subject)) {
    if (storage === undefined || token === undefined || !own.has(storage.value)) continue;
    differ(token, wanted, `Praefect's token for "${storage.value}" is not the one of this Gitaly`);
  }
}

/** GitLab to Praefect. */
function externalTokens(subject: GitlabRbSubject, differ: Differ): void {
  const wanted = tokenOf(subject, 'praefect');
  if (wanted === undefined || !checksTokens(subject, 'praefect')) return;
  if (enabled(subject, 'praefect') !== true) return;
  const names = praefectNames(subject);
  const common = plainAt(subject, 'gitlab_rails', 'gitaly_token');
  for (const { name, token, withoutToken } of railsStorages(subject) ?? []) {
    const shown = withoutToken ? common : token;
    if (shown === undefined || !names.has(name)) continue;
    differ(shown, wanted, `GitLab's token for "${name}" is not the one of Praefect`);
  }
}

const STRANGE_STORAGE: GitlabRbRule = {
  id: 'GLR139',
  severity: 'error',
  topic: TOPIC,
  title: 'Praefect expects a storage this Gitaly does not have',
  check(subject, report) {
    if (enabled(subject, 'gitaly') !== true) return;
    const storages = gitalyStorages(subject);
    const listen = plainAt(subject, 'gitaly', 'configuration', 'listen_addr');
    if (listen === undefined || storages === undefined || storages.length === 0) return;
    if (storages.some(({ name }) => name === undefined)) return;
    const names = storages.map(({ name }) => name?.value ?? '');
    const own = ownAddresses(subject, hostPort(listen.value).host);
    for (const { storage, address } of praefectNodes(subject)) {
      const place = address === undefined ? undefined : serviceAddress(address.value);
      if (storage === undefined || place === undefined || names.includes(storage.value)) continue;
      if (place.scheme !== 'tcp' || place.port !== hostPort(listen.value).port) continue;
      if (!own.has(place.host)) continue;
      report({
        span: storage.span,
        message: `Praefect expects storage "${storage.value}" at ${address?.value ?? ''}; this Gitaly has ${names.map((name) => `"${name}"`).join(', ')}.`,
        remedy: "Use the same name in virtual_storage and in Gitaly's storage.",
      });
    }
  },
};

/** Addresses that are certainly this machine's. */
function ownAddresses(subject: GitlabRbSubject, listening: string): ReadonlySet<string> {
  const found = [
    plainAt(subject, 'patroni', 'connect_address')?.value,
    plainAt(subject, 'consul', 'configuration', 'bind_addr')?.value,
    plainAt(subject, 'redis', 'announce_ip')?.value,
    listening,
  ];
  const wild = ['', '0.0.0.0', '::', '*', 'localhost', '127.0.0.1'];
  return new Set(found.filter((host) => host !== undefined && !wild.includes(host)).map(String));
}

type Wrong = (span: Span, message: string, remedy: string, newText?: string) => void;

const SCHEME: GitlabRbRule = {
  id: 'GLR142',
  severity: 'error',
  topic: TOPIC,
  title: 'An address of Gitaly or Praefect has the wrong form',
  check(subject, report) {
    const wrong: Wrong = (span, message, remedy, newText) => {
      const fix =
        newText === undefined ? {} : { fix: { title: `Write ${newText}`, edits: [{ ...span, newText }] } };
      report({ span, message, remedy, ...fix });
    };
    const addresses = [
      ...(railsStorages(subject) ?? []).map(({ address }) => address),
      ...(enabled(subject, 'praefect') === true ? praefectNodes(subject) : []).map(({ address }) => address),
    ];
    for (const address of addresses) {
      if (address === undefined || address.value === '') continue;
      checkScheme(address, wrong);
      checkPort(address, (span, message, remedy) => {
        report({ span, message, remedy, severity: 'warning' });
      });
    }
    for (const service of ['gitaly', 'praefect'] as const) {
      if (enabled(subject, service) !== true) continue;
      for (const key of ['listen_addr', 'tls_listen_addr']) {
        const listen = plainAt(subject, service, 'configuration', key);
        if (listen !== undefined && listen.value !== '') LISTENS[service](key, listen, wrong);
      }
    }
  },
};

function checkScheme({ value, span }: Found<string>, wrong: Wrong): void {
  const scheme = serviceAddress(value)?.scheme;
  if (scheme !== undefined && SCHEMES.includes(scheme)) return;
  const remedy = "Begin it with 'tcp://', 'tls://', 'dns:' or 'unix:'.";
  if (scheme !== undefined) {
    wrong(span, `${value}: nobody connects to Gitaly by "${scheme}".`, remedy);
    return;
  }
  const known = PORTS[hostPort(value).port ?? 0];
  const newText = known === undefined ? undefined : `'${known}://${value}'`;
  wrong(span, `${value} does not say how to connect: without a scheme it is refused.`, remedy, newText);
}

function checkPort(
  { value, span }: Found<string>,
  warn: (span: Span, message: string, remedy: string) => void,
): void {
  const address = serviceAddress(value);
  const usual = PORTS[address?.port ?? 0];
  if (address === undefined || usual === undefined || address.scheme === usual) return;
  if (address.scheme !== 'tcp' && address.scheme !== 'tls') return;
  const message = `${value}: port ${address.port ?? ''} is the usual one for ${usual}://, not for ${address.scheme}://.`;
  warn(span, message, `Use ${usual}://, or the port that speaks ${address.scheme}.`);
}

function checkPraefectListen(key: string, { value, span }: Found<string>, wrong: Wrong): void {
  // Praefect takes a scheme here, other than Gitaly.
  if (value.includes('://') || endsInPort(value)) return;
  const usual = key === 'listen_addr' ? 2305 : 3305;
  wrong(span, `Praefect does not start: ${key} "${value}" has no port.`, `Add the port, usually ${usual}.`);
}

/** Whether there is such a port is another rule's matter. */
function endsInPort(address: string): boolean {
  return /:\d+$/.test(address.trim());
}

function checkGitalyListen(key: string, { value, span }: Found<string>, wrong: Wrong): void {
  const url = /^[a-z]+:\/\/(.*)$/.exec(value);
  if (url !== null) {
    const remedy = 'Write the address and the port only.';
    wrong(span, `Gitaly does not start: ${key} "${value}" has a scheme.`, remedy, `'${url[1] ?? ''}'`);
    return;
  }
  if (endsInPort(value)) return;
  const usual = key === 'listen_addr' ? 8075 : 9999;
  wrong(span, `Gitaly does not start: ${key} "${value}" has no port.`, `Add the port, usually ${usual}.`);
}

const LISTENS = { gitaly: checkGitalyListen, praefect: checkPraefectListen };

/** Rules about who reaches Git's storage, and where. */
export const GIT_ADDRESS_RULES: readonly GitlabRbRule[] = [
  NO_DEFAULT,
  BYPASS,
  TOKENS,
  STRANGE_STORAGE,
  SCHEME,
];
