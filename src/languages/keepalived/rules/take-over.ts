import type { Problem } from '../../core/rules/rule';
import type { Instance } from '../model/instances';
import { canonicalAddress, addressWithMask } from '../model/values';
import { statementSpan } from '../syntax/document';
import type { Entry } from '../syntax/tree';
import { completeInstances, nameOf } from './instances';
import { removal, rule, type KeepalivedRule } from './keepalived-rule';

const TOPIC = 'Taking over';

/** What the strict mode does not go together with, and what keepalived does about it. */
function* strictConflicts(instance: Instance): Generator<Problem> {
  const remedy =
    'Remove vrrp_strict: a cluster without multicast, and one with preempt_delay, cannot use it.';
  const auth = instance.last('authentication');
  if (auth !== undefined) {
    yield {
      span: auth.keyword,
      message: 'vrrp_strict does not allow authentication; keepalived drops it.',
      remedy,
    };
  }
  const delay = instance.last('preempt_delay');
  if (delay !== undefined) {
    yield {
      span: delay.keyword,
      message: 'vrrp_strict does not allow preempt_delay; keepalived drops it.',
      remedy,
    };
  }
  const state = instance.last('state');
  const master = instance.value('state') === 'MASTER';
  if (state !== undefined && instance.priority !== undefined && instance.value('state') !== undefined) {
    if (master !== (instance.priority === 255)) {
      const message = `vrrp_strict allows state MASTER with priority 255 only, and needs it there; this one has ${instance.priority}.`;
      yield { span: state.args[0] ?? state.keyword, message, remedy };
    }
  }
  const peers = instance.last('unicast_peer');
  if (peers !== undefined) {
    const message =
      'vrrp_strict stands for plain VRRP, which knows multicast only; unicast peers may be refused.';
    yield { span: peers.keyword, message, remedy, severity: 'warning' };
  }
}

const seconds = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;

