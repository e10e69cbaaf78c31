import { translate } from '../../words/message';
import * as vscode from 'vscode';
import type { Deed, Outcome } from '../../drills/carry-out';
import { LabError } from '../../lab/lab-error';
import type { LabInfo } from '../../lab/lab-service';
import type { Event } from '../../observe/event';
import type { FeatureContext } from '../common/feature-context';
import { showFailure } from '../common/failure';
import { markDone } from '../help/walkthrough-steps';
import { askAnyway } from './ask-anyway';
import { takingBack, tellOutcome } from './tell-outcome';

/** A killed node needs half a minute to be whole again; more is a fault of its own. */
const WHOLE_LIMIT_MS = 180_000;
/** News of a fault may be on its way. */
const WHOLE_STABLE_MS = 1_000;

/**
 * Does something to a lab as the user asked: through the gate, with a question where it refuses, then tells what clients
 * felt of it. The lab is watched meanwhile, so that everything that happens becomes an event.
 * @throws what failed, but for a refusal that the user was asked about
 */
export async function runDeed(context: FeatureContext, lab: LabInfo, deed: Deed): Promise<void> {
  const { deedTitle, isGated } = await import('../../drills/carry-out');
  const said = deedTitle(deed);
  const title = translate(said, vscode.l10n);
  context.log.info(`${lab.name}: ${said.toString()}`);
  const watching = context.store.watch();
  const events: Event[] = [];
  const listening = context.store.onDidTell((told) => {
    if (told.lab === lab.name) events.push(told.event);
  });
  try {
    const outcome = await untilAllowed(context, lab, deed, title);
    if (!outcome) return;
    if (isGated(deed)) {
      void markDone('break');
      const back = await takingBack(deed);
      void tellOutcome(title, outcome, [...events], back && (() => runAgain(context, lab, back)));
    }
  } finally {
    listening.dispose();
    releaseWhenWhole(context, lab, watching);
  }
}

/** @returns undefined when the user gave it up */
async function untilAllowed(
  context: FeatureContext,
  lab: LabInfo,
  deed: Deed,
  title: string,
): Promise<Outcome | undefined> {
  for (let anyway = false; ;) {
    try {
      return await doIt(context, lab, deed, anyway);
    } catch (error) {
      if (!(error instanceof LabError) || error.code !== 'not-whole') throw error;
      const answer = await askAnyway(lab.name, title, error.details);
      if (answer === undefined) return undefined;
      if (answer === 'wait' && !(await waitUntilWhole(context, lab))) return undefined;
      anyway = answer === 'anyway';
    }
  }
}

async function doIt(context: FeatureContext, lab: LabInfo, deed: Deed, anyway: boolean): Promise<Outcome> {
  const { carryOut } = await import('../../drills/carry-out');
  const labs = await context.source.get();
  const observer = await context.store.openedObserver(lab.name);
  const place = { labs, lab, observer, now: Date.now };
  return vscode.window.withProgress({ location: { viewId: 'gitlabHaLab.topology' } }, () =>
    carryOut(deed, place, { anyway, measure: true }),
  );
}

/** @returns false when the user ended the wait */
async function waitUntilWhole(context: FeatureContext, lab: LabInfo): Promise<boolean> {
  const title = vscode.l10n.t('Waiting until lab {0} is whole', lab.name);
  const progress = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(progress, async (_report, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    try {
      await whole(context, lab, abort.signal);
      return true;
    } catch (error) {
      if (error instanceof LabError && error.code === 'cancelled') return false;
      throw error;
    }
  });
}

async function whole(context: FeatureContext, lab: LabInfo, signal?: AbortSignal): Promise<void> {
  const { waitUntilWhole: wait } = await import('../../lab/health/wait-until-whole');
  const observer = await context.store.openedObserver(lab.name);
  if (!observer) return;
  await wait(observer, lab.cluster, {
    timeoutMs: WHOLE_LIMIT_MS,
    stableMs: WHOLE_STABLE_MS,
    ...(signal && { signal }),
  });
}

/** What follows from a deed is seen to its end, also while no view is open. */
function releaseWhenWhole(context: FeatureContext, lab: LabInfo, watching: { dispose(): unknown }): void {
  const release = (): void => void watching.dispose();
  whole(context, lab).then(release, release);
}

async function runAgain(context: FeatureContext, lab: LabInfo, deed: Deed): Promise<void> {
  try {
    await runDeed(context, lab, deed);
  } catch (error) {
    showFailure(context.log, vscode.l10n.t('It was not taken back'), error);
  }
}
