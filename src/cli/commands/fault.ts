import { translate } from '../../words/message';
import type { FaultContext, FaultOptions } from '../../drills/faults/deed';
import { FAULTS, faultsOf, findFault, healsItself } from '../../drills/faults/fault';
import type { Fault } from '../../drills/faults/fault';
import { describeHealing, healAll, healings } from '../../drills/faults/heal-all';
import { injectFault } from '../../drills/faults/inject';
import { measureFault } from '../../drills/faults/measure-fault';
import { LabError } from '../../lab/lab-error';
import type { LabInfo } from '../../lab/lab-service';
import type { Observer } from '../../observe/observer';
import { asCalled } from '../called-as';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { otherwiseText } from '../meant-text';
import { chooseLab, chooseNode } from '../lab-name';
import { withLiveState } from '../../lab/health/live-state';
import { outputWidth, printLine, stderrStyle, stdoutStyle, tellStakes } from '../print';
import { faultJson, measurementJson, renderFaults, renderMeasurement } from '../render/measurement';
import { eventLine } from '../render/watch';
import type { Localizer } from '../../presentation/words/localizer';
import { declared } from '../../presentation/words/localizer';

export interface FaultCommandOptions extends GlobalOptions {
  readonly name?: string;
  readonly node?: string;
  /** Break the lab although it is not whole. */
  readonly anyway?: boolean;
  readonly json?: boolean;
}

/**
 * `gitlab-ha fault list [LAB]`: the faults that make sense in the lab that is named or the only one there is, each with
 * what it is aimed at; every fault where no lab is meant, or no engine is there to ask.
 */
export async function listFaults(context: CliContext, options: FaultCommandOptions): Promise<number> {
  const lab = await labMeant(context, options);
  const faults = lab ? faultsOf(lab.cluster) : FAULTS;
  const text =
    options.json === true
      ? JSON.stringify(faults.map(faultJson), undefined, 2)
      : renderFaults(faults, stdoutStyle(context), outputWidth(context));
  printLine(context.stdout, text);
  return EXIT.ok;
}

/** @throws LabError when the lab that is named is not there */
async function labMeant(context: CliContext, options: FaultCommandOptions): Promise<LabInfo | undefined> {
  try {
    return await chooseLab(context, await context.labs(options), options.name);
  } catch (error) {
    if (options.name === undefined && (error instanceof LabError || error instanceof CliError))
      return undefined;
    throw error;
  }
}

/** `gitlab-ha fault inject FAULT`: breaks the lab and leaves it so. */
export async function inject(context: CliContext, id: string, options: FaultCommandOptions): Promise<number> {
  const fault = faultNamed(context.l10n, id);
  return observing(context, options, async (given) => {
    const injected = await injectFault(given, fault, { ...given.options, anyway: options.anyway === true });
    const { at, doneAt } = injected;
    const lab = given.lab.name;
    if (options.json === true) {
      const value = { fault: fault.id, node: injected.node, at, doneAt, healsItself: healsItself(fault) };
      printLine(context.stdout, JSON.stringify(value, undefined, 2));
      return EXIT.ok;
    }
    printLine(
      context.stdout,
      context.l10n.t('{0}: done to {1}.', declared(fault.deed, context.l10n), injected.node),
    );
    const next = healsItself(fault)
      ? context.l10n.t(
          'The cluster mends this by itself; see {0}',
          asCalled(context, `gitlab-ha watch ${lab}`),
        )
      : context.l10n.t('Take it back with: {0}', asCalled(context, `gitlab-ha fault heal ${lab}`));
    printLine(context.stderr, stderrStyle(context).dim(next));
    return EXIT.ok;
  });
}

/** `gitlab-ha fault heal`: starts, thaws and connects what is stopped, frozen or cut off. Fine when nothing is. */
export async function heal(context: CliContext, options: FaultCommandOptions): Promise<number> {
  return observing(context, options, async (given) => {
    const orders = healings(given.observer.state, given.options.node);
    if (orders.length > 0) await healAll(given, orders);
    if (options.json === true) printLine(context.stdout, JSON.stringify(orders, undefined, 2));
    else if (orders.length === 0) printLine(context.stdout, context.l10n.t('Nothing to heal.'));
    else
      for (const order of orders) printLine(context.stdout, translate(describeHealing(order), context.l10n));
    return EXIT.ok;
  });
}

/**
 * `gitlab-ha fault measure FAULT`: breaks the lab while a client writes, heals it, and tells what the client felt.
 * Ctrl-C heals and ends. 5 when the client was not served again, or writes it was promised are lost.
 */
export async function measure(
  context: CliContext,
  id: string,
  options: FaultCommandOptions,
): Promise<number> {
  const fault = faultNamed(context.l10n, id);
  return observing(context, options, async (given) => {
    const style = stderrStyle(context);
    const events = given.observer.onEvent((event) => printLine(context.stderr, eventLine(event, style)));
    try {
      const measured = await measureFault(given, fault, given.options);
      const text =
        options.json === true ? measurementJson(measured) : renderMeasurement(measured, stdoutStyle(context));
      printLine(context.stdout, text);
      const well = measured.outage.outageMs !== undefined && measured.loss.lost.length === 0;
      return well ? EXIT.ok : EXIT.notHealthy;
    } finally {
      events.dispose();
    }
  });
}

interface Given extends FaultContext {
  readonly observer: Observer;
  /** The node that was named, and the wish to end. */
  readonly options: FaultOptions;
}

/** Works with a live view of the lab; Ctrl-C is a wish to end. */
async function observing(
  context: CliContext,
  options: FaultCommandOptions,
  work: (given: Given) => Promise<number>,
): Promise<number> {
  const labs = await context.labs(options);
  const lab = await chooseLab(context, labs, options.name);
  const node = options.node === undefined ? {} : { node: chooseNode(context.l10n, lab, options.node) };
  const abort = new AbortController();
  const interrupt = context.onInterrupt(() => {
    interrupt.dispose();
    printLine(
      context.stderr,
      context.l10n.t('Ending: what is being measured is healed first (Ctrl-C again ends at once)'),
    );
    abort.abort();
  });
  const given = { ...node, signal: abort.signal, onStake: tellStakes(context) };
  const begin = (observer: Observer): Promise<number> =>
    work({ lab, labs, observer, options: given, now: () => context.now() });
  try {
    return await withLiveState(labs, lab, undefined, begin, abort.signal);
  } finally {
    interrupt.dispose();
  }
}

function faultNamed(l10n: Localizer, id: string): Fault {
  const found = findFault(id);
  if (found) return found;
  const ids = FAULTS.map((fault) => fault.id);
  throw new CliError(EXIT.usage, l10n.t('There is no fault {0}.', id), otherwiseText(id, ids, l10n));
}
