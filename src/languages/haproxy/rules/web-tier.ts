import { acrossParts, type PartsCheck } from '../../core/rules/rule';
import { checkUri } from '../model/check-uri';
import type { Proxy } from '../model/proxies';
import { sentProxyProtocol } from '../model/servers';
import type { HaproxySubject } from '../subject';
import type { Statement } from '../syntax/document';
import type { HaproxyRule } from './haproxy-rule';

const TOPIC = 'GitLab web behind HAProxy';

const nameOf = (proxy: Proxy): { start: number; end: number } =>
  proxy.section.name ?? proxy.section.header.keyword;

/** A rule over the HTTP backends of a file about GitLab. */
function webRule(
  id: string,
  severity: HaproxyRule['severity'],
  title: string,
  look: (
    proxy: Proxy,
  ) => { span?: { start: number; end: number }; message: string; remedy: string } | undefined,
  alsoTcp = false,
): HaproxyRule {
  return {
    id,
    severity,
    topic: TOPIC,
    title,
    check(subject, report) {
      for (const proxy of [...subject.gitlabBackends, ...(alsoTcp ? askingGitlab(subject) : [])]) {
        const found = look(proxy);
        if (found !== undefined) report({ span: nameOf(proxy), ...found });
      }
    },
  };
}

/** True when a section adds the client's address to requests, or may do so. */
function tellsAddress(proxy: Proxy): boolean {
  if (proxy.option('forwardfor') !== false) return true;
  return proxy
    .own('http-request')
    .some(
      ({ args: [action, name] }) =>
        /^(set|add)-header$/.test(action?.value ?? '') && name?.value.toLowerCase() === 'x-forwarded-for',
    );
}

/** Backends that send requests without the client's address, unless a frontend has added it. */
function beginTelling(): PartsCheck<HaproxySubject> {
  /** Names of backends that get the address from a frontend. */
  const told = new Set<string>();
  let computed = false;
  /** Names of the backends that problems are about, by their place. */
  const names = new Map<number, string>();
  return {
    part({ forGitlab, proxies, gitlabBackends }, report) {
      if (!forGitlab) return;
      for (const proxy of proxies) {
        if (!proxy.frontend || !tellsAddress(proxy)) continue;
        for (const target of proxy.targets) {
          computed ||= target.includes('%[');
          told.add(target);
        }
      }
      for (const proxy of gitlabBackends) {
        if (told.has(proxy.name) || tellsAddress(proxy)) continue;
        if (proxy.servers.some((server) => sentProxyProtocol(server) !== undefined)) continue;
        const span = nameOf(proxy);
        names.set(span.start, proxy.name);
        const message = `Requests of "${proxy.name}" reach GitLab with the address of HAProxy in logs and limits.`;
        report({ span, message, remedy: 'Add "option forwardfor" in defaults or here.' });
      }
    },
    stands: ({ span }) => !computed && !told.has(names.get(span.start) ?? ''),
  };
}

/** Backends in TCP mode whose health check asks for a page of GitLab. */
function askingGitlab({ proxies, forGitlab }: HaproxySubject): readonly Proxy[] {
  if (!forGitlab) return [];
  return proxies.filter(
    (proxy) =>
      proxy.backend &&
      proxy.mode === 'tcp' &&
      proxy.servers.length > 0 &&
      checkUri(proxy)?.uri.startsWith('/-/') === true,
  );
}

/** What makes clients stick to a server. */
function stickyLine(proxy: Proxy): Statement | undefined {
  const says = (keyword: string, words: RegExp): Statement | undefined =>
    proxy
      .own(keyword)
      .find(({ args, uncertain }) => !uncertain && args.some(({ value }) => words.test(value)));
  return (
    proxy.own('balance').find(({ args }) => args[0]?.value === 'source') ??
    says('cookie', /^(insert|prefix)$/) ??
    says('stick', /^(on|match)$/)
  );
}

