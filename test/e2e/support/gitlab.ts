import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { cli } from './cli';
import type { Session } from './session';

/** A write waits for a Gitaly that is gone for some ten seconds. */
const ANSWERED_WITHIN_MS = 30_000;

/** What `gitlab-ha login --json` says. */
interface Login {
  readonly url: string;
  readonly token: string;
  readonly caFile: string;
}

/** A project of the lab's GitLab that a test writes to. */
export interface Project {
  /** Adds a file to the default branch. @throws Error with the server's answer when it is not acknowledged */
  readonly add: (file: string) => Promise<void>;
}

/** Makes a project by way of the API, as a script of a person's would. */
export async function makeProject(session: Session, lab: string, name: string): Promise<Project> {
  const login = JSON.parse(await cli(session, 'login', '--json', '--name', lab)) as Login;
  await post(login, '/projects', { name });
  const commits = `/projects/${encodeURIComponent(`root/${name}`)}/repository/commits`;
  return {
    add: (file) =>
      post(login, commits, {
        branch: 'main',
        commit_message: `Add ${file}`,
        actions: [{ action: 'create', file_path: file, content: `${file} of ${name}\n` }],
      }),
  };
}

function post({ url, token, caFile }: Login, path: string, given: object): Promise<void> {
  const headers = { 'PRIVATE-TOKEN': token, 'Content-Type': 'application/json' };
  return new Promise((resolve, reject) => {
    const asked = request(
      `${url}/api/v4${path}`,
      { method: 'POST', headers, ca: readFileSync(caFile), timeout: ANSWERED_WITHIN_MS },
      (answer) => {
        let text = '';
        answer.on('data', (part: Buffer) => (text += part.toString()));
        answer.on('end', () => {
          if (answer.statusCode === 201) resolve();
          else reject(new Error(`${path} answers ${answer.statusCode}: ${text}`));
        });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error(`${path}: no answer`)));
    asked.on('error', reject);
    asked.end(JSON.stringify(given));
  });
}
