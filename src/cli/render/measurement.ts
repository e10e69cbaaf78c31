import type { Fault } from '../../drills/faults/fault';
import { healsItself } from '../../drills/faults/fault';
import type { FaultMeasurement } from '../../drills/faults/measure-fault';
import { aimTitle } from '../../drills/faults/target';
import type { Loss } from '../../drills/probe/loss';
import type { ProbeReport } from '../../drills/probe/run-probe';
import { clientWayTitle } from '../../services/client-ways';
import type { Style } from './style';
import { table } from './table';
import { clock, duration } from './time';

/** One row per fault. */
export function renderFaults(faults: readonly Fault[], style: Style): string {
  const heading = ['FAULT', 'AIMED AT', 'WHAT IT DOES'].map((cell) => style.bold(cell));
  return table([heading, ...faults.map((fault) => [fault.id, aimTitle(fault.aim), fault.description])]);
}

/** A fault for programs. */
export function faultJson(fault: Fault): Readonly<Record<string, unknown>> {
  const { id, title, description, aim } = fault;
  return { id, title, description, aim, healsItself: healsItself(fault) };
}

/** What one fault cost a client, in lines. */
export function renderMeasurement(measured: FaultMeasurement, style: Style): string {
  const { injected, outage, loss, path, healMs } = measured;
  const felt = outage.outageMs === undefined ? style.red('until the end') : duration(outage.outageMs);
  const rows = [
    ['Outage', `${felt} (${clientWayTitle(path)}, from the fault to the next acknowledged write)`],
    ['Longest gap', duration(outage.longestGapMs)],
    ...lossRows(loss, style),
    ['Whole again', `${duration(healMs)} after the heal`],
  ];
  return `${style.bold(injected.fault.id)} on ${injected.node}\n${indented(rows, style)}`;
}

/** The same for programs; the field names are part of the documented interface. */
export function measurementJson({ injected, path, outage, loss, healMs, events }: FaultMeasurement): string {
  const { fault, node, at, doneAt } = injected;
  const value = { fault: fault.id, node, at, doneAt, path, outage, loss, healMs, events };
  return JSON.stringify(value, undefined, 2);
}

/** What a probe's client felt, in lines. @param loss undefined when what is stored could not be read */
export function renderProbe(report: ProbeReport, loss: Loss | undefined, style: Style): string {
  const { path, acknowledged, failed, longestGapMs, interruptions } = report;
  const rows = [
    ['Writes', `${acknowledged} acknowledged, ${failed} failed`],
    ['Longest gap', duration(longestGapMs)],
    ...interruptions.map((gap) => [
      'Interrupted',
      `${clock(gap.from)}, ${gap.to === undefined ? `to the end (${duration(gap.duration)})` : `for ${duration(gap.duration)}`}`,
    ]),
    ...(loss
      ? lossRows(loss, style)
      : [['Lost', style.yellow('not known: what is stored could not be read')]]),
  ];
  return `${style.bold(clientWayTitle(path))} through the virtual address\n${indented(rows, style)}`;
}

/** Told while a probe runs: the moment a client is no longer served, and the moment it is again. */
export function probeNews(at: number, error: string | undefined, style: Style): string {
  const what = error === undefined ? style.green('served') : `${style.red('not served')}: ${error}`;
  return `${style.dim(clock(at))} ${what}`;
}

function lossRows(loss: Loss, style: Style): readonly string[][] {
  const { acknowledged, lost, unacknowledgedPresent } = loss;
  const count = `${lost.length} of ${acknowledged} acknowledged writes`;
  const more = unacknowledgedPresent.length;
  return [
    ['Lost', lost.length === 0 ? style.green(count) : style.red(count)],
    ...(more === 0
      ? []
      : [['Stored, not acknowledged', `${more} (no fault: a broken commit is unknown to its client)`]]),
  ];
}

function indented(rows: readonly (readonly string[])[], style: Style): string {
  return table(rows.map(([label, text]) => [`  ${style.dim(label ?? '')}`, text ?? '']));
}
