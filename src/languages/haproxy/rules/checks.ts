import type { Span } from '../../core/rules/rule';
import { decidingCheck } from '../model/http-check';
import type { Proxy } from '../model/proxies';
import { isSure, type HaproxyDocument, type Statement } from '../syntax/document';
import type { HaproxyRule } from './haproxy-rule';

const TIMES = 'Timeouts and health checks';

/** Each kind of steps with the option that makes the check they belong to. */
const CHECKS: readonly (readonly [keyword: string, option: string])[] = [
  ['http-check', 'httpchk'],
  ['tcp-check', 'tcp-check'],
];

/** The first line of steps that are not made, and what is made instead; undefined when all is well or unclear. */
function idleSteps(
  proxy: Proxy,
  keyword: string,
  option: string,
): { readonly first: Statement; readonly instead: string | undefined } | undefined {
  const decides = decidingCheck(proxy);
  const made = decides?.args[0]?.value;
  if (made === option || (decides !== undefined && !isSure(decides))) return undefined;
  // Steps of defaults are for those that have no check of another kind.
  const [first] = made === undefined ? proxy.all(keyword) : proxy.own(keyword);
  return first === undefined || !isSure(first) ? undefined : { first, instead: made };
}

/** A method of HTTP as clients write them. */
const METHOD = /^[A-Z]+$/;

/** What an `option httpchk` line asks for that its author did not mean; undefined when it is right. */
function misread({
  args,
}: Statement): { readonly span: Span; readonly message: string; readonly remedy: string } | undefined {
  const [, first, second] = args;
  if (first === undefined) return undefined;
  if (/^\S+ +\S/.test(first.value)) {
    const message =
      'The words in quotes are one path to HAProxy: every check asks for a page with spaces in its name.';
    const [one = '', two = ''] = first.value.trim().split(/\s+/);
    const meant = one.startsWith('/') ? `GET ${one}` : `${one} ${two}`;
    return {
      span: first,
      message,
      remedy: `Write option httpchk ${meant}, and headers with "http-check send hdr <name> <value>".`,
    };
  }
  if (second === undefined || !first.value.startsWith('/')) return undefined;
  const message = `"${first.value}" is taken for the method and "${second.value}" for the page: every check fails.`;
  const rest = METHOD.test(second.value) ? `${second.value} ${first.value}` : `GET ${first.value}`;
  return { span: first, message, remedy: `Write option httpchk ${rest}.` };
}

function saysGlobally({ sections }: HaproxyDocument, wanted: string): boolean {
  return sections.some(
    ({ kind, statements }) => kind === 'global' && statements.some(({ keyword }) => keyword.value === wanted),
  );
}

/** The line an external check cannot do without. */
function lackingFor(proxy: Proxy, allowed: boolean): string | undefined {
  if (!allowed) return '"external-check" in the global section';
  const named = proxy.all('external-check').some(({ args }) => args[0]?.value === 'command');
  return named ? undefined : '"external-check command"';
}

/** Rules for checks that are not made as they are written. */
export const CHECK_RULES: readonly HaproxyRule[] = [
  {
    id: 'HAP326',
    severity: 'warning',
    topic: TIMES,
    title: 'Steps of a check that is not made',
    check({ proxies }, report) {
      const seen = new Set<number>();
      for (const proxy of proxies) {
        if (!proxy.backend || !proxy.runs) continue;
        for (const [keyword, option] of CHECKS) {
          const idle = idleSteps(proxy, keyword, option);
          if (idle === undefined || seen.has(idle.first.keyword.start)) continue;
          const { first, instead } = idle;
          seen.add(first.keyword.start);
          const message =
            instead === undefined
              ? `"${proxy.name}" has no "option ${option}", so its "${keyword}" lines are ignored and only the port is tried.`
              : `"${proxy.name}" is checked by its last "option ${instead}", so its "${keyword}" lines are ignored.`;
          const remedy =
            instead === undefined
              ? `Add "option ${option}".`
              : `Write "option ${option}" behind "option ${instead}" or in its place, or remove the lines.`;
          report({ span: first.keyword, message, remedy });
        }
      }
    },
  },
  {
    id: 'HAP327',
    severity: 'warning',
    topic: TIMES,
    title: 'A check asks for another page than is written',
    check(subject, report) {
      for (const { statements } of subject.document.sections) {
        for (const statement of statements) {
          if (statement.keyword.value !== 'option' || statement.args[0]?.value !== 'httpchk') continue;
          const problem = isSure(statement) ? misread(statement) : undefined;
          if (problem !== undefined) report(problem);
        }
      }
    },
  },
  {
    id: 'HAP329',
    severity: 'error',
    topic: TIMES,
    title: 'An external check cannot run',
    check({ document, proxies }, report) {
      const allowed = saysGlobally(document, 'external-check');
      const forks = saysGlobally(document, 'insecure-fork-wanted');
      const seen = new Set<number>();
      for (const proxy of proxies) {
        const option = decidingCheck(proxy);
        if (option?.args[0]?.value !== 'external-check' || !isSure(option) || !proxy.runs) continue;
        if (seen.has(option.keyword.start)) continue;
        const missing = lackingFor(proxy, allowed);
        if (missing === undefined && forks) continue;
        seen.add(option.keyword.start);
        const span = option.args[0];
        if (missing === undefined) {
          const message =
            '"option external-check" starts a program, and nothing in the global section allows that: HAProxy warns, and checks may fail.';
          report({ span, message, remedy: 'Add "insecure-fork-wanted" there.', severity: 'warning' });
        } else {
          const message = `"option external-check" needs ${missing}: HAProxy does not start.`;
          report({ span, message, remedy: `Add ${missing}.` });
        }
      }
    },
  },
  {
    id: 'HAP330',
    severity: 'warning',
    topic: TIMES,
    title: 'Mails about servers are never sent',
    check({ proxies }, report) {
      const seen = new Set<number>();
      for (const proxy of proxies) {
        const lines = proxy.all('email-alert');
        const [first] = lines;
        if (first === undefined || !lines.every(isSure) || seen.has(first.keyword.start)) continue;
        seen.add(first.keyword.start);
        const set = new Set(lines.map(({ args }) => args[0]?.value));
        const missing = ['from', 'mailers', 'to'].filter((name) => !set.has(name));
        if (missing.length === 0) continue;
        const list = missing.map((name) => `"email-alert ${name}"`).join(' and ');
        const message = `"${proxy.name}" sends no mails: ${list} ${missing.length === 1 ? 'is' : 'are'} missing.`;
        report({ span: first.args[0] ?? first.keyword, message, remedy: `Add ${list}.` });
      }
    },
  },
];
