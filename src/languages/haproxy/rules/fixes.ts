import type { PartsCheck, Problem, ReportProblem, Span, SpanEdit } from '../../core/rules/rule';
import { keywordTable, type KeywordTable } from '../schema/keywords/tables';
import type { Proxy, Server } from '../model/proxies';
import { lastHolding } from '../../core/data/partition-point';
import type { HaproxySubject } from '../subject';
import type { Section, Statement } from '../syntax/document';
import { lacksCheckPort, mayLackPort } from './health';
import { keepingSessions } from './tcp-tiers';
import type { HaproxyRule } from './haproxy-rule';

type Fix = NonNullable<Problem['fix']>;
type MakeFix = (subject: HaproxySubject, problem: Problem) => Fix | undefined;

const INDENT = '    ';

/** The section around a place, by halves: a file may have a hundred thousand of them. */
function sectionOf({ document: { sections } }: HaproxySubject, { start }: Span): Section | undefined {
  return lastHolding(sections, ({ header }) => header.line.start <= start);
}

function statementOf(subject: HaproxySubject, span: Span): Statement | undefined {
  const statements = sectionOf(subject, span)?.statements ?? [];
  return lastHolding(statements, ({ line }) => line.start <= span.start);
}

/** Puts words in the place of what the finding marks. */
const replace =
  (newText: string): MakeFix =>
  (_, { span }) => ({ title: `Write ${newText}`, edits: [{ ...span, newText }] });

/** Adds lines at the beginning of the section, which end as those of the file do. */
function insertIn({ document: { text } }: HaproxySubject, section: Section, lines: readonly string[]): Fix {
  const { end } = section.header.line;
  const at = text[end - 1] === '\r' ? end - 1 : end;
  const lineEnd = text[at] === '\r' ? '\r\n' : '\n';
  const newText = lines.map((line) => `${lineEnd}${INDENT}${line}`).join('');
  return {
    title: `Add ${lines.map((line) => `"${line}"`).join(' and ')}`,
    edits: [{ start: at, end: at, newText }],
  };
}

const insert =
  (...lines: string[]): MakeFix =>
  (subject, { span }) => {
    const section = sectionOf(subject, span);
    return section === undefined ? undefined : insertIn(subject, section, lines);
  };

/** Options at the beginning of the section, unless a line below would take one away again. */
function addOptions(
  subject: HaproxySubject,
  proxy: Proxy | undefined,
  names: readonly string[],
): Fix | undefined {
  const undone = proxy?.own('option').some(({ args: [name] }) => names.includes(name?.value ?? ''));
  if (proxy === undefined || undone === true || names.length === 0) return undefined;
  return insertIn(
    subject,
    proxy.section,
    names.map((name) => `option ${name}`),
  );
}

/** Which check an `option httpchk` without arguments makes. */
const addCheckedPath: MakeFix = (subject, { span }) => {
  const { args = [], line } = statementOf(subject, span) ?? {};
  const [option] = args;
  if (option === undefined || args.length > 1 || line?.fault !== undefined) return undefined;
  const { end } = option;
  return { title: 'Add GET /-/readiness', edits: [{ start: end, end, newText: ' GET /-/readiness' }] };
};

/** True when no word is missing behind the last parameter of a server line. */
function isComplete({ args }: Statement, table: KeywordTable): boolean {
  let at = 2;
  for (let word = args[at]; word !== undefined; word = args[at]) {
    const called = word.value.startsWith('set-proxy-v2-tlv-fmt(') ? 1 : table.server.get(word.value);
    const count = word.value === 'ssl' ? 0 : called;
    if (count === undefined || count < 0) return false;
    at += 1 + count;
  }
  return at === Math.max(args.length, 2);
}

/** Adds parameters to a server: behind the last one, or behind its address when that one may want a value. */
function addParameters({ document }: HaproxySubject, { statement, address }: Server, text: string): SpanEdit {
  const last = isComplete(statement, keywordTable(document.version)) ? statement.args.at(-1) : undefined;
  const { end } = last ?? address;
  return { start: end, end, newText: ` ${text}` };
}

/** True when a word of the line would undo a repair. */
function says({ statement }: Server, word: string): boolean {
  return statement.args.some(({ value }) => value === word);
}

const addCheck: MakeFix = (subject, { span }) => {
  const proxy = proxyOf(subject, span);
  const server = lastHolding(proxy?.servers ?? [], ({ name }) => name.start <= span.start);
  if (proxy === undefined || server === undefined || says(server, 'no-check')) return undefined;
  // HAProxy refuses a check that has no port to go to.
  if (lacksCheckPort(server, proxy) || mayLackPort(server)) return undefined;
  return { title: 'Add check', edits: [addParameters(subject, server, 'check')] };
};