/** How the nodes agree on who holds the address. */
export const TAKE_OVER_RULES: readonly KeepalivedRule[] = [
  rule('KAD050', 'error', TOPIC, 'nopreempt has no effect', (subject, report) => {
    for (const instance of subject.instances) {
      const statement = instance.last('nopreempt');
      const state = instance.last('state');
      if (statement === undefined || statement.uncertain || state?.uncertain === true) continue;
      const word = state?.args[0];
      if (instance.value('state') === 'MASTER' && word !== undefined) {
        report({
          span: statement.keyword,
          message:
            'With state MASTER keepalived drops nopreempt: this node takes the address back at once when it returns.',
          remedy: 'Write "state BACKUP" on every node.',
          related: { span: word, message: 'the state' },
          fix: {
            title: 'Write state BACKUP',
            edits: [{ start: word.start, end: word.end, newText: 'BACKUP' }],
          },
        });
      } else if (instance.priority === 255) {
        const message = 'With priority 255 keepalived drops nopreempt.';
        report({ span: statement.keyword, message, remedy: 'Write a priority up to 254.' });
      }
    }
  }),
  rule('KAD051', 'error', TOPIC, 'preempt_delay has no effect', (subject, report) => {
    for (const instance of subject.instances) {
      const statement = instance.last('preempt_delay');
      if (statement === undefined || statement.uncertain || instance.strict) continue;
      if (!((seconds(instance.value('preempt_delay')) ?? 0) > 0)) continue;
      const span = statementSpan(statement);
      const word = instance.last('state')?.args[0];
      if (instance.value('state') === 'MASTER' && word !== undefined) {
        report({
          span,
          message:
            'With state MASTER keepalived drops preempt_delay: this node takes the address back at once when it returns.',
          remedy: 'Write "state BACKUP" on every node.',
          related: { span: word, message: 'the state' },
          fix: {
            title: 'Write state BACKUP',
            edits: [{ start: word.start, end: word.end, newText: 'BACKUP' }],
          },
        });
      } else if (instance.last('nopreempt')?.uncertain === false && !instance.has('preempt')) {
        report({
          span,
          message: 'With nopreempt the address never moves back, so keepalived drops preempt_delay.',
          remedy: 'Keep one of the two.',
          fix: { title: 'Remove preempt_delay', edits: [removal(subject.document, span)] },
        });
      }
    }
  }),
  rule('KAD052', 'information', TOPIC, 'The address moves back at once', (subject, report) => {
    for (const instance of completeInstances(subject)) {
      if (['nopreempt', 'preempt', 'preempt_delay'].some((keyword) => instance.has(keyword))) continue;
      if (instance.priority === undefined || instance.priority === 255) continue;
      const message = `When this node comes back, "${nameOf(instance).value}" takes the address back at once, before its services are ready.`;
      report({
        span: nameOf(instance),
        message,
        remedy: 'Write "state BACKUP" and "nopreempt", or "preempt_delay" with the time your services need.',
      });
    }
  }),
  rule('KAD053', 'error', TOPIC, 'vrrp_strict does not go together with this', ({ instances }, report) => {
    for (const instance of instances) {
      if (!instance.strict || instance.incomplete) continue;
      for (const problem of strictConflicts(instance)) report(problem);
    }
  }),
  rule('KAD054', 'information', TOPIC, 'Adverts go by multicast', (subject, report) => {
    if (subject.document.includes) return;
    for (const instance of completeInstances(subject)) {
      const unicast = ['unicast_peer', 'unicast_src_ip', 'unicast_fault_no_peer'].some((keyword) =>
        instance.has(keyword),
      );
      if (unicast || instance.strict) continue;
      const message = `"${nameOf(instance).value}" sends its adverts by multicast. Clouds and container networks drop that: every node then becomes master.`;
      report({
        span: nameOf(instance),
        message,
        remedy:
          'Add "unicast_src_ip" with the own address and "unicast_peer" with the other nodes, unless multicast is known to pass.',
      });
    }
  }),
  rule('KAD055', 'warning', TOPIC, 'A node is its own peer', ({ document, instances }, report) => {
    for (const instance of instances) {
      const own = instance.value('unicast_src_ip');
      if (own === undefined) continue;
      const isOwn = ({ words: [peer] }: Entry): boolean =>
        peer !== undefined && canonicalAddress(peer.value) === canonicalAddress(own);
      const peers = instance.entries('unicast_peer');
      const others = peers.filter((entry) => !isOwn(entry) && !entry.uncertain);
      for (const entry of peers) {
        const { words, uncertain } = entry;
        const [peer] = words;
        if (peer === undefined || uncertain || !isOwn(entry)) continue;
        const span = { start: peer.start, end: words.at(-1)?.end ?? peer.end };
        // A block without any other node keepalived refuses, or it goes back to multicast.
        const spare = others.some(({ words: [other] }) => {
          const ends = [peer.start, other?.start ?? 0].sort((a, b) => a - b);
          return !document.text.slice(...ends).includes('}');
        });
        report({
          span,
          message: `${peer.value} is this node's own address (unicast_src_ip).`,
          remedy: others.length > 0 ? 'Name the other nodes only.' : 'Name the other nodes in its place.',
          ...(spare ? { fix: { title: 'Remove the line', edits: [removal(document, span)] } } : {}),
        });
      }
    }
  }),
  rule('KAD056', 'error', TOPIC, 'Unicast without peers', (subject, report) => {
    for (const instance of completeInstances(subject)) {
      if (instance.entries('unicast_peer').length > 0 || instance.has('unicast_fault_no_peer')) continue;
      const keywords = [
        'unicast_src_ip',
        'unicast_peer',
        'check_unicast_src',
        'old_unicast_checksum',
        'unicast_ttl',
      ];
      const found = keywords
        .map((keyword) => instance.last(keyword))
        .find((statement) => statement !== undefined);
      if (found === undefined) continue;
      report({
        span: statementSpan(found),
        message: 'There is no unicast peer, so keepalived goes back to multicast.',
        remedy: 'Name the other nodes in "unicast_peer { … }".',
      });
    }
  }),
  rule('KAD057', 'error', TOPIC, 'The interval of adverts cannot be sent', ({ instances }, report) => {
    for (const instance of instances) {
      const statement = instance.last('advert_int');
      const interval = seconds(instance.value('advert_int'));
      const word = statement?.args[0];
      if (interval === undefined || word === undefined || interval < 0.01 || interval > 255) continue;
      const { version } = instance;
      if (version === 2 && !Number.isInteger(interval)) {
        const message = `VRRP version 2 knows whole seconds only; keepalived rounds ${word.value}.`;
        report({ span: word, message, remedy: 'Write whole seconds, or "version 3".' });
      } else if (version === 3 && interval >= 40.96) {
        const message = `VRRP version 3 knows intervals up to 40.95 seconds; keepalived shortens ${word.value}.`;
        report({ span: word, message, remedy: 'Write a shorter interval.' });
      } else if (version === 3 && Math.abs(interval * 100 - Math.round(interval * 100)) > 1e-6) {
        const message = `VRRP version 3 knows hundredths of a second; keepalived rounds ${word.value}.`;
        report({ span: word, message, remedy: 'Write at most two decimal places.' });
      }
    }
  }),
  rule('KAD058', 'warning', TOPIC, 'The priority can never fall', (subject, report) => {
    for (const instance of subject.instances) {
      if (instance.priority !== 255 || instance.incomplete) continue;
      const word = instance.last('priority')?.args[0] ?? instance.last('state')?.args[0];
      if (word === undefined || instance.has('nopreempt')) continue;
      report({
        span: word,
        message:
          'Priority 255 stands for a machine that owns the address for good: failed checks cannot lower it.',
        remedy: 'Set a priority from 1 to 254.',
      });
    }
  }),
  rule('KAD060', 'information', TOPIC, 'An address has no mask', ({ instances }, report) => {
    for (const instance of instances) {
      for (const { words } of instance.entries('virtual_ipaddress')) {
        const [word] = words;
        if (word === undefined || word.dynamic || words.some(({ value }) => value === 'peer')) continue;
        const read = addressWithMask(word.value);
        if (read === undefined || read.bits !== undefined) continue;
        const bits = read.family === 4 ? 32 : 128;
        report({
          span: word,
          message: `${word.value} gets the mask /${bits}, without a route to its network.`,
          remedy: `Write the mask of the network, e.g. ${word.value}/${read.family === 4 ? 24 : 64}, or /${bits} if that is meant.`,
        });
      }
    }
  }),
];
