import { capital, say } from '../../words/message';
import type { HolderRule } from '../../services/core/live/live-service';
import type { View } from '../../services/core/live/view';
import type { ServiceEventKind } from '../../services/live';
import type { Holder, Known } from '../known';
import { LIVE_SERVICES } from '../live';
import { Changes, settle, VACANT_MS } from './settle';
import type { Draft } from './settle';

const NOBODY: Holder = { name: '' };

/** What only one may hold: who leads, who is master, who has the virtual address. */
export function tellHolders(known: Known, view: View, now: number, drafts: Draft[]): Known['holders'] {
  const next = new Changes(known.holders);
  for (const [, { holders = [] }] of LIVE_SERVICES)
    for (const rule of holders)
      next.set(rule.kind, tellHolder(known.holders[rule.kind] ?? NOBODY, rule, view, now, drafts));
  return next.result;
}

function tellHolder(
  before: Holder,
  { kind, title, held: heldIn }: HolderRule<ServiceEventKind>,
  view: View,
  now: number,
  drafts: Draft[],
): Holder {
  const held = heldIn(view);
  if (held.holder !== undefined) {
    const to = held.holder;
    if (before.name !== '' && (before.name !== to || before.told === true)) {
      const text =
        before.name === to
          ? say('{0} is {1} again', to, title)
          : say('{0} moved from {1} to {2}', title, before.name, to);
      drafts.push({ kind, node: to, from: before.name, to, text: capital(text) });
    }
    return before.name === to && before.vacantSince === undefined ? before : { name: to };
  }
  if (!held.known || before.name === '') return before;
  const vacantSince = before.vacantSince ?? now;
  if (before.told === true || now - vacantSince < VACANT_MS) return { ...before, vacantSince };
  drafts.push({
    kind,
    from: before.name,
    text: say('No {0} since {1} gave it up or was lost', title, before.name),
  });
  return { ...before, vacantSince, told: true };
}

/** Further values of services, told once they stay changed. */
export function tellValues(known: Known, view: View, now: number, drafts: Draft[]): Known['values'] {
  const next = new Changes(known.values);
  for (const [, { values = [] }] of LIVE_SERVICES)
    for (const { kind, value, text } of values) {
      const found = value(view);
      if (found === undefined) continue;
      const settled = settle(known.values[kind], found, now, VACANT_MS);
      next.set(kind, settled.next);
      if (!settled.changed) continue;
      const { from, to } = settled.changed;
      drafts.push({ kind, from, to, text: text(to) });
    }
  return next.result;
}
