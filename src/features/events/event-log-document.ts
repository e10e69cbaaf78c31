import * as vscode from 'vscode';
import { LabError } from '../../lab/lab-error';
import type { LabInfo, LabService } from '../../lab/lab-service';
import { profileOf } from '../../lab/profiles/profiles';
import type { Event } from '../../observe/event';
import { lineAt, linesAround, logText, parseTail } from '../../presentation/events/log-lines';
import type { LogLine } from '../../presentation/events/log-lines';
import { clockText, preciseClockText } from '../../presentation/words/time-text';
import { logFile } from '../../services/core/live/layout';
import { TransportError } from '../../transport/transport';
import type { FeatureContext } from '../common/feature-context';
import type { LabEvent } from '../labs/lab-store';
import type { LogScope } from './log-scope';
import { LOG_SCHEME } from './log-scheme';
import { logPath } from './log-texts';
import type { LogTexts } from './log-texts';

/** What is shown around the moment, milliseconds. */
const BEFORE_MS = 5_000;
const AFTER_MS = 10_000;
/** Lines read from the end of each log. */
const TAIL_LINES = 3_000;
/** What a node takes that can be asked at all; one that hangs is left out. */
const TAIL_LIMIT_MS = 5_000;

/** Opens the lines around an event. @param texts where the documents' texts are kept */
export async function showEventLog(
  context: FeatureContext,
  texts: LogTexts,
  { lab, event }: LabEvent,
): Promise<void> {
  const labs = await context.source.get();
  const info = await labs.get(lab);
  const running = info.containers.filter(({ role, state }) => role !== 'gateway' && state === 'running');
  const { logScope } = await import('./log-scope');
  const scope = logScope(
    event,
    running.map(({ node }) => node),
  );
  const lines = linesAround(await readLogs(labs, info, scope), {
    at: event.at,
    before: BEFORE_MS,
    after: AFTER_MS,
  });
  if (lines.length === 0) {
    void vscode.window.showInformationMessage(nothingSaid(event, scope));
    return;
  }
  await openText(
    texts,
    logPath(lab, documentName(event, scope)),
    logText(lines, preciseClockText),
    lineAt(lines, event.at),
  );
}

/** What the nodes' logs say; of a node that cannot be asked nothing. */
async function readLogs(
  labs: Pick<LabService, 'transport'>,
  lab: LabInfo,
  scope: LogScope,
): Promise<readonly LogLine[]> {
  const { layout } = profileOf(lab.cluster);
  const { servicesIn } = await import('./log-scope');
  const read = async (node: string): Promise<readonly LogLine[]> => {
    const files = servicesIn(scope, lab, node).map((service) => logFile(layout, service));
    if (files.length === 0) return [];
    try {
      const transport = await labs.transport(lab.name, node);
      const command = ['tail', '-v', '-n', String(TAIL_LINES), '--', ...files];
      const { stdout } = await transport.exec(command, { signal: AbortSignal.timeout(TAIL_LIMIT_MS) });
      return parseTail(stdout, node);
    } catch (error) {
      if (error instanceof TransportError || error instanceof LabError) return [];
      throw error;
    }
  };
  return (await Promise.all(scope.nodes.map(read))).flat();
}

async function openText(texts: LogTexts, path: string, text: string, line: number): Promise<void> {
  texts.keep(path, text);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: LOG_SCHEME, path }));
  const at = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(document, { preview: true, selection: new vscode.Range(at, at) });
}

function documentName(event: Event, { nodes, services }: LogScope): string {
  const what = services === 'all' ? '' : ` ${services.join(' ')}`;
  return `${nodes.join(' ')}${what} ${clockText(event.at).replaceAll(':', '-')}`;
}

function nothingSaid({ at }: Event, { nodes }: LogScope): string {
  return nodes.length === 0
    ? vscode.l10n.t('No node runs whose log could be read.')
    : vscode.l10n.t('The logs of {0} say nothing around {1}.', nodes.join(', '), clockText(at));
}
