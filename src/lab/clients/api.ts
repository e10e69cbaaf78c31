import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { say } from '../../words/message';
import { LabError } from '../lab-error';
import type { LabClient } from './lab-client';

/** A connection, and each answer, may take so long. What is refused meanwhile, as in a failover, is not asked again. */
const PATIENCE_MS = 15_000;
/** GitLab's own limit for a page of a list. */
const PAGE = 100;

interface Answer {
  readonly status: number;
  readonly text: string;
}

type Reached = Pick<LabClient, 'url' | 'token' | 'authority'>;

/**
 * The projects of a lab's GitLab.
 * @returns paths such as `root/demo`, as the API lists them
 * @throws LabError `no-answer` when it does not answer, or not as expected
 */
export async function listProjects(client: Reached): Promise<readonly string[]> {
  const paths: string[] = [];
  for (let page = 1; ; page++) {
    const answer = await ask(client, 'GET', `/projects?per_page=${PAGE}&page=${page}`);
    const rows = bodyOf(client, answer, 200);
    if (!Array.isArray(rows)) throw unexpected(client, answer);
    paths.push(...rows.flatMap(pathOf));
    if (rows.length < PAGE) return paths;
  }
}

function pathOf(row: unknown): readonly string[] {
  const path = (row as { readonly path_with_namespace?: unknown } | null)?.path_with_namespace;
  return typeof path === 'string' ? [path] : [];
}

/**
 * Whether a project is there for the owner of the token.
 * @param path such as `root/demo`
 * @throws LabError `no-answer` when GitLab does not answer, or not as expected
 */
export async function hasProject(client: Reached, path: string): Promise<boolean> {
  const answer = await ask(client, 'GET', `/projects/${encodeURIComponent(path)}`);
  if (answer.status === 404) return false;
  bodyOf(client, answer, 200);
  return true;
}

/**
 * Lets the owner of the token in with an SSH key; one that is known already stays.
 * @throws LabError `no-answer`
 */
export async function addKey(client: Reached, title: string, key: string): Promise<void> {
  bodyOf(client, await ask(client, 'POST', '/user/keys', { title, key }), 201);
}

function ask(client: Reached, method: string, path: string, given?: object): Promise<Answer> {
  const url = new URL(`${client.url}/api/v4${path}`);
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const trust = client.authority === '' ? {} : { ca: client.authority };
  const headers = { 'PRIVATE-TOKEN': client.token, 'Content-Type': 'application/json' };
  const options = { method, headers, timeout: PATIENCE_MS, ...trust };
  return new Promise<Answer>((resolve, reject) => {
    const fail = (error: Error): void => reject(silent(client, error));
    const request = start(url, options, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', fail);
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${PATIENCE_MS / 1000} s`)));
    request.on('error', fail);
    request.end(given === undefined ? undefined : JSON.stringify(given));
  });
}

function bodyOf(client: Reached, answer: Answer, status: number): unknown {
  if (answer.status !== status) throw unexpected(client, answer);
  try {
    return JSON.parse(answer.text);
  } catch {
    throw unexpected(client, answer);
  }
}

function silent({ url }: Reached, error: Error): LabError {
  return new LabError('no-answer', say('GitLab at {0} does not answer: {1}', url, error.message), REMEDY, {
    cause: error,
  });
}

function unexpected({ url }: Reached, { status, text }: Answer): LabError {
  const said = text.slice(0, 200).trim();
  return new LabError('no-answer', say('GitLab at {0} answers {1}: {2}', url, status, said), REMEDY);
}

const REMEDY = say('See which service is not well: gitlab-ha status');
