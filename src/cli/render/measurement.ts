import { translate } from '../../words/message';
import type { Fault } from '../../drills/faults/fault';
import { healsItself } from '../../drills/faults/fault';
import type { FaultMeasurement } from '../../drills/faults/measure-fault';
import { aimTitle } from '../../drills/faults/target';
import type { Loss } from '../../drills/probe/loss';
import type { ProbeReport } from '../../drills/probe/run-probe';
import { clientWayTitle } from '../../services/client-ways';
import { declared } from '../../presentation/words/localizer';
import type { Localizer } from '../../presentation/words/localizer';
import type { Style } from './style';
import { proseTable } from './fit';
import { table } from './table';
import { preciseClockText, secondsText } from '../../presentation/words/time-text';

/** One row per fault. */
export function renderFaults(faults: readonly Fault[], style: Style, width = Infinity): string {
  const heading = [style.l10n.t('FAULT'), style.l10n.t('AIMED AT'), style.l10n.t('WHAT IT DOES')].map(
    (cell) => style.bold(cell),
  );
  return proseTable([heading, ...faults.map((fault) => rowOf(fault, style.l10n))], width).join('\n');
}

function rowOf({ id, aim, description }: Fault, l10n: Localizer): readonly string[] {
  return [id, translate(aimTitle(aim), l10n), declared(description, l10n)];
}

/** A fault for programs. */
export function faultJson(fault: Fault): Readonly<Record<string, unknown>> {
  const { id, title, description, aim } = fault;
  return { id, title, description, aim, healsItself: healsItself(fault) };
}

/** What one fault cost a client, in lines. */
export function renderMeasurement(measured: FaultMeasurement, style: Style): string {
  const { injected, outage, loss, path, healMs } = measured;
  const felt =
    outage.outageMs === undefined ? style.red(style.l10n.t('until the end')) : secondsText(outage.outageMs);
  const rows = [
    [
      style.l10n.t('Outage'),
      style.l10n.t(
        '{0} ({1}, from the fault until writes are acknowledged again)',
        felt,
        clientWayTitle(path),
      ),
    ],
    [style.l10n.t('Longest gap'), secondsText(outage.longestGapMs)],
    ...lossRows(loss, style),
    [style.l10n.t('Whole again'), style.l10n.t('{0} after the heal', secondsText(healMs))],
  ];
  const title = style.l10n.t('{0} on {1}', style.bold(injected.fault.id), injected.node);
  return `${title}\n${indented(rows, style)}`;
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
    [style.l10n.t('Writes'), style.l10n.t('{0} acknowledged, {1} failed', acknowledged, failed)],
    [style.l10n.t('Longest gap'), secondsText(longestGapMs)],
    ...interruptions.map((gap) => [
      style.l10n.t('Interrupted'),
      gap.to === undefined
        ? style.l10n.t('{0}, to the end ({1})', preciseClockText(gap.from), secondsText(gap.duration))
        : style.l10n.t('{0}, for {1}', preciseClockText(gap.from), secondsText(gap.duration)),
    ]),
    ...(loss
      ? lossRows(loss, style)
      : [[style.l10n.t('Lost'), style.yellow(style.l10n.t('not known: what is stored could not be read'))]]),
  ];
  const title = style.l10n.t('{0} through the virtual address', style.bold(clientWayTitle(path)));
  return `${title}\n${indented(rows, style)}`;
}

/** Told while a probe runs: the moment a client is no longer served, and the moment it is again. */
export function probeNews(at: number, error: string | undefined, style: Style): string {
  const what =
    error === undefined
      ? style.green(style.l10n.t('served'))
      : `${style.red(style.l10n.t('not served'))}: ${error}`;
  return `${style.dim(preciseClockText(at))} ${what}`;
}

function lossRows(loss: Loss, style: Style): readonly string[][] {
  const { acknowledged, lost, unacknowledgedPresent } = loss;
  const count = style.l10n.t('{0} of {1} acknowledged writes', lost.length, acknowledged);
  const more = unacknowledgedPresent.length;
  return [
    [style.l10n.t('Lost'), lost.length === 0 ? style.green(count) : style.red(count)],
    ...(more === 0
      ? []
      : [
          [
            style.l10n.t('Stored, not acknowledged'),
            style.l10n.t('{0} (no fault: a broken commit is unknown to its client)', more),
          ],
        ]),
  ];
}

function indented(rows: readonly (readonly string[])[], style: Style): string {
  return table(rows.map(([label, text]) => [`  ${style.dim(label ?? '')}`, text ?? '']));
}