const removeLine: MakeFix = (subject, { span }) => {
  const statement = statementOf(subject, span);
  if (statement === undefined) return undefined;
  const end = Math.min(statement.line.end + 1, subject.document.text.length);
  return { title: 'Remove the line', edits: [{ start: statement.line.start, end, newText: '' }] };
};

/** The missing timeouts: short for connections, minutes for HTTP, an hour where sessions may rest. */
const addTimeouts: MakeFix = (subject, { span }) => {
  const proxy = proxyOf(subject, span);
  if (proxy === undefined) return undefined;
  const set = new Set(proxy.all('timeout').map(({ args }) => args[0]?.value));
  const long = proxy.mode === 'http' ? '1m' : '1h';
  const needed = [
    ...(proxy.backend ? [['connect', '5s']] : []),
    ...(proxy.frontend ? [['client', long]] : []),
    ...(proxy.backend ? [['server', long]] : []),
  ];
  const missing = needed.filter(([name]) => !set.has(name));
  if (missing.length === 0) return undefined;
  return insertIn(
    subject,
    proxy.section,
    missing.map(([name = '', value = '']) => `timeout ${name} ${value}`),
  );
};

/** Puts a word in the place of one argument of each of these lines. */
function rewrite(statements: readonly Statement[], at: number, newText: string): SpanEdit[] {
  return statements.flatMap(({ args, line }) => {
    const word = line.fault === undefined ? args[at] : undefined;
    return word === undefined ? [] : [{ start: word.start, end: word.end, newText }];
  });
}

/** `mode tcp` in the section: its own mode line rewritten, or a new one. */
const tcpMode: MakeFix = (subject, { span }) => {
  const proxy = proxyOf(subject, span);
  if (proxy === undefined) return undefined;
  const edits = rewrite(proxy.own('mode'), 0, 'tcp');
  return edits.length === 0
    ? insertIn(subject, proxy.section, ['mode tcp'])
    : { title: 'Write mode tcp', edits };
};

/** `timeout server` of a minute: the section's own lines rewritten, or a new one. */
const longerServerTimeout: MakeFix = (subject, { span }) => {
  const proxy = proxyOf(subject, span);
  if (proxy === undefined) return undefined;
  const own = proxy.own('timeout').filter(({ args }) => args[0]?.value === 'server');
  const edits = rewrite(own, 1, '60s');
  return own.length === 0
    ? insertIn(subject, proxy.section, ['timeout server 60s'])
    : edits.length === 0
      ? undefined
      : { title: 'Write timeout server 60s', edits };
};

/** Every line of the section that says the same at once, so that none is left for a second look. */
const rewriteAll =
  (keyword: string, written: string, newText: string): MakeFix =>
  (subject, { span }) => {
    const lines = proxyOf(subject, span)?.own(keyword) ?? [];
    const edits = rewrite(
      lines.filter(({ args }) => args[0]?.value === written),
      0,
      newText,
    );
    return edits.length === 0 ? undefined : { title: `Write ${newText}`, edits };
  };

/** The proxy around a place, if one is; both lists are in the order of the file. */
function proxyOf(subject: HaproxySubject, span: Span): Proxy | undefined {
  const proxy = lastHolding(subject.proxies, ({ section }) => section.header.line.start <= span.start);
  return proxy?.section === sectionOf(subject, span) ? proxy : undefined;
}

/** Keep-alive on each side the section has. */
const keepAlive: MakeFix = (subject, { span }) => {
  const proxy = proxyOf(subject, span);
  if (proxy === undefined) return undefined;
  const front = proxy.frontend && proxy.option('clitcpka') === false ? ['clitcpka'] : [];
  const back = proxy.backend && proxy.option('srvtcpka') === false ? ['srvtcpka'] : [];
  return addOptions(subject, proxy, [...front, ...back]);
};

/** Cuts sessions on every server the finding stands for. */
const shutdownSessions: MakeFix = (subject, { span }) => {
  const proxy = proxyOf(subject, span);
  const servers = (proxy === undefined ? [] : keepingSessions(proxy)).filter(
    (server) => !says(server, 'no-on-marked-down'),
  );
  const text = 'on-marked-down shutdown-sessions';
  const edits = servers.map((server) => addParameters(subject, server, text));
  return edits.length === 0 ? undefined : { title: `Add ${text}`, edits };
};

const withoutAll: MakeFix = ({ document }, { span }) => {
  const uri = document.text.slice(span.start, span.end);
  const newText = uri.replace(/([?&])all=1(&|$)/, (_, before: string, after: string) =>
    after === '' ? '' : before,
  );
  return newText === uri ? undefined : { title: `Write ${newText}`, edits: [{ ...span, newText }] };
};

const newerTls: MakeFix = ({ document }, { span }) => {
  const forced = document.text.slice(span.start, span.end).startsWith('force-');
  const newText = forced ? 'ssl-min-ver TLSv1.2' : 'TLSv1.2';
  return { title: `Write ${newText}`, edits: [{ ...span, newText }] };
};

