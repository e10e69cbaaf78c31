import type { Problem } from '../../core/rules/rule';
import { addressFamily } from '../model/values';
import type { KeepalivedDocument } from '../syntax/document';
import { statementSpan } from '../syntax/document';
import type { Block, Statement } from '../syntax/tree';
import { rule, type KeepalivedRule } from './keepalived-rule';

const TOPIC = 'Virtual servers';

/** The statements of a block by their keyword; the one that counts is the last. */
interface Settings {
  readonly block: Block;
  all(keyword: string): readonly Statement[];
  last(keyword: string): Statement | undefined;
  /** First argument of the setting that counts; undefined when nobody knows it here. */
  value(keyword: string): string | undefined;
}

function settingsOf(block: Block): Settings {
  const all = (keyword: string): Statement[] =>
    block.statements.filter((statement) => statement.keyword.value === keyword);
  const last = (keyword: string): Statement | undefined => all(keyword).at(-1);
  const value = (keyword: string): string | undefined => {
    const word = last(keyword)?.args[0];
    return word === undefined || word.dynamic ? undefined : word.value;
  };
  return { block, all, last, value };
}

/** Blocks of a kind of which everything stands here. */
function* complete({ blocks }: KeepalivedDocument, ...kinds: readonly string[]): Generator<Settings> {
  for (const block of blocks) {
    const known = block.kind !== undefined && kinds.includes(block.kind) && !block.incomplete;
    if (known && !block.statements.some(({ uncertain }) => uncertain)) yield settingsOf(block);
  }
}

const numberOf = (text: string | undefined, otherwise: number): number | undefined =>
  text === undefined ? otherwise : /^\d{1,10}$/.test(text) ? Number(text) : undefined;

const FLAGS: Readonly<Record<string, string>> = {
  hashed: 'sh',
  'sh-port': 'sh',
  'sh-fallback': 'sh',
  'mh-port': 'mh',
  'mh-fallback': 'mh',
};

/** Flags of a way to choose servers, without that way or above the line that says it. */
function* ofScheduler({ block }: Settings): Generator<Problem> {
  let algorithm: string | undefined;
  for (const { keyword, args, spec } of block.statements) {
    if (keyword.value === 'lb_algo' || keyword.value === 'lvs_sched')
      algorithm = args[0]?.dynamic === true ? 'unknown' : args[0]?.value;
    const needed = spec === undefined ? undefined : FLAGS[keyword.value];
    if (needed === undefined || algorithm === 'unknown' || algorithm === needed) continue;
    const message = `"${keyword.value}" is a flag of "lb_algo ${needed}"; keepalived ignores it here.`;
    yield { span: keyword, message, remedy: `Write it below "lb_algo ${needed}", or remove it.` };
  }
}

/** Words about the server for when all others are down, before there is one. */
function* ofSorryServer({ block }: Settings): Generator<Problem> {
  let named = false;
  for (const { keyword } of block.statements) {
    if (keyword.value === 'sorry_server') named = true;
    if (named || !/^sorry_server_(?:inhibit|lvs_method)$/.test(keyword.value)) continue;
    const message = `There is no sorry_server above; keepalived ignores "${keyword.value}".`;
    yield { span: keyword, message, remedy: 'Write it below "sorry_server".' };
  }
}

/** How many servers must be there, against how many there are. */
function* ofQuorum(settings: Settings): Generator<Problem> {
  const [asked, slack] = [settings.last('quorum'), settings.last('hysteresis')];
  const quorum = numberOf(settings.value('quorum'), 1);
  const standard = numberOf(settings.value('weight'), 1);
  const weights = settings.all('real_server').map(({ block }) => {
    const own = block === undefined || block.incomplete ? undefined : settingsOf(block);
    return own === undefined || standard === undefined ? undefined : numberOf(own.value('weight'), standard);
  });
  const known = weights.filter((weight) => weight !== undefined);
  const sum = known.length < weights.length ? undefined : known.reduce((all, one) => all + one, 0);
  if (asked !== undefined && quorum !== undefined && sum !== undefined && sum > 0 && quorum > sum) {
    const message = `All servers together weigh ${sum}: a quorum of ${quorum} is never reached, and keepalived lowers it to ${sum}.`;
    yield { span: statementSpan(asked), message, remedy: `Write a number up to ${sum}.` };
  }
  const most = quorum === undefined || sum === undefined || sum === 0 ? quorum : Math.min(quorum, sum);
  const hysteresis = numberOf(settings.value('hysteresis'), 0);
  if (slack === undefined || most === undefined || hysteresis === undefined || hysteresis < most) return;
  const message = `The hysteresis must be below the quorum, which is ${most}; keepalived lowers it.`;
  yield { span: statementSpan(slack), message, remedy: `Write a number below ${most}, or raise the quorum.` };
}

