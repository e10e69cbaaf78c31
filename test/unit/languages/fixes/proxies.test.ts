import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../src/languages/haproxy/subject';
import { lintKeepalived } from '../../../../src/languages/keepalived/lint';
import { readKeepalived } from '../../../../src/languages/keepalived/subject';
import type { Block } from '../../../../src/languages/keepalived/syntax/tree';
import { rulePages } from '../../../../tools/rules/pages';
import { sampleFiles } from '../../../../tools/fuzz/valid-files';
import { HAPROXY_MISTAKES } from '../seeded/haproxy-mistakes';
import { KEEPALIVED_MISTAKES } from '../seeded/keepalived-mistakes';
import type { Mistake } from '../seeded/mistake';
import { tryFixes, type Faulty, type Judge, type Said } from './fix-judge';

/** Everything a file says, each with all the lines it is said on. */
class Sayings {
  readonly said = new Map<string, Said>();

  add(name: string, line: number): void {
    this.said.set(name, { value: 'said', lines: [...(this.said.get(name)?.lines ?? []), line] });
  }
}

const haproxy: Judge = {
  lint: (text, version) => lintHaproxy(readHaproxy(text, version), 'haproxy.cfg'),
  meaning: (text, version) => {
    const sayings = new Sayings();
    for (const { header, statements } of readHaproxy(text, version).document.sections) {
      const words = (line: typeof header.line): string => line.words.map(({ value }) => value).join(' ');
      sayings.add(words(header.line), header.line.number);
      for (const { line } of statements) sayings.add(`${words(header.line)}: ${words(line)}`, line.number);
    }
    return sayings.said;
  },
};

const keepalived: Judge = {
  lint: (text) => lintKeepalived(readKeepalived(text), 'keepalived.conf'),
  meaning: (text) => {
    const { document } = readKeepalived(text);
    const sayings = new Sayings();
    const visit = (block: Block, path: string): void => {
      for (const { keyword, args, block: inner } of block.statements) {
        const said = [keyword, ...args].map(({ value }) => value).join(' ');
        sayings.add(`${path}${said}`, document.range(keyword).start.line);
        if (inner !== undefined) visit(inner, `${path}${said}: `);
      }
      for (const { words } of block.entries) {
        const [first] = words;
        const said = words.map(({ value }) => value).join(' ');
        if (first !== undefined) sayings.add(`${path}${said}`, document.range(first).start.line);
      }
    };
    visit(document.root, '');
    return sayings.said;
  },
};

const examples = (letters: string, fence: string): Faulty[] =>
  rulePages(letters, fence).map(({ id, bad }) => ({
    name: `${id}, bad example`,
    text: bad.text,
    version: bad.version,
  }));

/** Mistakes that leave the other lines what they are: below a section's line that is misspelt they are another one's. */
const ON_THEIR_LINE = HAPROXY_MISTAKES.filter(
  ({ kind }) => !/a section misspelt|a mode that does not exist/.test(kind),
);

/** Mistakes put into the sample; with what was meant where a slip of the fingers leaves no doubt. */
function seeded(mistakes: readonly Mistake[], fileName: string): Faulty[] {
  const found = new Map<string, Faulty>();
  const files = sampleFiles({ fileName });
  for (const mistake of mistakes) {
    const { kind } = mistake;
    for (const [at, meant] of files.entries()) {
      for (let choice = 0; choice < 4; choice += 1) {
        let next = choice * 7 + at;
        const one = mistake.seed(meant, (bound) => (next = (next * 31 + 17) % 9973) % bound);
        if (one === undefined || one.text === meant) continue;
        const name = `${kind}, sample ${at + 1}:${one.line + 1}: ${one.text.split('\n')[one.line]}`;
        found.set(name, {
          name,
          text: one.text,
          version: undefined,
          ...(kind.includes('misspelt') ? { meant } : {}),
        });
      }
    }
  }
  return [...found.values()];
}

const seed = (name: string, text: string): Faulty => ({ name, text, version: undefined });
const DEFAULTS =
  'defaults\n    mode http\n    timeout connect 5s\n    timeout client 1m\n    timeout server 1m\n\n';
/** Servers whose check would have no port to go to. */
const NO_PORT = ['10.0.0.1', '10.0.0.1:0', '10.0.0.1:+0', '10.0.0.1:-10', '[fd00::5]', 'ipv4@10.0.0.1'].map(
  (address) =>
    seed(
      `no port, ${address}`,
      `${DEFAULTS}listen a\n    bind :80\n    server y 10.0.0.9:80 check\n    server z 10.0.0.8:80\n    server x ${address}\n`,
    ),
);

const instance = (at: number, lines: string): string =>
  `vrrp_instance VI_${at} {\n    state BACKUP\n    interface eth0\n    virtual_router_id ${at}\n    priority 100\n${lines}    virtual_ipaddress {\n        10.0.0.10${at}/24\n    }\n}\n`;
const peers = (...blocks: readonly string[]): string =>
  `    unicast_src_ip 10.0.0.1\n${blocks.map((lines) => `    unicast_peer {\n        ${lines}\n    }\n`).join('')}`;
const group = (lines: string): string =>
  `vrrp_sync_group G {\n    group {\n        ${lines}\n    }\n}\n${instance(1, '')}${instance(2, '')}`;
/** The last line a block needs. */
const LAST_NEEDED = [
  ...[
    ['10.0.0.1'],
    ['10.0.0.1\n        10.0.0.1'],
    ['10.0.0.1\n        10.0.0.2'],
    ['10.0.0.1', '10.0.0.2'],
  ].map((blocks) => seed(`peers ${blocks.join(' | ')}`, instance(1, peers(...blocks)))),
  ...['VI_1\n        VI_1', 'VI_1\n        VI_1 VI_2', 'VI_1\n        VI_11', 'VI_1\n        VI_3'].map(
    (lines) => seed(`group ${lines}`, group(lines)),
  ),
];

const inCrlf = ({ name, text, version }: Faulty): Faulty => ({
  name,
  text: text.replace(/\r?\n/g, '\r\n'),
  version,
});

describe('every fix makes its finding go, brings no new one, and changes nothing on other lines', () => {
  it.each([
    ['HAProxy', haproxy, examples('HAP', 'haproxy'), 30],
    ['Keepalived', keepalived, examples('KAD', 'keepalived'), 12],
    ['HAProxy, seeded mistakes', haproxy, seeded(ON_THEIR_LINE, 'haproxy.cfg'), 5],
    ['Keepalived, seeded mistakes', keepalived, seeded(KEEPALIVED_MISTAKES, 'keepalived.conf'), 5],
    ['HAProxy, servers without a port', haproxy, NO_PORT, 6],
    ['Keepalived, the last line that is needed', keepalived, LAST_NEEDED, 2],
  ] as const)('%s', (_, judge, files, least) => {
    const results = files.flatMap((faulty) => tryFixes(faulty, judge));
    expect(results.length).toBeGreaterThanOrEqual(least);
    const wrong = results.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
    expect(wrong).toEqual([]);
  });
});

describe('a fix ends its lines as the file does', () => {
  it.each([
    ['HAProxy', haproxy, examples('HAP', 'haproxy'), 30],
    ['Keepalived', keepalived, examples('KAD', 'keepalived'), 12],
  ] as const)('%s', (_, judge, files, least) => {
    const results = files.flatMap((faulty) => tryFixes(inCrlf(faulty), judge));
    expect(results.length).toBeGreaterThanOrEqual(least);
    expect(results.filter(({ text }) => /(?<!\r)\n|\r(?!\n)/.test(text)).map(({ name }) => name)).toEqual([]);
  });
});
