import { cloneCommand, commandLine } from '../../lab/clients/clone-command';
import type { LabClient } from '../../lab/clients/lab-client';
import type { Style } from './style';
import { table } from './table';

/** What a program needs to use the lab's GitLab; docs/cli.md documents the fields. */
export interface LoginJson {
  readonly url: string;
  /** Base of the repositories' URLs; null where the lab publishes no SSH. */
  readonly sshUrl: string | null;
  readonly user: string;
  /** Secret. */
  readonly token: string;
  /** The authority's certificate, a file; null where the lab has none. */
  readonly caFile: string | null;
}

/** The same for programs. */
export function loginJson({ url, sshUrl, user, token, caFile }: LabClient): LoginJson {
  return { url, sshUrl: sshUrl ?? null, user, token, caFile: caFile ?? null };
}

/** Where the lab's GitLab is, whom to sign in as, and how to clone. @param command how this program is called */
export function renderLogin(lab: string, client: LabClient, style: Style, command: string): string {
  const { l10n } = style;
  const { url, sshUrl, user, password, token, caFile } = client;
  const rows = [
    ['URL', url],
    ['SSH', sshUrl],
    [l10n.t('User'), user],
    [l10n.t('Password'), password],
    ['Token', token],
    [l10n.t('CA certificate'), caFile],
  ].flatMap(([label, value]) => (label !== undefined && value !== undefined ? [[label, value]] : []));
  const git = commandLine(cloneCommand(client, { project: `${user}/PROJECT`, over: 'http' }));
  const trust = caFile === undefined ? [] : ['--cacert', caFile];
  const asked = ['-H', `PRIVATE-TOKEN: ${token}`, '-d', 'name=PROJECT', `${url}/api/v4/projects`];
  const make = commandLine(['curl', ...trust, ...asked]);
  return [
    l10n.t('The GitLab of lab {0}, a stand-in:', lab),
    '',
    table(rows),
    '',
    l10n.t('Make a project:'),
    `  ${make}`,
    '',
    l10n.t('Clone a repository:'),
    `  ${command} clone PROJECT --name ${lab}`,
    ...(sshUrl === undefined ? [] : [`  ${command} clone --ssh PROJECT --name ${lab}`]),
    `  ${git}`,
  ].join('\n');
}
