import { translate } from '../../words/message';
import * as vscode from 'vscode';
import type { Finding } from '../../finding/finding';
import type { DeployResult, WorkspaceFiles } from '../../lab/lab-service';
import { losesCluster } from '../../lab/plan/operations';
import type { DataLoss } from '../../lab/plan/operations';
import { LabError } from '../../lab/lab-error';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import { cancelledText } from '../../presentation/cancelled-text';
import { isCancelled } from '../common/failure';
import { commandId } from '../common/feature-context';
import type { FeatureContext } from '../common/feature-context';
import { pickLab } from '../labs/pick';
import { VIEW_ID } from '../topology-tree/tree-view';
import { overrideCluster } from './cluster-overrides';
import { DeployDiagnostics } from './diagnostics';
import { labOverrides } from './lab-overrides';
import { notesLine, sortFindings } from '../../presentation/notes';
import { seconds } from '../../presentation/progress-text';
import { recordingsText } from '../../presentation/recordings-text';
import { Previews } from './preview';
import { runOperation } from './run-operation';
import { CLUSTER_FILE, textOf } from '../../workspace/files/workspace-files';
import type { LabSource } from './workspace-files';

/** Commands that create labs: Deploy Lab, Deploy Sample Lab and Redeploy Lab; and Preview Changes. */
export function registerDeploy(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  const diagnostics = disposables.add(new DeployDiagnostics());
  const previews = disposables.add(new Previews(context));
  const deploy = async (source: LabSource | undefined): Promise<void> => {
    if (source) await deploySource(context, { diagnostics, previews }, source);
  };
  const title = vscode.l10n.t('The lab was not deployed');
  disposables.add(
    registerCommand(context, 'deploy', title, async () => {
      const { chooseSource } = await sources();
      await deploy(await chooseSource(context.extensionUri));
    }),
  );
  disposables.add(
    registerCommand(context, 'deploySample', title, async () => {
      const { bundledSource } = await sources();
      await deploy(await bundledSource(context.extensionUri));
    }),
  );
  disposables.add(
    registerCommand(context, 'redeploy', title, async (argument) =>
      deploy(await sourceOf(context, argument)),
    ),
  );
  const notPlanned = vscode.l10n.t('The changes cannot be told');
  disposables.add(
    registerCommand(context, 'previewChanges', notPlanned, async (argument) => {
      const { chooseSource } = await sources();
      const source =
        argument === undefined ? await chooseSource(context.extensionUri) : await sourceOf(context, argument);
      if (source) await previewSource(context, { diagnostics, previews }, source);
    }),
  );
  return disposables;
}

/** The files of the lab that a row or the user names; says so when no open folder has them. */
async function sourceOf(context: FeatureContext, argument: unknown): Promise<LabSource | undefined> {
  const lab = await pickLab(context, argument);
  if (!lab) return undefined;
  const { explainNoSource, sourceOfLab } = await sources();
  const source = await sourceOfLab(context.extensionUri, lab.info.name);
  if (!source) await explainNoSource(lab.info.name);
  return source;
}

/** Files of a workspace are read when something is deployed, not when the extension starts. */
const sources = () => import('./choose-source');

async function deploySource(
  context: FeatureContext,
  { diagnostics, previews }: Shown,
  source: LabSource,
): Promise<void> {
  diagnostics.show(source.root, []);
  const files = await withOverrides(source);
  const name = await clusterName(files);
  await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  try {
    let started = Date.now();
    /** The time a person takes to answer is none of the deployment. */
    const answered = async (question: Promise<boolean>): Promise<boolean> => {
      const answer = await question;
      started = Date.now();
      return answer;
    };
    const result = await runOperation(context, {
      lab: name,
      title: vscode.l10n.t('Deploying lab {0}', name),
      cancellable: true,
      run: async (control) =>
        (await context.source.get()).deploy(files, {
          ...control,
          confirmLoss: async (losses) => answered(agreesToLoss(name, losses)),
          confirmChange: async (plan) => answered(previews.agreed(plan)),
        }),
    });
    diagnostics.show(source.root, result.findings);
    logFindings(context, result.findings);
    announce(result, Date.now() - started);
  } catch (error) {
    await explain(context, diagnostics, { source, name }, error);
  }
}

/** Each finding once, gravest first; the notes, which are many and want nothing done, in one line. */
function logFindings({ log }: FeatureContext, findings: readonly Finding[]): void {
  const { grave, notes } = sortFindings(findings);
  for (const { file, range, severity, code, message } of grave) {
    const text = `${file}:${range.start.line + 1}: ${code} ${message}`;
    if (severity === 'error') log.error(text);
    else log.warn(text);
  }
  const note = notesLine(notes, vscode.l10n);
  if (note !== '') log.info(note);
}

/** Where a deployment's findings and plan are shown. */
interface Shown {
  readonly diagnostics: DeployDiagnostics;
  readonly previews: Previews;
}

