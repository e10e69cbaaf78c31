import { closestWord } from '../../../finding/did-you-mean';
import type { Problem } from '../../core/rules/rule';
import type { Proxy, Server } from '../model/proxies';
import type { Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import { timeMs } from '../check/values/values';
import type { HaproxyRule } from './haproxy-rule';
import { lacksCheckPort, mayTrack } from './health';

const TIMES = 'Timeouts and health checks';
const SAFETY = 'Security';
const SHAPE = 'Structure';

const nameOf = (proxy: Proxy): { start: number; end: number } =>
  proxy.section.name ?? proxy.section.header.keyword;

/** How long HAProxy takes to notice a dead server: interval times failures. */
function detectionMs(server: Server): number | undefined {
  const inter = server.value('inter');
  const fall = server.value('fall');
  const interval = inter === undefined ? 2_000 : inter.dynamic ? undefined : timeMs(inter.value);
  const count = fall === undefined ? 3 : fall.dynamic ? undefined : Number(fall.value);
  return interval === undefined || count === undefined || Number.isNaN(count) ? undefined : interval * count;
}

/** What is wrong with a number that stands for milliseconds and surely means seconds. */
function milliseconds(value: Word | undefined, least: number): Problem | undefined {
  if (value === undefined || value.dynamic || !/^\d+$/.test(value.value)) return undefined;
  const number = Number(value.value);
  if (number === 0 || number >= least) return undefined;
  return {
    span: value,
    message: `"${value.value}" without a unit is ${value.value} milliseconds.`,
    remedy: `Write ${value.value}s for seconds, or ${value.value}ms if that is meant.`,
  };
}

/** Values of a server line that say how often it is checked. */
function intervals({ keyword, args }: Statement): Word[] {
  if (keyword.value !== 'server' && keyword.value !== 'default-server') return [];
  return args.filter((_, at) => /^(fast|down)?inter$/.test(args[at - 1]?.value ?? ''));
}

/** True for `check` written wrong: that has its own finding, and its repair is the check. */
function isSlipOfCheck(word: string): boolean {
  return word !== 'check' && /^c\w{2,5}$/.test(word) && closestWord(word, ['check']) === 'check';
}

/** Rules that hold for any service that must survive an outage. */
export const OPERATION_RULES: readonly HaproxyRule[] = [
  {
    id: 'HAP300',
    severity: 'warning',
    topic: TIMES,
    title: 'A timeout is missing',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        if (proxy.mode !== 'http' && proxy.mode !== 'tcp') continue;
        if (proxy.frontend && !proxy.backend && proxy.binds.length === 0) continue;
        if (proxy.backend && !proxy.frontend && proxy.servers.length === 0) continue;
        const set = new Set(proxy.all('timeout').map(({ args }) => args[0]?.value));
        const needed = [
          ...(proxy.frontend ? ['client'] : []),
          ...(proxy.backend ? ['connect', 'server'] : []),
        ];
        const missing = needed.filter((name) => !set.has(name));
        if (missing.length === 0) continue;
        const list = missing.map((name) => `"timeout ${name}"`).join(', ');
        const message = `"${proxy.name}" has no ${list}: connections to a dead peer stay for ever.`;
        report({ span: nameOf(proxy), message, remedy: `Set ${list} in defaults or here.` });
      }
    },
  },
  {
    id: 'HAP301',
    severity: 'warning',
    topic: TIMES,
    title: 'A timeout without a unit is in milliseconds',
    check({ document }, report) {
      for (const section of document.sections) {
        for (const statement of section.statements) {
          const { keyword, args, uncertain } = statement;
          if (uncertain) continue;
          const found =
            keyword.value === 'timeout'
              ? [milliseconds(args[1], 1_000)]
              : intervals(statement).map((word) => milliseconds(word, 100));
          for (const problem of found) if (problem !== undefined) report(problem);
        }
      }
    },
  },
  {
    id: 'HAP306',
    severity: 'warning',
    topic: TIMES,
    title: 'A server is never checked',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        if (proxy.servers.length < 2 || proxy.mode === 'log') continue;
        for (const server of proxy.servers) {
          if (
            server.has('check') ||
            server.has('agent-check') ||
            server.has('track') ||
            server.has('disabled') ||
            // Written on purpose.
            server.statement.args.some(({ value }) => value === 'no-check')
          )
            continue;
          if (server.statement.uncertain || server.statement.line.fault !== undefined) continue;
          if (server.statement.args.some(({ value }) => isSlipOfCheck(value))) continue;
          const message = `"${server.name.value}" has no "check": HAProxy sends traffic to it after its death.`;
          const remedy = lacksCheckPort(server, proxy)
            ? 'Add "check port <number>" to the server: its address names no port.'
            : 'Add "check" to the server or to default-server.';
          report({ span: server.name, message, remedy });
        }
      }
    },
  },
  {
    id: 'HAP307',
    severity: 'warning',
    topic: SHAPE,
    title: 'HAProxy does not start when a name cannot be resolved',
    check({ proxies, checked }, report) {
      for (const fault of checked.faults.get('host-name') ?? []) report(fault);
      for (const { servers } of proxies) {
        for (const server of servers) {
          const { host, family, dynamic } = server.parsed;
          if (
            family !== 'ip' ||
            dynamic ||
            /^[\d.*]*$/.test(host) ||
            host.includes(':') ||
            host === 'localhost'
          )
            continue;
          if (server.has('resolvers') || server.has('init-addr') || !/^[A-Za-z0-9_.-]+$/.test(host)) continue;
          const message = `HAProxy does not start while "${host}" cannot be resolved, and never looks it up again.`;
          report({
            span: server.address,
            message,
            remedy: 'Write the address, or add "resolvers" and "init-addr last,libc,none".',
            // A name without a domain is one of a container network or of the hosts file, which is there before.
            ...(host.includes('.') ? {} : { severity: 'information' }),
          });
        }
      }
    },
  },
  {
    id: 'HAP318',
    severity: 'warning',
    topic: TIMES,
    title: 'A dead server is noticed late',
    check({ proxies }, report) {
      for (const server of proxies.flatMap((proxy) => proxy.servers)) {
        const time = server.has('check') ? detectionMs(server) : undefined;
        if (time === undefined || time <= 30_000) continue;
        const message = `"${server.name.value}" is taken out only ${time / 1000} s after it died (inter × fall).`;
        report({ span: server.name, message, remedy: 'Check more often, e.g. "inter 3s fall 3".' });
      }
    },
  },
  {
    id: 'HAP308',
    severity: 'warning',
    topic: TIMES,
    title: 'A failed connection is not tried on another server',
    check({ document }, report) {
      for (const { statements } of document.sections) {
        const last = statements.findLast(({ keyword }) => keyword.value === 'retries');
        const retries = last?.args[0];
        if (retries?.value !== '0' || last?.uncertain !== false || last.modifier !== undefined) continue;
        const message = '"retries 0" hands the first failed connection to the client as an error.';
        report({ span: retries, message, remedy: 'Remove it, and set "option redispatch".' });
      }
    },
  },
  {
    id: 'HAP305',
    severity: 'error',
    topic: SHAPE,
    title: 'An HTTP frontend sends to a TCP backend',
    check({ proxies }, report) {
      const modes = new Map<string, string | undefined>();
      for (const { backend, name, mode } of proxies) {
        // Which of two backends of one name is meant cannot be known; HAP040 says that there are two.
        if (backend) modes.set(name, modes.has(name) ? undefined : mode);
      }
      if (![...modes.values()].includes('tcp')) return;
      for (const proxy of proxies) {
        if (!proxy.frontend || proxy.mode !== 'http') continue;
        for (const { args, uncertain } of [...proxy.own('use_backend'), ...proxy.own('default_backend')]) {
          const [target] = args;
          if (target === undefined || uncertain || modes.get(target.value) !== 'tcp') continue;
          const message = `"${proxy.name}" is in HTTP mode, its backend "${target.value}" in TCP mode; HAProxy refuses that.`;
          const related = { span: target, message: 'the rule that sends traffic there' };
          report({ span: nameOf(proxy), message, remedy: 'Set the same mode in both.', related });
          break;
        }
      }
    },
  },
  {
    id: 'HAP309',
    severity: 'warning',
    topic: SAFETY,
    title: 'Anyone may command HAProxy',
    check({ document }, report) {
      for (const section of document.sections.filter(({ kind }) => kind === 'global')) {
        for (const { keyword, args } of section.statements) {
          if (keyword.value !== 'stats' || args[0]?.value !== 'socket') continue;
          const address = args[1];
          const admin = args.some((word, at) => word.value === 'admin' && args[at - 1]?.value === 'level');
          const open = args.find((word, at) => args[at - 1]?.value === 'mode' && /[2367]$/.test(word.value));
          const network =
            address !== undefined &&
            /:\d+$/.test(address.value) &&
            !/127\.0\.0\.1|localhost|\[?::1\]?:/.test(address.value);
          if (!admin || (open === undefined && !network)) continue;
          const message = 'This socket lets anyone who reaches it drain backends and read secrets.';
          report({
            span: open ?? address ?? keyword,
            message,
            remedy: 'Use a UNIX socket with "mode 660 level admin".',
          });
        }
      }
    },
  },
  {
    id: 'HAP310',
    severity: 'warning',
    topic: SAFETY,
    title: 'The statistics page may be used to change servers without a password',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        const admin = proxy.own('stats').find(({ args }) => args[0]?.value === 'admin');
        const condition = `${admin?.args[1]?.value ?? ''} ${admin?.args[2]?.value ?? ''}`;
        const open =
          /^(if TRUE|unless FALSE)$/.test(condition) &&
          proxy.all('stats').every(({ args }) => args[0]?.value !== 'auth');
        if (admin === undefined || !open) continue;
        const message = 'The statistics page takes servers out for anyone who opens it.';
        report({
          span: admin.args[0] ?? admin.keyword,
          message,
          remedy: 'Add "stats auth user:password", or remove "stats admin".',
        });
      }
    },
  },
  {
    id: 'HAP321',
    severity: 'information',
    topic: SHAPE,
    title: 'An ACL is never used',
    check({ document, checked }, report) {
      const inExpressions = checked.aclsInExpressions();
      for (const section of document.sections) {
        const used = checked.usedAcls.get(section);
        if (section.kind === 'defaults' || used === undefined) continue;
        const seen = new Set<string>();
        for (const { keyword, args, uncertain } of section.statements) {
          const [name] = args;
          if (
            keyword.value !== 'acl' ||
            name === undefined ||
            used.has(name.value) ||
            uncertain ||
            seen.has(name.value)
          )
            continue;
          seen.add(name.value);
          if (inExpressions.has(name.value)) continue;
          report({
            span: name,
            message: `The ACL "${name.value}" is never used.`,
            remedy: 'Remove it, or use it in a condition.',
            tags: ['unnecessary'],
          });
        }
      }
    },
  },
  {
    id: 'HAP303',
    severity: 'information',
    topic: SHAPE,
    title: 'A backend is never used',
    check({ document, proxies, checked }, report) {
      const used = new Set(proxies.flatMap(({ targets }) => targets));
      for (const { kind, name, read } of checked.references) {
        // A backend whose state is asked for cannot be removed either.
        if (kind === 'table' || (kind === 'backend' && read === true)) used.add(name);
        if (kind === 'server' && read === true) used.add(name.split('/')[0] ?? '');
      }
      // Its checks are what other servers follow.
      for (const { servers } of mayTrack(document) ? proxies : []) {
        for (const server of servers) {
          const [owner, name] = server.value('track')?.value.split('/') ?? [];
          if (owner !== undefined && name !== undefined) used.add(owner);
        }
      }
      const computed = [...used].some((name) => name.includes('%['));
      if (computed) return;
      for (const proxy of proxies) {
        if (
          proxy.frontend ||
          used.has(proxy.name) ||
          proxy.section.header.uncertain ||
          proxy.servers.length === 0
        )
          continue;
        const message = `No frontend sends traffic to "${proxy.name}".`;
        report({
          span: nameOf(proxy),
          message,
          remedy: 'Name it in default_backend or use_backend, or remove it.',
          tags: ['unnecessary'],
        });
      }
    },
  },
];
