import { globals, globalsIncomplete, groupsByMember, namedBlocks, type Tracker } from '../model/instances';
import { canonicalAddress } from '../model/values';
import type { KeepalivedSubject } from '../subject';
import { statementSpan, type KeepalivedDocument } from '../syntax/document';
import { shellSyntax } from '../check/shell-syntax';
import type { Statement } from '../syntax/tree';
import { completeInstances, nameOf } from './instances';
import { lineBelow, rule, type KeepalivedRule } from './keepalived-rule';

const TOPIC = 'Health checks and scripts';
const TRACKS = ['track_script', 'track_process', 'track_file', 'track_bfd'];

/** The statement of a block that counts for a setting. */
function lastOf({ block }: Tracker, keyword: string): Statement | undefined {
  return block.statements.filter((statement) => statement.keyword.value === keyword).at(-1);
}

function numberOf(statement: Statement | undefined): number | undefined {
  const word = statement?.args[0];
  return word !== undefined && !word.dynamic && /^\d+(\.\d+)?$/.test(word.value)
    ? Number(word.value)
    : undefined;
}

/** Scripts of which everything stands here. */
function completeScripts({ document }: KeepalivedSubject): Tracker[] {
  return namedBlocks(document, 'vrrp_script').filter(
    ({ block, statement }) =>
      !block.incomplete && !statement.uncertain && block.statements.every(({ uncertain }) => !uncertain),
  );
}

/** True when a sync group that tracks something, or may do so, holds the instance. */
function trackedByGroup(group: Tracker | undefined): boolean {
  if (group === undefined) return false;
  return (
    group.block.incomplete || group.block.statements.some(({ keyword }) => TRACKS.includes(keyword.value))
  );
}

/** True for a program that waits for the answer of a server, which may be slow once. */
function asksAServer(command: string): boolean {
  return /\b(?:curl|wget|nc|ncat|netcat|telnet|ping6?|dig|openssl|socat|mysqladmin|mysql|psql|pg_isready|redis-cli)\b|\/dev\/tcp\//.test(
    command,
  );
}