function* ofPackets(settings: Settings): Generator<Problem> {
  const single = settings.last('ops');
  const protocol = settings.value('protocol');
  const byAddress = addressFamily(settings.block.header?.args[0]?.value ?? '') !== undefined;
  if (single === undefined || !byAddress || protocol === undefined || /^udp$/i.test(protocol)) return;
  const message = `"ops" is for UDP, and the protocol is ${protocol}; keepalived ignores it.`;
  yield { span: single.keyword, message, remedy: 'Remove it.' };
}

/** Length of an answer, of which the longest has a default. */
function* ofReply(settings: Settings): Generator<Problem> {
  const least = settings.last('min_reply_length');
  const [shortest, longest] = [
    numberOf(settings.value('min_reply_length'), 0),
    numberOf(settings.value('max_reply_length'), 255),
  ];
  if (least === undefined || shortest === undefined || longest === undefined || shortest <= longest) return;
  const message = `No answer is ${shortest} bytes long: the longest that is taken has ${longest}, so the check always fails.`;
  yield { span: statementSpan(least), message, remedy: 'Set "max_reply_length" to at least as much.' };
}

/** Statements with an address, and the family it must have. */
function* otherFamilies(settings: Settings): Generator<readonly [Statement, 4 | 6]> {
  const { block } = settings;
  const given = (statement: Statement | undefined, at = 0): 4 | 6 | undefined =>
    addressFamily(statement?.args[at]?.value ?? '');
  if (block.kind === 'bfd_instance') {
    const neighbour = given(settings.last('neighbor_ip') ?? settings.last('neighbour_ip'));
    const own = settings.last('source_ip');
    if (neighbour !== undefined && own !== undefined) yield [own, neighbour];
    return;
  }
  if (block.kind === 'virtual_server') {
    const family = given(block.header);
    if (family === undefined) return;
    const tunnel = (statement: Statement | undefined): boolean => statement?.args[0]?.value === 'TUN';
    const all = tunnel(settings.last('lb_kind') ?? settings.last('lvs_method'));
    for (const statement of settings.all('real_server')) {
      const inside =
        statement.block === undefined ? undefined : settingsOf(statement.block).last('lvs_method');
      if (!tunnel(inside) && !all) yield [statement, family];
    }
    const sorry = settings.last('sorry_server');
    if (sorry !== undefined && !all && !tunnel(settings.last('sorry_server_lvs_method')))
      yield [sorry, family];
    return;
  }
  const [to, from] = [settings.last('connect_ip'), settings.last('bindto')];
  const server = given(to ?? realServerOf(block));
  if (from !== undefined && server !== undefined) yield [from, server];
}

/** The server a check stands in. */
function realServerOf({ header }: Block): Statement | undefined {
  for (let block = header?.parent; block !== undefined; block = block.header?.parent)
    if (block.kind === 'real_server') return block.header;
  return undefined;
}

const CHECKERS = ['HTTP_GET', 'SSL_GET', 'TCP_CHECK', 'DNS_CHECK', 'PING_CHECK', 'UDP_CHECK', 'host'];

/** What is wrong between the lines of virtual servers, their checks and sessions. */
export const SERVER_RULES: readonly KeepalivedRule[] = [
  rule('KAD062', 'warning', TOPIC, 'A setting of a virtual server does nothing', ({ document }, report) => {
    for (const settings of complete(document, 'virtual_server'))
      for (const of of [ofScheduler, ofSorryServer, ofQuorum, ofPackets])
        for (const problem of of(settings)) report(problem);
    for (const settings of complete(document, 'UDP_CHECK'))
      for (const problem of ofReply(settings)) report(problem);
  }),
  rule('KAD063', 'error', TOPIC, 'An address is of the other family', ({ document }, report) => {
    for (const settings of complete(document, 'virtual_server', 'bfd_instance', ...CHECKERS)) {
      for (const [{ args, keyword, uncertain }, family] of otherFamilies(settings)) {
        const [word] = args;
        const own = addressFamily(word?.value ?? '');
        if (word === undefined || uncertain || own === undefined || own === family) continue;
        const message = `"${word.value}" is an IPv${own} address, and what "${keyword.value}" belongs to speaks IPv${family}; keepalived leaves it out.`;
        report({ span: word, message, remedy: `Write an IPv${family} address.` });
      }
      const family = addressFamily(settings.block.header?.args[0]?.value ?? '');
      const word = settings.last('ip_family')?.args[0];
      if (family === undefined || word === undefined || word.value !== (family === 4 ? 'inet6' : 'inet'))
        continue;
      const message = `The virtual server has an IPv${family} address; keepalived ignores "${word.value}".`;
      report({ span: word, message, remedy: 'Remove the line.' });
    }
  }),
];
