import type { ReportProblem, Span } from '../../core/rules/rule';
import { bindParameters, type Parameters } from '../model/parameters';
import type { Proxy } from '../model/proxies';
import { keywordTable } from '../schema/keywords/tables';
import type { HaproxySubject } from '../subject';
import type { Word } from '../syntax/word';
import type { HaproxyRule } from './haproxy-rule';

const SAFETY = 'Security';
const SHAPE = 'Structure';

/** Parameters that name a certificate. */
const CERTIFICATES = ['crt', 'crt-list', 'default-crt'];

/** What says by which authorities clients are verified. */
const AUTHORITIES = ['ca-file', 'ca-verify-file'];

interface Listener {
  readonly address: Word;
  readonly words: Parameters;
  /** True when it listens for QUIC, which is encrypted always. */
  readonly quic: boolean;
}

/** Sections besides those of clients that listen. */
const MORE_LISTENERS = new Set(['peers', 'log-forward']);

/** The bind lines whose every word is known; HAProxy prepares those of disabled sections, too. */
function* listenersOf({ document, proxies }: HaproxySubject): Generator<Listener> {
  const table = keywordTable(document.version);
  const lines = proxies
    .filter(({ section }) => !section.header.uncertain)
    .flatMap(({ binds }) => binds.map((one) => one.statement));
  for (const { kind, header, statements } of document.sections) {
    if (!MORE_LISTENERS.has(kind) || header.uncertain) continue;
    // Those of peers have the parameters of this line, too.
    if (statements.some(({ keyword }) => keyword.value === 'default-bind')) continue;
    lines.push(...statements.filter(({ keyword }) => keyword.value === 'bind'));
  }
  for (const statement of lines) {
    const [address] = statement.args;
    const words = bindParameters(statement, table);
    if (words !== undefined && address !== undefined)
      yield { address, words, quic: /^quic[46]@/.test(address.value) };
  }
}

/** True for a first line HAProxy refuses: an address stands there, most often. */
function hasMoreWords({ section: { header } }: Proxy): boolean {
  const [, second] = header.args;
  return second !== undefined && second.value !== 'from';
}

/** The ways to say which versions of TLS are spoken, newest first. */
const RANGE = /^(ssl-(min|max)-ver|force-(sslv3|tlsv1[0-3]))$/;
const WITHOUT = /^no-(sslv3|tlsv1[0-3])$/;

/** Switches that a range of versions on the same line makes idle. */
function idleSwitches(words: Parameters): Span[] {
  if (![...words.keys()].some((name) => RANGE.test(name))) return [];
  return [...words].filter(([name]) => WITHOUT.test(name)).map(([, { name }]) => name);
}

function reportIdle(spans: readonly Span[], text: string, report: ReportProblem): void {
  for (const span of spans) {
    report({
      span,
      message: `"${text.slice(span.start, span.end)}" is ignored beside a lowest or highest version on the same line.`,
      remedy: 'Remove it: "ssl-min-ver" says it alone.',
    });
  }
}

/** Rules for what HAProxy listens on. */
export const LISTENER_RULES: readonly HaproxyRule[] = [
  {
    id: 'HAP314',
    severity: 'error',
    topic: SAFETY,
    title: 'A TLS listener has no certificate',
    check(subject, report) {
      for (const { address, words, quic } of listenersOf(subject)) {
        if (!quic && !words.has('ssl')) continue;
        if (CERTIFICATES.some((name) => words.has(name))) continue;
        const lenient = words.has('strict-sni') && !words.has('generate-certificates');
        report({
          span: words.get('ssl')?.name ?? address,
          message: `"${address.value}" speaks TLS without a certificate: ${lenient ? 'every handshake fails' : 'HAProxy does not start'}.`,
          remedy: quic ? 'Add "ssl crt <file>".' : 'Add "crt <file>".',
          severity: lenient ? 'warning' : 'error',
        });
      }
    },
  },
  {
    id: 'HAP315',
    severity: 'error',
    topic: SAFETY,
    title: 'Clients are to be verified with nothing',
    check(subject, report) {
      for (const { words, quic } of listenersOf(subject)) {
        const verify = words.get('verify')?.value;
        if (verify?.value !== 'required' && verify?.value !== 'optional') continue;
        if (AUTHORITIES.some((name) => words.has(name)) || (!quic && !words.has('ssl'))) continue;
        // Each certificate of a list may have authorities of its own there.
        if (words.has('crt-list') && !words.has('crt')) continue;
        report({
          span: verify,
          message:
            'HAProxy verifies the certificates of clients, and no "ca-file" says with what: it does not start.',
          remedy: 'Add "ca-file <file>".',
        });
      }
    },
  },
  {
    id: 'HAP316',
    severity: 'warning',
    topic: SAFETY,
    title: 'A listener has a certificate and speaks without TLS',
    check(subject, report) {
      for (const { address, words, quic } of listenersOf(subject)) {
        const certificate = words.get('crt') ?? words.get('crt-list');
        if (certificate === undefined || words.has('ssl') || quic) continue;
        report({
          span: certificate.name,
          message: `"${address.value}" names a certificate without "ssl": HAProxy speaks plain text there.`,
          remedy: 'Add "ssl" before it.',
        });
      }
    },
  },
  {
    id: 'HAP317',
    severity: 'warning',
    topic: SAFETY,
    title: 'A switch for a version of TLS is ignored',
    check(subject, report) {
      const { text } = subject.document;
      for (const { words } of listenersOf(subject)) reportIdle(idleSwitches(words), text, report);
    },
  },
  {
    id: 'HAP328',
    severity: 'warning',
    topic: SHAPE,
    title: 'A section for clients listens nowhere',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        if (!proxy.frontend || proxy.binds.length > 0 || !proxy.runs || hasMoreWords(proxy)) continue;
        report({
          span: proxy.section.name ?? proxy.section.header.keyword,
          message: `"${proxy.name}" has no "bind" line: no client can reach it.`,
          remedy: proxy.backend
            ? 'Add "bind <address>:<port>", or make it a backend.'
            : 'Add "bind <address>:<port>".',
        });
      }
    },
  },
];
