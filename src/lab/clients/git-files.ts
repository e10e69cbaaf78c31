import { posix } from 'node:path';
import { directoryName } from '../certificates/directory-name';
import { shellWord } from '../../services/core/notation/quote';
import type { Entrance } from './entrance';
import type { SignIn } from './sign-in';

/** A file for the lab's clients on this machine; only its user may read it. */
export interface ClientFile {
  /** By the lab's folder, with slashes. */
  readonly name: string;
  readonly content: string;
}

/** Names of the files within the lab's folder. */
export const CLIENT_FILES = {
  authority: 'ca.crt',
  /** A folder with nothing else in it than the authority. */
  trusted: 'trusted',
  credentials: 'credentials',
  overHttp: 'http.gitconfig',
  overSsh: 'ssh.gitconfig',
  key: 'id_ed25519',
  knownHosts: 'known_hosts',
} as const;

/**
 * What git needs to reach the lab: the authority it trusts, the token in a file of its own, and both named in a piece of
 * configuration that a clone includes. So no secret is in a command line, a URL or the clone.
 * @param folder where they will lie, absolute
 */
export function gitFiles(folder: string, entrance: Entrance, signIn: SignIn): readonly ClientFile[] {
  const at = (name: string): string => inGitsWords(folder, name);
  const { url, sshUrl } = entrance;
  const helper = `store --file ${shellWord(at(CLIENT_FILES.credentials))}`;
  const http = [
    `[http ${quoted(url)}]`,
    ...trust(at, signIn),
    `[credential ${quoted(url)}]`,
    `\tusername = ${quoted(signIn.user)}`,
    // The empty one takes away those of the user, which would ask, or keep what dies with the lab.
    '\thelper =',
    `\thelper = ${quoted(helper)}`,
  ];
  const files = [
    { name: CLIENT_FILES.credentials, content: `${withUser(url, signIn)}\n` },
    { name: CLIENT_FILES.overHttp, content: `${http.join('\n')}\n` },
    ...authorityFiles(signIn),
  ];
  return sshUrl === undefined ? files : [...files, ...sshFiles(at, sshUrl, signIn)];
}

function trust(at: (name: string) => string, { authority }: SignIn): readonly string[] {
  if (authority === '') return [];
  return [
    `\tsslCAInfo = ${quoted(at(CLIENT_FILES.authority))}`,
    // Counts besides: where GIT_SSL_CAINFO is set, which is stronger than sslCAInfo, git would not trust the lab.
    `\tsslCAPath = ${quoted(at(CLIENT_FILES.trusted))}`,
    // Windows' own TLS looks at sslCAInfo only when told to, and asks for lists of revoked certificates, which a lab has not.
    '\tschannelUseSSLCAInfo = true',
    '\tschannelCheckRevoke = false',
  ];
}

function authorityFiles({ authority }: SignIn): readonly ClientFile[] {
  if (authority === '') return [];
  const content = `${authority.trimEnd()}\n`;
  const inFolder = `${CLIENT_FILES.trusted}/${directoryName(authority)}`;
  return [CLIENT_FILES.authority, inFolder].map((name) => ({ name, content }));
}

function sshFiles(at: (name: string) => string, sshUrl: string, { hostKey }: SignIn): readonly ClientFile[] {
  const { hostname, port } = new URL(sshUrl);
  const ssh = [
    'ssh',
    '-i',
    shellWord(at(CLIENT_FILES.key)),
    '-o IdentitiesOnly=yes',
    '-o StrictHostKeyChecking=yes',
    `-o ${shellWord(`UserKnownHostsFile="${at(CLIENT_FILES.knownHosts)}"`)}`,
  ].join(' ');
  return [
    { name: CLIENT_FILES.knownHosts, content: `[${hostname}]:${port || '22'} ${hostKey}\n` },
    { name: CLIENT_FILES.overSsh, content: `[core]\n\tsshCommand = ${quoted(ssh)}\n` },
  ];
}

/** A path as git's configuration and its shell take it on every system: with slashes. */
export function inGitsWords(folder: string, name: string): string {
  return posix.join(folder.replaceAll('\\', '/'), name);
}

function withUser(url: string, { user, token }: SignIn): string {
  return url.replace('://', `://${encodeURIComponent(user)}:${encodeURIComponent(token)}@`);
}

/** A value in a file of git's configuration. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
