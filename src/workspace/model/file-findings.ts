import { FILE_START, type Finding, type Severity } from '../../finding/finding';
import type { UnreadFile } from '../files/workspace-files';
import type { WorkspaceRuleId } from '../rules/workspace-rules';

/** A finding about a file as a whole, which may not even be there. */
export function atStart(
  code: WorkspaceRuleId,
  severity: Severity,
  file: string,
  message: string,
  remedy: string,
): Finding {
  return { code, severity, file, range: FILE_START, message, remedy };
}

const REMEDIES: Readonly<Record<UnreadFile['unread'], readonly [WorkspaceRuleId, string]>> = {
  'too-large': [
    'WSP008',
    'A configuration file has some hundred kilobytes at most: put the right one there.',
  ],
  'no-file': ['WSP007', 'Put the configuration file there.'],
  unreadable: ['WSP007', 'Let this user read it, or take it away.'],
  outside: ['WSP009', 'Copy the file into the workspace.'],
};

/** A file of a workspace that is there and was not read. */
export function unreadFinding(path: string, { unread, reason }: UnreadFile): Finding {
  const [code, remedy] = REMEDIES[unread];
  return atStart(code, 'error', path, `${path} ${reason}.`, remedy);
}