/** Preview Changes: what deploying the files would do to a lab. */
async function previewSource(
  context: FeatureContext,
  { diagnostics, previews }: Shown,
  source: LabSource,
): Promise<void> {
  const files = await withOverrides(source);
  const name = await clusterName(files);
  try {
    const preview = await previews.of(name, files);
    diagnostics.show(source.root, preview.findings);
    await previews.show(preview);
  } catch (error) {
    await explain(context, diagnostics, { source, name }, error);
  }
}

/** Asks before data of a lab is destroyed. */
async function agreesToLoss(lab: string, losses: readonly DataLoss[]): Promise<boolean> {
  const all = losesCluster(losses);
  const proceed = all ? vscode.l10n.t('Make It Anew') : vscode.l10n.t('Deploy All the Same');
  const reasons = losses.map(({ target, cause }) => `${target}: ${translate(cause, vscode.l10n)}`).join('\n');
  const detail = all ? vscode.l10n.t('No node can keep its own data:') : vscode.l10n.t('What goes:');
  const answer = await vscode.window.showWarningMessage(
    all
      ? vscode.l10n.t('All data of lab {0} would be lost. Deploy all the same?', lab)
      : vscode.l10n.t('Data of lab {0} would be lost. Deploy all the same?', lab),
    { modal: true, detail: `${detail}\n${reasons}` },
    proceed,
  );
  return answer === proceed;
}

async function withOverrides(source: LabSource): Promise<WorkspaceFiles> {
  const text = textOf(source.files, CLUSTER_FILE);
  if (text === undefined) return source.files;
  const overrides = labOverrides(vscode.workspace.getConfiguration('gitlabHaLab', source.root));
  return new Map([...source.files, [CLUSTER_FILE, await overrideCluster(text, overrides)]]);
}

/** The name the lab will have; the file's name stands in while the cluster cannot be read. */
async function clusterName(files: WorkspaceFiles): Promise<string> {
  const { readClusterYaml } = await import('../../cluster/cluster-yaml');
  return readClusterYaml(textOf(files, CLUSTER_FILE) ?? '').cluster?.name ?? CLUSTER_FILE;
}

function announce(result: DeployResult, milliseconds: number): void {
  const { name } = result.lab;
  const text = result.unchanged
    ? vscode.l10n.t('Lab {0} was up to date and is healthy.', name)
    : vscode.l10n.t('Lab {0} is healthy after {1} s.', name, seconds(milliseconds));
  const actions = new Map([
    [vscode.l10n.t('Open Terminals'), 'openAllTerminals'],
    [vscode.l10n.t('Open in Browser'), 'openInBrowser'],
  ]);
  void vscode.window.showInformationMessage(text, ...actions.keys()).then((choice) => {
    const command = choice === undefined ? undefined : actions.get(choice);
    if (command) void vscode.commands.executeCommand(commandId(command), { kind: 'lab', lab: name });
  });
}

async function explain(
  context: FeatureContext,
  diagnostics: DeployDiagnostics,
  { source, name }: { readonly source: LabSource; readonly name: string },
  error: unknown,
): Promise<void> {
  // Who said no knows it, and nothing was done.
  if (error instanceof LabError && error.code === 'not-confirmed') return;
  const findings = error instanceof LabError ? (error.details.findings ?? []) : [];
  if (findings.length === 0) {
    const kept = error instanceof LabError ? error.details.recordings : undefined;
    const seen = recordingsText(kept, vscode.l10n);
    if (seen !== undefined) {
      context.log.info(seen);
      void vscode.window.showInformationMessage(`${name}: ${seen}`);
    }
    if (!isCancelled(error)) throw error;
    const reached = error instanceof LabError ? error.details.reached : undefined;
    const text = cancelledText(name, reached, vscode.l10n);
    context.log.info(text);
    void vscode.window.showInformationMessage(text);
    return;
  }
  diagnostics.show(source.root, findings);
  logFindings(context, findings);
  context.log.error(vscode.l10n.t('Nothing was created.'));
  const errors = findings.filter((finding) => finding.severity === 'error');
  const show = vscode.l10n.t('Show Problems');
  const first = errors[0]?.message ?? '';
  const text =
    errors.length === 1
      ? vscode.l10n.t('Nothing was created: there is an error in the configuration. {0}', first)
      : vscode.l10n.t(
          'Nothing was created: there are {0} errors in the configuration. {1}',
          errors.length,
          first,
        );
  void vscode.window.showErrorMessage(text, show).then((choice) => {
    if (choice === show) void vscode.commands.executeCommand('workbench.actions.view.problems');
  });
  await openFirst(source, errors[0]);
}

/** Takes the user to the first mistake; the bundled sample is not theirs to edit. */
async function openFirst(source: LabSource, finding: Finding | undefined): Promise<void> {
  if (!finding || source.bundled || !source.files.has(finding.file)) return;
  const { start } = finding.range;
  const position = new vscode.Position(start.line, start.character);
  const uri = vscode.Uri.joinPath(source.root, finding.file);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
}
