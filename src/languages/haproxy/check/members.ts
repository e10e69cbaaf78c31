import { isSure, type HaproxyDocument, type Section, type Statement } from '../syntax/document';
import type { Word } from '../syntax/word';
import type { Collector } from './collector';
import { isProxy } from './scope';

/** Names and lines of one section that only make sense with others of it. */
export class Members {
  /** Commands that are looked for on a path, which any section may set. */
  private readonly commands: Word[] = [];
  private pathSomewhere = false;

  constructor(private readonly collector: Collector) {}

  /**
   * Checks sections of a document.
   * @param stopped those that HAProxy does not run
   */
  add(document: HaproxyDocument, sections: readonly Section[], stopped: ReadonlySet<Section>): void {
    const { collector } = this;
    const modes = modesOf(document);
    for (const section of sections) {
      const { kind, header, statements } = section;
      this.pathSomewhere ||= statements.some(setsPath);
      if (header.uncertain || stopped.has(section)) continue;
      if (kind === 'userlist') checkUserlist(section, collector);
      else if (kind === 'peers') checkPeers(section, collector);
      else if (isProxy(kind)) {
        this.commands.push(...searchedCommands(section));
        checkProxyMembers(section, collector);
        const mode = modes.get(section);
        if (mode !== undefined && mode !== 'log') checkTransports(section, mode, collector);
      }
    }
  }

  /** Checks what depends on all sections, once they are added. */
  finish(): void {
    if (this.pathSomewhere) return;
    for (const command of this.commands) {
      const message = `"${command.value}" is looked for on the path of "external-check path", which nothing sets.`;
      const remedy = 'Write the whole path, or add "external-check path".';
      this.collector.add('missing-argument', command, message, remedy);
    }
  }
}

function setsPath({ keyword, args }: Statement): boolean {
  return keyword.value === 'external-check' && args[0]?.value === 'path';
}

/** The modes of all sections, by what they say and inherit. */
function modesOf({ sections }: HaproxyDocument): ReadonlyMap<Section, string | undefined> {
  const modes = new Modes();
  return new Map(sections.map((section) => [section, modes.of(section)]));
}

/** What mode sections are in, asked in their order. */
class Modes {
  private last: string | undefined = 'tcp';
  private readonly named = new Map<string, string | undefined>();

  /** Undefined when that is unclear. */
  of({ kind, name, from, statements }: Section): string | undefined {
    if (!isProxy(kind)) return undefined;
    const inherited =
      from !== undefined ? this.named.get(from.value) : kind === 'defaults' ? 'tcp' : this.last;
    const own = statements.findLast(({ keyword }) => keyword.value === 'mode');
    const mode = own === undefined ? inherited : isSure(own) ? own.args[0]?.value : undefined;
    if (kind === 'defaults') this.last = mode;
    if (kind === 'defaults' && name !== undefined) this.named.set(name.value, mode);
    return mode;
  }
}

/** Servers that take datagrams get logs, and nothing else. */
function checkTransports({ kind, statements }: Section, mode: string, collector: Collector): void {
  if (kind !== 'backend' && kind !== 'listen') return;
  for (const { keyword, args, uncertain } of statements) {
    const [, address] = args;
    if (keyword.value !== 'server' || address === undefined || address.dynamic || uncertain) continue;
    if (!/^(udp[46]?|dgram\+\w+)@/.test(address.value)) continue;
    const message = `"${address.value}" takes datagrams, and this section is in ${mode.toUpperCase()} mode: HAProxy does not start.`;
    collector.add('address', address, message, 'Write the address without "udp@", or use "mode log".');
  }
}

/** Groups that users name, and users that groups name. */
function checkUserlist({ statements }: Section, collector: Collector): void {
  if (statements.some((statement) => !isSure(statement))) return;
  const namesOf = (keyword: string): ReadonlySet<string> =>
    new Set(
      statements.filter((one) => one.keyword.value === keyword).map(({ args }) => args[0]?.value ?? ''),
    );
  const known = { users: namesOf('user'), groups: namesOf('group') };
  for (const { args } of statements) {
    args.forEach((word, at) => {
      const list = args[at + 1];
      const kind = word.value;
      if (at === 0 || list === undefined || (kind !== 'users' && kind !== 'groups')) return;
      const named = known[kind];
      const unknown = list.value.split(',').find((name) => name !== '' && !named.has(name));
      if (unknown === undefined) return;
      const message = `This list has no ${kind.slice(0, -1)} "${unknown}": HAProxy does not start.`;
      collector.add('section-reference', list, message, 'Add it, or correct the name.');
    });
  }
}

