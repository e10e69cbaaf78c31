import { listed } from '../../words/message';
import type { ClusterState } from '../../observe/state';
import { logFile } from '../../services/core/live/layout';
import type { Layout } from '../../services/core/live/layout';
import type { NodeTransport } from '../../transport/transport';
import { LabError } from '../lab-error';

const SERVICES = 6;
/** Lines that are looked through for complaints: a program that starts over and over fills its log with others. */
const SEARCHED = 400;
const COMPLAINTS = 6;
const LAST = 8;

/** Words of programs for what went wrong. They only choose what of a log is shown; nothing is decided by them. */
const COMPLAINT =
  /\b(?:fatal|panic|error|critical|emerg|alert|invalid|failed|refused|denied|could not|cannot|can't|unable|in use|no space)\b/i;
/** What differs between two tellings of the same: times, process ids, counters. */
const VARIES = /[\d:.,T_-]*\d/g;

/**
 * What the logs of the services that are not well say, so that the log of a deployment says why it failed.
 * @param log receives the lines
 */
export async function logExcerpts(
  state: ClusterState,
  layout: Layout,
  transport: (node: string) => Promise<NodeTransport>,
  log: (line: string) => void,
): Promise<void> {
  const ill = state.nodes
    .flatMap((node) => node.services.map((service) => ({ node: node.name, ...service })))
    .filter((service) => service.health !== 'ok')
    .slice(0, SERVICES);
  for (const { node, service, detail } of ill) {
    log(`health: ${node} ${service}: ${detail.toString()}`);
    const lines = await lastLines(transport, node, logFile(layout, service));
    for (const line of excerptOf(lines)) log(`health: | ${line}`);
  }
}

/** The error, with what the log of the service it is about says; the same where it is about none. */
export async function withLastWords(
  error: LabError,
  layout: Layout,
  transport: (node: string) => Promise<NodeTransport>,
): Promise<LabError> {
  const { code, said, advice, details } = error;
  const { restarting } = details;
  if (restarting === undefined) return error;
  const { node, service } = restarting;
  const lines = excerptOf(await lastLines(transport, node, logFile(layout, service)));
  if (lines.length === 0) return error;
  return new LabError(code, listed([said, lines.join('\n')], '\n'), advice, details);
}

/**
 * The lines of a log that say most about a failure: the newest complaints, each once, then its end. Pure.
 * @param lines in the order they were written
 */
export function excerptOf(lines: readonly string[]): readonly string[] {
  const end = lines.slice(-LAST);
  const seen = new Set(end.map(sameness));
  const complaints: string[] = [];
  for (const line of [...lines.slice(0, -LAST)].reverse()) {
    if (complaints.length === COMPLAINTS) break;
    if (!COMPLAINT.test(line) || seen.has(sameness(line))) continue;
    seen.add(sameness(line));
    complaints.unshift(line);
  }
  return [...complaints, ...end];
}

function sameness(line: string): string {
  return line.replace(VARIES, '#');
}

async function lastLines(
  transport: (node: string) => Promise<NodeTransport>,
  node: string,
  file: string,
): Promise<readonly string[]> {
  try {
    const reach = await transport(node);
    const signal = AbortSignal.timeout(5_000);
    const { stdout } = await reach.exec(['tail', '-n', String(SEARCHED), file], { signal });
    return stdout.split('\n').filter((line) => line !== '');
  } catch (error) {
    return [`its log cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}
