import type { LabSnapshot } from './lab-snapshot';

/** Steps of the walkthrough, as their completion events name them. */
export type Step = 'deploy' | 'explore' | 'terminal' | 'break' | 'destroy';

/** What was seen of the labs so far, and which steps have really been done by that. */
export interface StepsSeen {
  /** Labs that were healthy at some time. */
  readonly well: ReadonlySet<string>;
  readonly done: ReadonlySet<Step>;
}

export const NO_STEPS: StepsSeen = { well: new Set(), done: new Set() };

/**
 * The steps that show in the labs themselves: one that is healthy, one that is looked at, one that is gone. Pure.
 * @param looking whether somebody looks at the labs
 */
export function seeLabs(seen: StepsSeen, labs: readonly LabSnapshot[], looking: boolean): StepsSeen {
  const well = new Set(seen.well);
  for (const { info, activity, state } of labs) {
    if (activity === undefined && state?.health === 'ok') well.add(info.name);
  }
  const done = new Set(seen.done);
  if (well.size > 0) done.add('deploy');
  if (well.size > 0 && looking) done.add('explore');
  const names = new Set(labs.map(({ info }) => info.name));
  if ([...well].some((name) => !names.has(name))) done.add('destroy');
  return { well, done };
}
