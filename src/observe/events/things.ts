import type { ThingRule } from '../../services/core/live/live-service';
import type { View } from '../../services/core/live/view';
import type { ServiceEventKind } from '../../services/live';
import type { Known } from '../known';
import { LIVE_SERVICES } from '../live';
import { Changes, settle, VACANT_MS } from './settle';
import type { Draft } from './settle';

/** Values of many things, as of repositories: one event for all that came to the same value at once. */
export function tellThings(known: Known, view: View, now: number, drafts: Draft[]): Known['things'] {
  const next = new Changes(known.things);
  for (const [, { things = [] }] of LIVE_SERVICES)
    for (const rule of things) {
      const before = known.things[rule.kind] ?? {};
      next.set(rule.kind, tellEach(before, rule, view, now, drafts));
    }
  return next.result;
}

type Things = Known['things'][string];

function tellEach(
  before: Things,
  { kind, values, text }: ThingRule<ServiceEventKind>,
  view: View,
  now: number,
  drafts: Draft[],
): Things {
  const found = values(view);
  if (found === undefined) return before;
  // Those that are gone are forgotten.
  const gone = Object.keys(before).some((thing) => !(thing in found));
  const kept = Object.entries(before).filter(([thing]) => thing in found);
  const next = new Changes(gone ? Object.fromEntries(kept) : before);
  const changed = new Map<string, { readonly things: string[]; readonly from: Set<string> }>();
  for (const [thing, value] of Object.entries(found)) {
    const settled = settle(before[thing], value, now, VACANT_MS);
    next.set(thing, settled.next);
    if (!settled.changed) continue;
    const { from, to } = settled.changed;
    const together = changed.get(to) ?? { things: [], from: new Set<string>() };
    together.things.push(thing);
    changed.set(to, { ...together, from: together.from.add(from) });
  }
  for (const [to, { things, from }] of changed)
    drafts.push({ kind, from: [...from].join(', '), to, text: text(things, to, [...from]) });
  return next.result;
}
