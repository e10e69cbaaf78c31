import { shellWord } from '../../services/core/notation/quote';
import type { LabClient } from './lab-client';
import { CLIENT_FILES, inGitsWords } from './git-files';

export interface CloneRequest {
  /** As in `root/demo`. */
  readonly project: string;
  readonly over: 'http' | 'ssh';
  /** Folder to make; git chooses one when absent. */
  readonly directory?: string;
}

/**
 * The words of the stock git client that clone a repository of the lab. The clone includes what the lab's folder says, so
 * later pushes and pulls find the way too.
 * @throws RangeError for SSH where the lab publishes none
 */
export function cloneCommand(client: LabClient, request: CloneRequest): readonly string[] {
  const { project, over, directory } = request;
  const base = over === 'http' ? client.url : client.sshUrl;
  if (base === undefined) throw new RangeError('the lab publishes no SSH');
  const config = inGitsWords(client.folder, over === 'http' ? CLIENT_FILES.overHttp : CLIENT_FILES.overSsh);
  const target = directory === undefined ? [] : [directory];
  return ['git', 'clone', '-c', `include.path=${config}`, '--', `${base}/${project}.git`, ...target];
}

/** A project's path as people write it, made whole: `demo` and `root/demo.git` are `root/demo`. */
export function projectPath(text: string, user: string): string {
  const path = text.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return path.includes('/') ? path : `${user}/${path}`;
}

/**
 * A command line that bash, zsh, fish, PowerShell and cmd read alike. A word in which some of them would put something else
 * for a part is quoted in the way that cmd alone does not know.
 */
export function commandLine(words: readonly string[]): string {
  return words.map(quotedWord).join(' ');
}

function quotedWord(word: string): string {
  if (PLAIN.test(word)) return word;
  return EXPANDED.test(word) ? shellWord(word) : `"${word}"`;
}

const PLAIN = /^[\w@%+=:,./~\\-]+$/;
/** Within double quotes: variables, commands, history, and the quote itself. */
const EXPANDED = /[$`!"]/;