/** The own address stands on a `peer` line or on a `bind` line, of which one section has one kind. */
function checkPeers({ statements }: Section, collector: Collector): void {
  let first: Statement | undefined;
  for (const statement of statements) {
    const { value } = statement.keyword;
    if ((value !== 'peer' && value !== 'bind') || statement.uncertain) continue;
    first ??= statement;
    if (first.keyword.value === value) continue;
    const message = `"${value}" and "${first.keyword.value}" do not stand in one section of peers.`;
    const related = { span: first.keyword, message: 'the first one' };
    const remedy = 'Beside "bind" write "server" instead of "peer".';
    return collector.add('exclusive', statement.keyword, message, remedy, { related });
  }
}

/** Commands without their folder: they are looked for on a path that has to be set. */
function searchedCommands({ statements }: Section): Word[] {
  return statements.flatMap((statement) => {
    const [which, command] = statement.args;
    if (statement.keyword.value !== 'external-check' || which?.value !== 'command' || !isSure(statement))
      return [];
    return command === undefined || command.value.startsWith('/') ? [] : [command];
  });
}

function checkProxyMembers({ kind, statements }: Section, collector: Collector): void {
  if (kind === 'defaults') return;
  const limits = new Set<string>();
  const limited: Word[] = [];
  let application: Statement | undefined;
  for (const statement of statements) {
    const { keyword, args } = statement;
    const [first, second] = args;
    if (keyword.value === 'filter' && first?.value.startsWith('bwlim-') === true)
      limits.add(second?.value ?? '');
    const fcgi = keyword.value === 'filter' ? first?.value === 'fcgi-app' : keyword.value === 'use-fcgi-app';
    if (fcgi) application ??= statement;
    const at = args.findIndex(({ value }) => value === 'set-bandwidth-limit');
    const name = args[at + 1];
    if (at >= 0 && at < 2 && name !== undefined && isSure(statement)) limited.push(name);
  }
  for (const name of limited) {
    if (limits.has(name.value)) continue;
    const message = `This section has no filter "${name.value}" that limits bandwidth.`;
    collector.add(
      'section-reference',
      name,
      message,
      'Add "filter bwlim-out <name> …", or correct the name.',
    );
  }
  checkStatistics(statements, collector);
  if (application !== undefined) checkApplication(kind, application, statements, collector);
}

/** Rules for the statistics page take the place of its simple password. */
function checkStatistics(statements: readonly Statement[], collector: Collector): void {
  const lines = statements.filter(({ keyword, uncertain }) => keyword.value === 'stats' && !uncertain);
  const rule = lines.find(({ args }) => args[0]?.value === 'http-request');
  const simple = lines.find(({ args }) => args[0]?.value === 'auth' || args[0]?.value === 'realm');
  if (rule === undefined || simple === undefined) return;
  const message = `"stats ${simple.args[0]?.value ?? ''}" and "stats http-request" exclude each other.`;
  const related = { span: rule.keyword, message: 'the rule' };
  collector.add('exclusive', simple.keyword, message, 'Keep one of them.', { related });
}

/** Whatever speaks FastCGI needs a server that does. */
function checkApplication(
  kind: string,
  application: Statement,
  statements: readonly Statement[],
  collector: Collector,
): void {
  const speaks = statements.some(
    ({ keyword, args, uncertain }) =>
      /server/.test(keyword.value) &&
      (uncertain ||
        args.some(
          ({ value, dynamic }, at) => dynamic || (value === 'fcgi' && args[at - 1]?.value === 'proto'),
        )),
  );
  // The word may come from the servers that defaults describe.
  const inherits =
    kind !== 'frontend' && statements.some(({ keyword }) => keyword.value.startsWith('server'));
  if (
    speaks ||
    !isSure(application) ||
    (inherits && statements.some(({ keyword }) => keyword.value === 'default-server'))
  )
    return;
  const message = 'No server of this section speaks FastCGI: HAProxy does not start.';
  collector.add('missing-argument', application.keyword, message, 'Add "proto fcgi" to the server lines.');
}