/** Rules for GitLab over HTTP. */
export const WEB_RULES: readonly HaproxyRule[] = [
  webRule('HAP220', 'warning', 'A GitLab backend is checked by its port only', (proxy) => {
    if (!proxy.servers.some((server) => server.has('check')) || proxy.option('httpchk') !== false)
      return undefined;
    // Without lines of its own "option tcp-check" only connects.
    if (proxy.option('tcp-check') === undefined || proxy.all('tcp-check').length > 0) return undefined;
    const message = `"${proxy.name}" checks only that a port answers; nginx answers while GitLab behind it is dead.`;
    return { message, remedy: 'Add "option httpchk GET /-/readiness" and "http-check expect status 200".' };
  }),
  webRule(
    'HAP221',
    'warning',
    'A redirect counts as healthy',
    (proxy) => {
      const found = checkUri(proxy);
      const expects = proxy.all('http-check').some(({ args }) => args[0]?.value === 'expect');
      if (proxy.option('httpchk') !== true || found === undefined || expects) return undefined;
      const message = 'Without "http-check expect", a redirect (3xx) of a dead GitLab counts as healthy.';
      return { span: found.span, message, remedy: 'Add "http-check expect status 200".' };
    },
    true,
  ),
  webRule(
    'HAP222',
    'warning',
    'A shared dependency takes all nodes out at once',
    (proxy) => {
      const found = checkUri(proxy);
      if (found === undefined || !/readiness\?.*\ball=1/.test(found.uri)) return undefined;
      const message = '"all=1" checks what all nodes share: one outage marks every node down.';
      return { span: found.span, message, remedy: 'Check /-/readiness without "all=1".' };
    },
    true,
  ),
  webRule(
    'HAP223',
    'warning',
    'A check proves less than that GitLab can serve',
    (proxy) => {
      const found = checkUri(proxy);
      if (found === undefined || !/^\/-\/(health|liveness)\b/.test(found.uri)) return undefined;
      const message = `"${found.uri}" answers 200 while GitLab cannot serve requests yet.`;
      return { span: found.span, message, remedy: 'Check /-/readiness.' };
    },
    true,
  ),
  webRule('HAP224', 'warning', 'A check asks for nothing in particular', (proxy) => {
    if (proxy.option('httpchk') !== true || checkUri(proxy) !== undefined) return undefined;
    if (proxy.all('http-check').some(({ args }) => args[0]?.value === 'send')) return undefined;
    const option = proxy.all('option').findLast(({ args }) => args[0]?.value === 'httpchk');
    // A line in defaults serves other proxies as well; it is judged where it stands alone.
    if (option === undefined || !proxy.own('option').includes(option)) return undefined;
    const message = 'Without a path this check sends "OPTIONS /", and GitLab answers that with a redirect.';
    return {
      span: option.args[0] ?? option.keyword,
      message,
      remedy: 'Write "option httpchk GET /-/readiness".',
    };
  }),
  {
    id: 'HAP226',
    severity: 'warning',
    topic: TOPIC,
    title: "GitLab does not learn the client's address",
    ...acrossParts(beginTelling),
  },
  webRule('HAP231', 'warning', 'WebSockets are cut by the ordinary timeouts', (proxy) => {
    if (
      proxy.timeout('tunnel') !== undefined ||
      proxy.all('timeout').some(({ args }) => args[0]?.value === 'tunnel')
    ) {
      return undefined;
    }
    const message = `"timeout tunnel" is not set: terminals, KAS and live updates of "${proxy.name}" are cut by other timeouts.`;
    return { message, remedy: 'Add "timeout tunnel 1h".' };
  }),
  webRule('HAP234', 'information', "timeout server is shorter than GitLab's own limit", (proxy) => {
    const value = proxy.timeout('server');
    if (value === undefined || value === 0 || value >= 60_000) return undefined;
    const message = `"timeout server" of ${value / 1000} s is shorter than the 60 s GitLab allows a request.`;
    return { message, remedy: 'Set "timeout server" to at least 60s.' };
  }),
  webRule('HAP235', 'information', 'Clients stick to a GitLab node without need', (proxy) => {
    const line = stickyLine(proxy);
    if (line === undefined) return undefined;
    const [what] = line.args;
    const name = line.keyword.value === 'cookie' ? 'cookie' : `${line.keyword.value} ${what?.value ?? ''}`;
    return {
      span: what ?? line.keyword,
      message: `GitLab keeps sessions in Redis; "${name}" only spreads the load unevenly.`,
      remedy: name === 'balance source' ? 'Use "balance leastconn".' : 'Remove the line.',
    };
  }),
  {
    id: 'HAP233',
    severity: 'warning',
    topic: TOPIC,
    title: 'Whole pushes are held back until they fit in a buffer',
    check(subject, report) {
      if (!subject.forGitlab) return;
      const seen = new Set<Statement>();
      for (const proxy of subject.proxies) {
        const option = proxy.all('option').findLast(({ args }) => args[0]?.value === 'http-buffer-request');
        if (option?.modifier !== undefined || option === undefined || seen.has(option)) continue;
        seen.add(option);
        const message = '"option http-buffer-request" waits for the body of every push and upload.';
        report({
          span: option.args[0] ?? option.keyword,
          message,
          remedy: 'Remove it from sections GitLab traffic passes.',
        });
      }
    },
  },
];
