import { MOST_ADDRESSES, parseAddress } from '../check/values/addresses';
import type { Span } from '../../core/rules/rule';
import type { Bind, Proxy } from '../model/proxies';
import type { HaproxyRule } from './haproxy-rule';

const SHAPE = 'Structure';

/** Addresses a bind line listens on, written alike; what nobody can compare is left out. */
function listeningOn({ statement, address }: Bind): string[] {
  const apart = statement.args.some((word) => /^(interface|namespace)$/.test(word.value));
  if (apart || address.dynamic || statement.uncertain || /^(quic|udp|dgram)/.test(address.value)) return [];
  return address.value.split(',', MOST_ADDRESSES).flatMap((part) => {
    const { family, host, port, dynamic } = parseAddress({ ...address, value: part });
    if (family !== 'ip' || port === undefined || port === 0 || dynamic || !part.endsWith(`:${port}`))
      return [];
    return [`${host === '' || host === '0.0.0.0' ? '*' : host}:${port}`];
  });
}

/** Lines of a frontend that answer nobody. */
const SILENT_LINES = new Set(
  'bind mode option timeout log log-format log-tag maxconn acl capture description backlog id'.split(' '),
);

/** Lines of defaults that answer nobody either. */
const DEFAULT_LINES = new Set([
  ...SILENT_LINES,
  ...'balance default-server retries errorfile errorfiles fullconn http-reuse unique-id-format'.split(' '),
]);

/** True when no line of a frontend, or of the defaults it may inherit, says what becomes of a request. */
function leadsNowhere(proxy: Proxy): boolean {
  const { section } = proxy;
  if (proxy.backend || proxy.binds.length === 0 || proxy.targets.length > 0) return false;
  if (section.header.uncertain) return false;
  return section.statements.every(
    ({ keyword, uncertain, line }) =>
      SILENT_LINES.has(keyword.value) && !uncertain && line.fault === undefined,
  );
}

/** Rules for how the sections of a file fit together. */
export const STRUCTURE_RULES: readonly HaproxyRule[] = [
  {
    id: 'HAP304',
    severity: 'warning',
    topic: SHAPE,
    title: 'Two listeners share an address and port',
    check({ proxies }, report) {
      const seen = new Map<string, Span>();
      for (const bind of proxies.flatMap(({ binds }) => binds)) {
        for (const place of listeningOn(bind)) {
          const first = seen.get(place);
          if (first === undefined) seen.set(place, bind.address);
          else {
            report({
              span: bind.address,
              message: `Another "bind" listens on ${place} already: the kernel spreads connections over both.`,
              remedy: 'Give each listener its own port, or tell them apart in one frontend.',
              related: { span: first, message: 'the first one' },
            });
          }
        }
      }
    },
  },
  {
    id: 'HAP323',
    severity: 'warning',
    topic: SHAPE,
    title: 'A frontend sends its clients nowhere',
    check({ document, proxies }, report) {
      const answered = document.sections.some(
        (section) =>
          section.kind === 'defaults' &&
          !section.statements.every(({ keyword }) => DEFAULT_LINES.has(keyword.value)),
      );
      if (answered) return;
      for (const proxy of proxies) {
        if ((proxy.mode !== 'http' && proxy.mode !== 'tcp') || !leadsNowhere(proxy)) continue;
        const fate = proxy.mode === 'http' ? 'every request gets 503' : 'every connection is closed at once';
        report({
          span: proxy.section.name ?? proxy.section.header.keyword,
          message: `"${proxy.name}" has no backend and no rule that answers: ${fate}.`,
          remedy: 'Add "default_backend", or remove the section.',
        });
      }
    },
  },
  {
    id: 'HAP322',
    severity: 'warning',
    topic: SHAPE,
    title: 'Clients are sent to a server that is down',
    check({ proxies }, report) {
      for (const proxy of proxies.filter(({ backend }) => backend)) {
        const option = proxy
          .own('option')
          .find(({ args, modifier }) => args[0]?.value === 'persist' && modifier === undefined);
        if (option === undefined || option.uncertain) continue;
        report({
          span: option.args[0] ?? option.keyword,
          message: '"option persist" sends clients with a cookie to their server even when it is down.',
          remedy: 'Remove it, and set "option redispatch".',
        });
      }
    },
  },
];
