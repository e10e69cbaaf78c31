import { resolve, join } from 'node:path';
import type { LayerId } from '../../cluster/layer';
import type { TimingProfileId } from '../../cluster/timing';
import type { DeployResult, DeployStep, Foreseen, LabService, WorkspaceFiles } from '../../lab/lab-service';
import { cancellable } from '../cancellable';
import type { Finding } from '../../finding/finding';
import { CliError } from '../cli-error';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { overrideCluster } from '../../lab/cluster-overrides';
import { isKnown } from '../../lab/health/live-state';
import { lookAt } from '../observation';
import { besides, findingsBefore } from '../lint/findings-before';
import { packagedRubyParser } from '../../server/process/packaged-ruby-parser';
import { outputWidth, printLine, stderrStyle, stdoutStyle } from '../print';
import { renderAllFindings, renderDeployFindings } from '../render/findings';
import { labJson } from '../render/lab-json';
import { previewJson, renderPreview, renderSummary } from '../render/preview';
import { disturbs } from '../../lab/plan/disturbs';
import { durationsLine } from '../render/progress';
import { renderNextSteps, renderStatus } from '../render/status';
import { CLUSTER_FILE } from '../../workspace/files/workspace-files';
import { readWorkspace } from '../../workspace/workspace';
import { wholeness } from '../../observe/wholeness';

export interface UpOptions extends GlobalOptions {
  readonly name?: string;
  readonly timings?: TimingProfileId;
  readonly layers?: readonly LayerId[];
  readonly json?: boolean;
  /** Print what would be done; change nothing. */
  readonly dryRun?: boolean;
  /** The lab's data may go. */
  readonly recreate?: boolean;
  /** A new lab that does not become whole stays. */
  readonly keepFailed?: boolean;
  readonly verbose?: boolean;
}

/** Time for the first picture after a deploy that has just found everything healthy. */
const FIRST_LOOK_MS = 10_000;

/** The folder that is named, absolute; left out, the current one if it has a cluster.yaml, else the sample. */
export async function workspaceFolder(context: CliContext, folder: string | undefined): Promise<string> {
  if (folder !== undefined) return resolve(context.cwd, folder);
  if (await context.hasFile(join(context.cwd, CLUSTER_FILE))) return context.cwd;
  return context.sampleWorkspace();
}

/**
 * The files of a workspace, with what the options say put into its cluster.yaml.
 * @throws CliError (usage) where there is no cluster.yaml
 */
export async function readFiles(
  context: CliContext,
  folder: string,
  options: Pick<UpOptions, 'name' | 'timings' | 'layers'>,
): Promise<WorkspaceFiles> {
  const files = new Map(await context.readWorkspace(folder));
  const cluster = files.get(CLUSTER_FILE);
  if (cluster === undefined) {
    throw new CliError(
      EXIT.usage,
      context.l10n.t('{0} has no {1}.', folder, CLUSTER_FILE),
      context.l10n.t('Name a workspace folder, or leave it out to deploy the sample.'),
    );
  }
  if (typeof cluster === 'string') files.set(CLUSTER_FILE, overrideCluster(cluster, options));
  return files;
}

function report(context: CliContext, result: DeployResult, verbose: boolean): void {
  tellFindings(context, result.findings, verbose);
  const what = result.unchanged ? context.l10n.t('Nothing to change') : context.l10n.t('Deployed');
  printLine(context.stderr, `${what} (${durationsLine(result.durations)})`);
}

function tellFindings(context: CliContext, findings: readonly Finding[], verbose: boolean): void {
  if (findings.length === 0) return;
  const render = verbose ? renderAllFindings : renderDeployFindings;
  printLine(context.stderr, render(findings, stderrStyle(context)));
}

