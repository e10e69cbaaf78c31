import { faultsOf } from '../../../src/drills/faults/fault';
import type { Fault } from '../../../src/drills/faults/fault';
import type { FaultMeasurement } from '../../../src/drills/faults/measure-fault';
import { measureFault } from '../../../src/drills/faults/measure-fault';
import { arrangeFor } from '../failover/arrange';
import { OUTAGE_BOUNDS } from '../failover/bounds';
import { summaryLine } from '../failover/describe';
import type { Figure } from '../figure';
import { whileObserved, withSampleLab } from '../labs';
import type { Measurement } from '../measurement';

/** What a client that writes through the virtual address feels of each fault. */
export const failover: Measurement = {
  id: 'failover',
  title: 'Failover per fault',
  measure: (context) =>
    withSampleLab(context.labs, context.root, 'bench-failover', (lab) =>
      whileObserved(context.labs, lab, async (observer) => {
        const measured = new Map<Fault, FaultMeasurement[]>();
        for (let run = 0; run < context.runs; run += 1) {
          for (const fault of faultsOf(lab.cluster)) {
            await arrangeFor(fault, context.labs, lab, observer);
            const one = await measureFault({ lab, labs: context.labs, observer, now: Date.now }, fault);
            context.log(summaryLine(one));
            measured.set(fault, [...(measured.get(fault) ?? []), one]);
          }
        }
        return [...measured].flatMap(([fault, runs]) => figuresOf(fault, runs));
      }),
    ),
};

/** Names such as PostgreSQL keep their capitals. */
function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function figuresOf(fault: Fault, runs: readonly FaultMeasurement[]): Figure[] {
  const lost = runs.reduce((sum, one) => sum + one.loss.lost.length, 0);
  const acknowledged = runs.reduce((sum, one) => sum + one.loss.acknowledged, 0);
  return [
    {
      id: `failover.${fault.id}`,
      title: `Outage: ${lowerFirst(fault.title)}`,
      unit: 's',
      // A run that never recovered counts as what was waited for.
      values: runs.map(({ outage }) => (outage.outageMs ?? outage.longestGapMs) / 1000),
      bound: OUTAGE_BOUNDS[fault.id],
      note: `${lost} of ${acknowledged} acknowledged writes lost`,
    },
    {
      id: `healing.${fault.id}`,
      title: `Healing: ${lowerFirst(fault.title)}`,
      unit: 's',
      values: runs.map(({ healMs }) => healMs / 1000),
    },
  ];
}