/** Folders in which anyone, or a user of the machine, may write. */
const WRITABLE = /(?:^|[\s"'])\/(?:tmp|var\/tmp|dev\/shm|run\/user|home|var\/www|srv|mnt|media)\//;

/** True when a command names a file that others than root may well write. */
function mayBeWritten(command: string): boolean {
  return WRITABLE.test(command);
}

function isRoot({ args }: Statement): boolean {
  return args[0]?.value === 'root';
}

/** The text of a command as it stands in the file. */
function commandText(document: KeepalivedDocument, statement: Statement): string {
  const [first] = statement.args;
  return first === undefined ? '' : document.text.slice(first.start, statement.args.at(-1)?.end ?? first.end);
}

/** What keepalived does with a word of a shell. */
const INSTEAD = {
  argument: 'hands it to the program as an argument, with all that follows',
  program: 'looks for a program of this name and does not run the script',
  value: 'hands it over as it is, and puts nothing in its place',
} as const;

const NOTIFY = /^notify(_master|_backup|_fault|_stop|)$/;

/** Statements that make keepalived run a command. */
function commands(document: KeepalivedDocument): Statement[] {
  return document.statements.filter(
    ({ spec, args, keyword }) =>
      args.length > 0 &&
      keyword.value !== 'file' &&
      spec?.args.some(({ kind }) => kind === 'script') === true,
  );
}

/** Hosts that the web addresses in a command name. */
function hostsIn(command: string): { host: string; at: number }[] {
  return [
    ...command.matchAll(/https?:\/\/(?:[^@\s"'/]{1,80}@)?(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9.-]{1,253})/g),
  ].map((match) => ({
    host: (match[1] ?? '').replace(/[[\]]/g, ''),
    at: match.index + match[0].length - (match[1] ?? '').length,
  }));
}

/** What decides whether a node is fit to hold the address. */
export const CHECK_RULES: readonly KeepalivedRule[] = [
  rule('KAD080', 'warning', TOPIC, 'Nothing tells that the service is dead', (subject, report) => {
    const { document } = subject;
    // Keepalived balances by itself there: nothing else has to run.
    if (
      document.includes ||
      document.root.statements.some(({ keyword }) => keyword.value === 'virtual_server')
    )
      return;
    const groups = groupsByMember(document);
    // Routers have nothing but their addresses.
    const serves = /haproxy|gitlab|nginx/i.test(document.text);
    for (const instance of completeInstances(subject)) {
      if (
        TRACKS.some((keyword) => instance.has(keyword)) ||
        trackedByGroup(groups.get(nameOf(instance).value))
      )
        continue;
      const message = `"${nameOf(instance).value}" watches nothing: the address stays on a node whose HAProxy is dead.`;
      report({
        span: nameOf(instance),
        message,
        remedy:
          'Define a vrrp_script or a vrrp_track_process and name it in "track_script" or "track_process".',
        ...(serves ? {} : { severity: 'information' }),
      });
    }
  }),
  rule('KAD081', 'warning', TOPIC, 'One failed check moves the address', (subject, report) => {
    for (const tracker of completeScripts(subject)) {
      const fall = lastOf(tracker, 'fall');
      const command = lastOf(tracker, 'script');
      if (command === undefined || (fall !== undefined && numberOf(fall) !== 1)) continue;
      const word = fall?.args[0];
      const edit =
        word === undefined
          ? lineBelow(subject.document, statementSpan(command), 'fall 2')
          : { start: word.start, end: word.end, newText: '2' };
      report({
        span: fall === undefined ? tracker.name : statementSpan(fall),
        message: `A single failure of "${tracker.name.value}" counts: one slow answer moves the address.`,
        remedy: 'Set "fall 2" or more.',
        // A program that only looks whether a process is there has no slow answers.
        ...(asksAServer(commandText(subject.document, command)) ? {} : { severity: 'information' }),
        ...(edit === undefined ? {} : { fix: { title: 'Set fall 2', edits: [edit] } }),
      });
    }
  }),
  rule('KAD082', 'warning', TOPIC, 'A dead service is noticed late', (subject, report) => {
    for (const tracker of completeScripts(subject)) {
      const statement = lastOf(tracker, 'interval');
      const interval = numberOf(statement);
      if (statement === undefined || interval === undefined || interval <= 5) continue;
      const fall = numberOf(lastOf(tracker, 'fall')) ?? 1;
      report({
        span: statementSpan(statement),
        message: `"${tracker.name.value}" notices a dead service only after up to ${interval * fall} s (interval × fall).`,
        remedy: 'Check every one to three seconds.',
      });
    }
  }),
  rule('KAD083', 'information', TOPIC, 'Scripts may run as root', ({ document }, report) => {
    if (globalsIncomplete(document)) return;
    const running = commands(document);
    const [first] = running;
    if (first === undefined) return;
    const missing = [];
    if (globals(document, 'enable_script_security').length === 0) missing.push('enable_script_security');
    const own = running.every(({ parent }) =>
      parent.statements.some(({ keyword }) => keyword.value === 'user'),
    );
    if (globals(document, 'script_user').length === 0 && !own) missing.push('script_user');
    if (missing.length === 0) return;
    const header = document.root.statements.find(
      ({ keyword, block }) => keyword.value === 'global_defs' && block !== undefined,
    );
    const open = header?.block?.open;
    const asRoot = missing.includes('script_user') || globals(document, 'script_user').some(isRoot);
    const exposed = asRoot && running.some((statement) => mayBeWritten(commandText(document, statement)));
    const written = missing.map((keyword) => (keyword === 'script_user' ? 'script_user nobody' : keyword));
    const indent = (header?.block?.statements[0]?.keyword.start ?? 0) > 0 ? '    ' : '';
    const lineEnd = /^[^\n]*\r\n/.test(document.text.slice(open?.end)) ? '\r\n' : '\n';
    report({
      span: header?.keyword ?? first.keyword,
      message: `Keepalived runs scripts, and ${missing.map((keyword) => `"${keyword}"`).join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set: ${asRoot ? 'whoever may write a script may become root' : 'it does not look who may write a script'}.`,
      remedy: 'Set both in global_defs, with a user that may do no more than the checks need.',
      // Where only root may write there is nobody to become it.
      ...(exposed ? { severity: 'warning' } : {}),
      ...(missing.includes('script_user') || open === undefined
        ? {}
        : {
            fix: {
              title: `Set ${written.join(' and ')}`,
              edits: [
                {
                  start: open.end,
                  end: open.end,
                  newText: written.map((line) => `${lineEnd}${indent}${line}`).join(''),
                },
              ],
            },
          }),
    });
  }),
  rule('KAD084', 'information', TOPIC, 'A check depends on other machines', (subject, report) => {
    const { document, instances } = subject;
    const own = new Set(
      instances.flatMap((instance) => [instance.value('unicast_src_ip'), instance.value('mcast_src_ip')]),
    );
    const virtual = new Set(
      instances.flatMap((instance) =>
        instance
          .entries('virtual_ipaddress')
          .map(({ words }) => canonicalAddress(words[0]?.value.split('/')[0] ?? '')),
      ),
    );
    for (const tracker of namedBlocks(document, 'vrrp_script')) {
      const statement = lastOf(tracker, 'script');
      const [first] = statement?.args ?? [];
      if (statement === undefined || first === undefined) continue;
      for (const { host, at } of hostsIn(commandText(document, statement))) {
        if (/^(localhost|127\.[\d.]+|::1|0\.0\.0\.0)$/.test(host) || own.has(host)) continue;
        const isVirtual = virtual.has(canonicalAddress(host));
        const start = first.start + at;
        report({
          span: { start, end: start + host.length },
          message: isVirtual
            ? `The check asks the virtual address ${host}: it tells whether any node works, not this one.`
            : `The check asks ${host}: when that machine fails, every node counts as failed and none holds the address.`,
          remedy: 'Ask the HAProxy of this node, by 127.0.0.1.',
        });
      }
    }
  }),
  rule('KAD085', 'information', TOPIC, 'A script starts or stops HAProxy', ({ document }, report) => {
    for (const statement of document.statements) {
      if (!NOTIFY.test(statement.keyword.value) || statement.spec === undefined) continue;
      const text = commandText(document, statement);
      if (!/haproxy/i.test(text) || !/\b(start|stop|restart)\b/.test(text)) continue;
      report({
        span: statementSpan(statement),
        message:
          'HAProxy starts only when the address has moved: the take-over waits for it, and a failed start leaves the node without service.',
        remedy:
          'Keep HAProxy running on all nodes and set net.ipv4.ip_nonlocal_bind=1, or bind it to all addresses.',
      });
    }
  }),
  rule('KAD086', 'warning', TOPIC, 'A command is written for a shell', ({ document }, report) => {
    for (const { args } of commands(document)) {
      const [first] = args;
      const last = args.at(-1);
      // A definition may be anything.
      if (first === undefined || last === undefined || args.some(({ placeholder }) => placeholder)) continue;
      const written = document.text.slice(first.start, last.end);
      // In a command, other than elsewhere, a backslash keeps a quote within quotes.
      const [, inside] = /^"((?:[^"\\]|\\.)*)"?$/s.exec(written) ?? [];
      const found =
        inside === undefined ? shellSyntax(written, first.start) : shellSyntax(inside, first.start + 1);
      if (found === undefined) continue;
      report({
        span: found,
        message: `"${found.text}" is for a shell, and keepalived runs none: it ${INSTEAD[found.as]}.`,
        remedy: `Put the command into a script file, or write "/bin/sh -c '…'" around it.`,
      });
    }
  }),
];
