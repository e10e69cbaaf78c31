import type { Problem } from '../../core/rules/rule';
import { groupsByMember, type Instance } from '../model/instances';
import type { KeepalivedSubject } from '../subject';
import { statementSpan } from '../syntax/document';
import type { Entry, Statement } from '../syntax/tree';
import { completeInstances } from './instances';
import { rule, type KeepalivedRule } from './keepalived-rule';

const UNICAST = ['unicast_peer', 'unicast_src_ip', 'unicast_fault_no_peer', 'check_unicast_src'];

/** A statement that counts: not one of another machine, and not one that says no. */
function switched(instance: Instance, keyword: string): Statement | undefined {
  const statement = instance.last(keyword);
  const off = /^(?:off|no|false)$/.test(statement?.args[0]?.value ?? '');
  return statement === undefined || statement.uncertain || off ? undefined : statement;
}

/** What an instance sets that needs another setting, or does not go together with one. */
function* idle(instance: Instance): Generator<Problem> {
  const base = switched(instance, 'vmac_xmit_base');
  if (base !== undefined && !instance.has('use_vmac') && !instance.has('use_ipvlan')) {
    const message = '"vmac_xmit_base" is for instances with a virtual MAC; keepalived ignores it.';
    yield { span: base.keyword, message, remedy: 'Add "use_vmac", or remove the line.' };
  }
  const timer = switched(instance, 'timer_expired_backup');
  if (timer !== undefined && !instance.has('nopreempt')) {
    const message = '"timer_expired_backup" counts beside "nopreempt" only; keepalived ignores it.';
    yield { span: timer.keyword, message, remedy: 'Add "nopreempt", or remove the line.' };
  }
  const owner = switched(instance, 'owner_ignore_adverts');
  if (owner !== undefined && instance.priority !== undefined && instance.priority !== 255) {
    const message = `"owner_ignore_adverts" is for priority 255, and this one has ${instance.priority}; keepalived ignores it.`;
    yield { span: owner.keyword, message, remedy: 'Remove the line.' };
  }
  const vrf = switched(instance, 'vrf');
  if (vrf !== undefined && instance.has('interface')) {
    const message = '"vrf" is for instances without an interface; keepalived ignores it.';
    yield { span: statementSpan(vrf), message, remedy: 'Remove one of the two.' };
  }
  const group = switched(instance, 'mcast_dst_ip');
  if (group !== undefined && instance.entries('unicast_peer').length > 0) {
    const message = 'Adverts go to single peers, so keepalived ignores the multicast group.';
    yield { span: statementSpan(group), message, remedy: 'Remove the line.' };
  }
  yield* ofVirtualMac(instance);
  yield* ofOwnInterface(instance, instance.entries('track_interface'));
}

function* ofVirtualMac(instance: Instance): Generator<Problem> {
  const statement = switched(instance, 'use_vmac') ?? switched(instance, 'use_ipvlan');
  const unicast = UNICAST.some((keyword) => instance.has(keyword));
  if (statement === undefined || !unicast || instance.has('vmac_xmit_base')) return;
  const message = `With unicast adverts "${statement.keyword.value}" needs "vmac_xmit_base"; keepalived sets it, and "keepalived -t" refuses the file.`;
  yield { span: statement.keyword, message, remedy: 'Add "vmac_xmit_base".' };
}

/** Its own interface is watched without a word, and words about it are ignored. */
function* ofOwnInterface(instance: Instance, watched: readonly Entry[]): Generator<Problem> {
  const own = instance.value('interface');
  if (own === undefined || instance.has('dont_track_primary') || instance.has('use_vmac')) return;
  for (const { words, uncertain } of watched) {
    const [name] = words;
    if (name === undefined || uncertain || name.value !== own) continue;
    const message = `"${own}" is the instance's own interface, which is watched anyway; keepalived ignores the line.`;
    yield {
      span: { start: name.start, end: words.at(-1)?.end ?? name.end },
      message,
      remedy: 'Remove the line.',
    };
  }
}

/** Lines of a group about interfaces, each once whichever of its instances has the interface. */
function* ofGroups({ document, instances }: KeepalivedSubject): Generator<Problem> {
  const groups = groupsByMember(document);
  const told = new Set<number>();
  for (const instance of instances) {
    const group = groups.get(instance.name?.value ?? '');
    if (group === undefined || group.block.incomplete) continue;
    const watched = group.block.statements
      .filter(({ keyword, uncertain }) => keyword.value === 'track_interface' && !uncertain)
      .flatMap(({ block }) => [...(block?.entries ?? [])]);
    for (const problem of ofOwnInterface(instance, watched)) {
      if (!told.has(problem.span.start)) yield problem;
      told.add(problem.span.start);
    }
  }
}

/** Settings of instances that keepalived ignores because of others. */
export const EFFECT_RULES: readonly KeepalivedRule[] = [
  rule('KAD061', 'warning', 'Instances', 'A setting does nothing beside the others', (subject, report) => {
    const instances = completeInstances(subject);
    for (const instance of instances) for (const problem of idle(instance)) report(problem);
    for (const problem of ofGroups({ ...subject, instances })) report(problem);
  }),
];