/** `gitlab-ha up --dry-run` and `gitlab-ha plan`: prints what would change, with the causes. */
export async function dryRun(
  context: CliContext,
  labs: Pick<LabService, 'preview'>,
  files: WorkspaceFiles,
  options: Pick<UpOptions, 'json' | 'verbose'>,
): Promise<number> {
  const planned = await labs.preview(files);
  const loadParser = packagedRubyParser(await context.packageRoot());
  const before = await findingsBefore(files, planned.findings, loadParser);
  const preview = { ...planned, findings: [...before, ...besides(planned.findings, before)] };
  if (options.json === true) {
    printLine(context.stdout, JSON.stringify(previewJson(preview), undefined, 2));
    return EXIT.ok;
  }
  tellFindings(context, preview.findings, options.verbose === true);
  printLine(context.stdout, renderPreview(preview, stdoutStyle(context)));
  return EXIT.ok;
}

/** Before anything is done to a lab that runs, what that will be. */
function tellPlan(context: CliContext, plan: Foreseen): void {
  if (!disturbs(plan)) return;
  const lines = renderSummary(plan, stderrStyle(context));
  printLine(
    context.stderr,
    [context.l10n.t('Lab "{0}" runs. What changes:', plan.lab), '', ...lines, ''].join('\n'),
  );
}

/** Deploys, after telling what is wrong. @returns what came of it, and the findings that were told before */
async function deploy(
  context: CliContext,
  labs: Pick<LabService, 'deploy'>,
  files: WorkspaceFiles,
  options: UpOptions,
): Promise<{ readonly result: DeployResult; readonly before: readonly Finding[] }> {
  const verbose = options.verbose === true;
  const loadParser = packagedRubyParser(await context.packageRoot());
  const reading = await readWorkspace(files, loadParser);
  const before = await findingsBefore(files, reading.findings, loadParser);
  tellFindings(context, before, verbose);
  const keepFailed = options.keepFailed === true;
  let running = false;
  let step: DeployStep | 'destroy' = 'check';
  const shown = {
    verbose,
    get cancelling() {
      if (running) return context.l10n.t('Cancelling: the lab stays; it is told which nodes have the change');
      return keepFailed && step === 'health'
        ? context.l10n.t('Cancelling: the lab stays as it is')
        : context.l10n.t('Cancelling: removing what was created');
    },
  };
  const result = await cancellable(context, shown, (control) =>
    labs.deploy(files, {
      ...control,
      onProgress: (progress) => {
        ({ step } = progress);
        control.onProgress?.(progress);
      },
      keepFailed,
      reading,
      confirmLoss: async () => options.recreate === true,
      onPlan: (plan) => {
        running = plan.runs;
        tellPlan(context, plan);
      },
    }),
  );
  return { result: { ...result, findings: besides(result.findings, before) }, before };
}

/** `gitlab-ha up [workspace]`: deploys, then shows the state. */
export async function up(
  context: CliContext,
  folder: string | undefined,
  options: UpOptions,
): Promise<number> {
  const root = await workspaceFolder(context, folder);
  const files = await readFiles(context, root, options);
  const labs = await context.labs(options);
  if (options.dryRun === true) return dryRun(context, labs, files, options);
  const { result, before } = await deploy(context, labs, files, options);
  report(context, result, options.verbose === true);
  if (options.json === true) {
    const lab = labJson(await labs.dated(result.lab));
    const value = { ...result, findings: [...before, ...result.findings], lab };
    printLine(context.stdout, JSON.stringify(value, undefined, 2));
    return EXIT.ok;
  }
  const state = await lookAt(context, labs, result.lab, isKnown, FIRST_LOOK_MS);
  const notWhole = wholeness(state, result.lab.cluster);
  const style = stdoutStyle(context);
  const width = outputWidth(context);
  const view = { lab: await labs.dated(result.lab), state, notWhole, now: context.now() };
  printLine(context.stdout, renderStatus(view, style, width));
  printLine(context.stdout, '');
  const command = context.env['GITLAB_HA_COMMAND'] ?? 'gitlab-ha';
  printLine(context.stdout, renderNextSteps(result.lab, command, context.l10n, width));
  return EXIT.ok;
}
