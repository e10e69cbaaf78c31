import type { FaultMeasurement } from '../../../src/drills/faults/measure-fault';

const seconds = (ms: number | undefined): string =>
  ms === undefined ? 'never' : `${(ms / 1000).toFixed(2)} s`;

/** One line per fault: what a client felt. */
export function summaryLine(measured: FaultMeasurement): string {
  const { injected, outage, loss, healMs } = measured;
  return (
    `${injected.fault.id} on ${injected.node}: outage ${seconds(outage.outageMs)}, ` +
    `longest gap ${seconds(outage.longestGapMs)}, lost ${loss.lost.length} of ${loss.acknowledged} acknowledged, ` +
    `${loss.unacknowledgedPresent.length} unacknowledged present, ${outage.failed} failed, whole again after ${seconds(healMs)}`
  );
}

/** Everything that happened, in seconds from the fault: events and interruptions of the writes. */
export function timeline(measured: FaultMeasurement): string {
  const { injected, outage, events } = measured;
  const entries = [
    { at: injected.doneAt, text: 'the order was carried out' },
    ...outage.interruptions.flatMap((gap) => [
      { at: gap.from, text: 'last acknowledged write' },
      ...(gap.to === undefined
        ? []
        : [{ at: gap.to, text: `first acknowledged write after ${seconds(gap.duration)}` }]),
    ]),
    ...events.map((event) => ({ at: event.at, text: `${event.kind}: ${String(event.text)}` })),
  ];
  return entries
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => `${((at - injected.at) / 1000).toFixed(3).padStart(8)} ${text}`)
    .join('\n');
}