/** Takes the words that send the PROXY protocol out of a server line. */
const withoutProxyProtocol: MakeFix = (subject, { span }) => {
  const words = (statementOf(subject, span)?.args ?? []).filter(({ value }) =>
    /^send-proxy(-v2(-ssl(-cn)?)?)?$/.test(value),
  );
  // From a default-server line it would be taken from other servers, too.
  if (words.length === 0) return undefined;
  const { text } = subject.document;
  const edits = words.map(({ start, end }) => ({
    start: /[ \t]/.test(text.charAt(start - 1)) ? start - 1 : start,
    end,
    newText: '',
  }));
  return { title: 'Remove the PROXY protocol', edits };
};

const exposeExperiments: MakeFix = (subject, { span }) => {
  const { document } = subject;
  const global = document.sections.find(({ kind }) => kind === 'global');
  // Only what stands below is allowed by it.
  if (global !== undefined && global.header.line.end > span.start) return undefined;
  return global === undefined ? undefined : insertIn(subject, global, ['expose-experimental-directives']);
};

const narrowMode: MakeFix = ({ document }, { span }) => {
  const mode = document.text.slice(span.start, span.end);
  return /^[0-7]+$/.test(mode) ? { title: 'Write 660', edits: [{ ...span, newText: '660' }] } : undefined;
};

const addLag: MakeFix = (_, { span }) => ({
  title: 'Add ?lag=10MB',
  edits: [{ start: span.end, end: span.end, newText: '?lag=10MB' }],
});

const withoutModifier: MakeFix = ({ document }, { span }) => {
  const blanks = /^[ \t]*/.exec(document.text.slice(span.end, span.end + 80))?.[0].length ?? 0;
  return { title: 'Remove it', edits: [{ start: span.start, end: span.end + blanks, newText: '' }] };
};

const addHttpCheck: MakeFix = (subject, { span }) => {
  const proxy = proxyOf(subject, span);
  const undone = proxy
    ?.own('option')
    .some(({ args: [name] }) => /^(httpchk|tcp-check)$/.test(name?.value ?? ''));
  if (proxy === undefined || undone === true) return undefined;
  return insertIn(subject, proxy.section, [
    'option httpchk GET /-/readiness',
    'http-check expect status 200',
  ]);
};

const addForwardFor: MakeFix = (subject, { span }) =>
  addOptions(subject, proxyOf(subject, span), ['forwardfor']);

/** The sure repairs, by rule. */
const FIXES: ReadonlyMap<string, MakeFix> = new Map([
  ['HAP016', withoutModifier],
  ['HAP047', removeLine],
  ['HAP050', exposeExperiments],
  ['HAP201', tcpMode],
  ['HAP202', tcpMode],
  ['HAP211', tcpMode],
  ['HAP212', tcpMode],
  ['HAP203', keepAlive],
  ['HAP206', shutdownSessions],
  ['HAP207', replace('/primary')],
  ['HAP209', addLag],
  ['HAP220', addHttpCheck],
  ['HAP221', insert('http-check expect status 200')],
  ['HAP222', withoutAll],
  ['HAP223', replace('/-/readiness')],
  ['HAP224', addCheckedPath],
  ['HAP226', addForwardFor],
  ['HAP229', withoutProxyProtocol],
  ['HAP231', insert('timeout tunnel 1h')],
  ['HAP233', removeLine],
  ['HAP234', longerServerTimeout],
  ['HAP235', rewriteAll('balance', 'source', 'leastconn')],
  ['HAP300', addTimeouts],
  ['HAP306', addCheck],
  ['HAP308', removeLine],
  ['HAP309', narrowMode],
  ['HAP311', newerTls],
  ['HAP321', removeLine],
  ['HAP322', rewriteAll('option', 'persist', 'redispatch')],
]);

/** The rule with its repair, where there is a sure one and the rule gives none itself. */
export function withFix(rule: HaproxyRule): HaproxyRule {
  const make = FIXES.get(rule.id);
  if (make === undefined) return rule;
  const { begin } = rule;
  const repairing =
    (subject: HaproxySubject, report: ReportProblem): ReportProblem =>
    (problem) => {
      const fix = problem.fix ?? make(subject, problem);
      report(fix === undefined ? problem : { ...problem, fix });
    };
  return {
    ...rule,
    check: (subject, report) => rule.check(subject, repairing(subject, report)),
    ...(begin === undefined ? {} : { begin: () => beginRepairing(begin(), repairing) }),
  };
}

function beginRepairing(
  run: PartsCheck<HaproxySubject>,
  repairing: (subject: HaproxySubject, report: ReportProblem) => ReportProblem,
): PartsCheck<HaproxySubject> {
  return {
    part: (subject, report) => run.part(subject, repairing(subject, report)),
    stands: (problem) => run.stands(problem),
  };
}
