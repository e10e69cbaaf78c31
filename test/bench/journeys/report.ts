import { JOURNEY_FAULTS, NOTHING } from './faults';
import type { JourneyFault } from './faults';
import { JOURNEYS } from './journeys';
import type { Journey } from './journeys';
import type { JourneyCost, JourneyRun } from './run';

/** Runs of one kind of fault. */
interface Kind {
  readonly fault: JourneyFault;
  readonly runs: readonly JourneyRun[];
}

/**
 * What was promised and not kept, a sentence each. A bound is for what a fault adds: what is usual on the machine, as the
 * runs without a fault show it, comes on top.
 */
export function brokenJourneys(runs: readonly JourneyRun[]): readonly string[] {
  const limit = limitsOf(runs);
  return kindsOf(runs).flatMap(({ fault, runs: own }) =>
    own.flatMap((run) => [
      ...run.broken.map((text) => `${run.number} ${fault.id}: ${text}`),
      ...JOURNEYS.flatMap((journey) => {
        const most = limit(fault, journey);
        const waitMs = run.costs[journey]?.waitMs ?? 0;
        if (most === undefined || waitMs <= most) return [];
        return [
          `${run.number} ${fault.id}: ${journey} waited ${seconds(waitMs)} s, at most ${seconds(most)} s are allowed`,
        ];
      }),
    ]),
  );
}

/** A Markdown table: a row per kind of fault, with the shortest and longest wait on each journey; too long ones are bold. */
export function journeysTable(runs: readonly JourneyRun[]): string {
  const limit = limitsOf(runs);
  const rows = kindsOf(runs).map(({ fault, runs: own }) => {
    const cells = JOURNEYS.map((journey) =>
      span(
        own.flatMap((run) => run.costs[journey] ?? []),
        limit(fault, journey),
      ),
    );
    const [served, whole] = [own.map(({ servedMs }) => servedMs), own.map(({ wholeMs }) => wholeMs)];
    return `| ${[fault.title, own.length, ...cells, range(served), range(whole)].join(' | ')} |`;
  });
  const faults = runs.filter(({ fault }) => fault !== NOTHING.id).length;
  return [
    `| Fault | Runs | ${JOURNEYS.join(' | ')} | Served after | Whole after |`,
    `| --- | --- | ${JOURNEYS.map(() => '---').join(' | ')} | --- | --- |`,
    ...rows,
    '',
    `${faults} faults. Lost: ${JOURNEYS.map((journey) => promised(runs, journey)).join(', ')}.`,
  ].join('\n');
}

/** Milliseconds that somebody may wait; undefined where nothing is promised. */
function limitsOf(
  runs: readonly JourneyRun[],
): (fault: JourneyFault, journey: Journey) => number | undefined {
  const usual = runs.filter(({ fault }) => fault === NOTHING.id);
  return (fault, journey) => {
    const bound = fault.bounds(journey);
    if (bound === undefined) return undefined;
    return bound * 1000 + Math.max(0, ...usual.map(({ costs }) => costs[journey]?.waitMs ?? 0));
  };
}

function promised(runs: readonly JourneyRun[], journey: Journey): string {
  const sum = (of: 'acknowledged' | 'lost'): number =>
    runs.reduce((total, { costs }) => total + (costs[journey]?.[of] ?? 0), 0);
  return `${journey} ${sum('lost')} of ${sum('acknowledged')}`;
}

function span(costs: readonly JourneyCost[], most: number | undefined): string {
  const waits = costs.map(({ waitMs }) => waitMs);
  const text = range(waits);
  return most !== undefined && Math.max(...waits) > most ? `**${text}**` : text;
}

function range(milliseconds: readonly number[]): string {
  if (milliseconds.length === 0) return '–';
  const [least, most] = [Math.min(...milliseconds), Math.max(...milliseconds)];
  return seconds(least) === seconds(most) ? seconds(most) : `${seconds(least)} – ${seconds(most)}`;
}

function kindsOf(runs: readonly JourneyRun[]): readonly Kind[] {
  return JOURNEY_FAULTS.map((fault) => ({
    fault,
    runs: runs.filter((run) => run.fault === fault.id),
  })).filter(({ runs: own }) => own.length > 0);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
