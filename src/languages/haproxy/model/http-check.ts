import { EXPECT_OPTIONS } from '../schema/health-checks';
import { isSure, type Statement } from '../syntax/document';
import type { Proxy } from './proxy';

/** Options that say how servers are checked: each takes the place of the one before. */
const CHECK_OPTIONS: ReadonlySet<string> = new Set([
  'external-check',
  'httpchk',
  'ldap-check',
  'mysql-check',
  'pgsql-check',
  'redis-check',
  'smtpchk',
  'spop-check',
  'ssl-hello-chk',
  'tcp-check',
]);

/** The line that says how the servers of a backend are checked; undefined where only the port is tried. */
export function decidingCheck(proxy: Proxy): Statement | undefined {
  return proxy.all('option').findLast(({ args }) => CHECK_OPTIONS.has(args[0]?.value ?? ''));
}

/** A page that an HTTP check asks servers for. */
export interface AskedPage {
  readonly uri: string;
  /** The port it is asked at, where that is not the server's. */
  readonly port: number | undefined;
  /** True where a server that answers 404 gets no new connections. */
  readonly refuses404: boolean;
}

interface Exchange {
  uri: string;
  port: number | undefined;
  readonly expects: Statement[];
}

/** Lines that are no step of a check: those of `defaults` are in force beside own steps. */
const FLAGS: ReadonlySet<string> = new Set(['disable-on-404', 'send-state']);

/** Headers by which GitLab lets somebody in, or takes him for somebody else. */
const TELLING_HEADERS = /^(?:token|x-forwarded-for|x-real-ip)$/i;

/** Stands for a request of which it is not clear what it asks for. */
const UNCLEAR = '';

/** The pages HTTP checks of a proxy ask for, in their order; none where a line of it is not sure. */
export function askedPages(proxy: Proxy): readonly AskedPage[] {
  const option = decidingCheck(proxy);
  if (option?.args[0]?.value !== 'httpchk' || option.modifier !== undefined || !isSure(option)) return [];
  const lines = proxy.all('http-check');
  if (!lines.every(isSure) || lines.some(leadsElsewhere)) return [];
  const disables = lines.some((line) => kindOf(line) === 'disable-on-404');
  const exchanges = exchangesOf(proxy, option);
  return exchanges.map(({ uri, port, expects }, at) => {
    const last = at === exchanges.length - 1;
    // What the last request leaves open, HAProxy decides: 2xx and 3xx.
    const refused = expects.length === 0 ? last : expects.some(refuses404);
    return { uri, port, refuses404: disables || refused };
  });
}

/** A section with a check or steps of its own has none of those of `defaults`, not even what is sent. */
function exchangesOf(proxy: Proxy, option: Statement): readonly Exchange[] {
  const isStep = (line: Statement): boolean => !FLAGS.has(kindOf(line));
  const ownOption = proxy.own('option').includes(option);
  const own = proxy.own('http-check').filter(isStep);
  const inherits = !ownOption && own.length === 0;
  const steps = inherits ? proxy.all('http-check').filter(isStep) : own;
  const first: Exchange = { uri: '/', port: undefined, expects: [] };
  const exchanges = [first];
  let port: number | undefined;
  let sent = 0;
  if (ownOption || inherits) first.uri = uriOfOption(option) ?? first.uri;
  for (const step of steps) {
    const kind = kindOf(step);
    if (kind === 'connect') {
      port = Number(after(step, 'port')) || undefined;
      if (sent === 0) first.port = port;
    } else if (kind === 'expect') exchanges.at(-1)?.expects.push(step);
    else if (kind === 'send') {
      sent += 1;
      if (sent > 1) exchanges.push({ uri: uriOfSend(step) ?? '/', port, expects: [] });
      else first.uri = firstUri(option, step) ?? first.uri;
    }
  }
  return exchanges;
}

/** The first request is that of the option as well: whichever line comes last has the last word. */
function firstUri(option: Statement, send: Statement): string | undefined {
  return option.line.number > send.line.number ? uriOfOption(option) : uriOfSend(send);
}

function leadsElsewhere(line: Statement): boolean {
  return (
    kindOf(line) === 'connect' && line.args.some(({ value }) => value === 'addr' || value === 'via-socks4')
  );
}

function kindOf({ args }: Statement): string {
  return args[0]?.value ?? '';
}

function after({ args }: Statement, word: string): string | undefined {
  const at = args.findIndex(({ value }) => value === word);
  return at < 0 ? undefined : args[at + 1]?.value;
}

function uriOfOption({ args }: Statement): string | undefined {
  return (args.length === 2 ? args[1] : args[2])?.value;
}

function uriOfSend(send: Statement): string | undefined {
  const { args } = send;
  const tells = args.some(
    ({ value }, at) => value === 'hdr' && TELLING_HEADERS.test(args[at + 1]?.value ?? ''),
  );
  if (tells || after(send, 'uri-lf') !== undefined) return UNCLEAR;
  return after(send, 'uri');
}

/** True for an `http-check expect` that surely is not content with 404. */
function refuses404({ args }: Statement): boolean {
  let at = 1;
  while (EXPECT_OPTIONS[args[at]?.value.toLowerCase() ?? ''] !== undefined) at += 2;
  const not = args[at]?.value === '!';
  if (not) at += 1;
  const [kind, pattern = ''] = [args[at]?.value, args[at + 1]?.value];
  if (kind === 'status') return holds404(pattern) === not;
  return kind === 'rstatus' && matches404(pattern) === not;
}

/** @param list statuses and ranges of them, by commas */
function holds404(list: string): boolean {
  return list.split(',').some((part) => {
    const [from = '', to = from] = part.split('-');
    return Number(from) <= 404 && 404 <= Number(to);
  });
}

/** Undefined for a pattern that is no regular expression here. */
function matches404(pattern: string): boolean | undefined {
  try {
    return new RegExp(pattern).test('404');
  } catch {
    return undefined;
  }
}
