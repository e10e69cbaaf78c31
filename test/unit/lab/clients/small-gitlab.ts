import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Authority } from '../../../../src/lab/certificates/authority';
import type { SignIn } from '../../../../src/lab/clients/sign-in';

const authority = new Authority('c3'.repeat(32), 'sample');

export const SIGN_IN: SignIn = {
  user: 'root',
  password: 'rather long',
  token: 'glpat-0123456789abcdef',
  authority: authority.certificate,
  hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL/MHMoY2gT8thJ3Y5T0S5oQs26eeCnM9rIs3OJW6Q09',
};

/** A server on 127.0.0.1 with a lab's certificate: some calls of the API, and repositories in git's oldest protocol. */
export class SmallGitLab {
  readonly keys: unknown[] = [];
  projects: readonly string[] = ['root/demo'];
  /** What it says to every call of the API instead. */
  trouble: { readonly status: number; readonly text: string } | undefined;
  private readonly server;

  /** @param repositories a folder with `root/demo.git` and others */
  constructor(private readonly repositories = '/nowhere') {
    const at = Date.UTC(2026, 10, 29);
    const { certificate, key } = authority.issue({
      id: 'vip',
      names: ['gitlab.example.com', '127.0.0.1'],
      at,
    });
    this.server = createServer({ cert: certificate, key }, (request, response) => {
      this.answer(request, response).catch(() => response.writeHead(404).end());
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://127.0.0.1');
    if (!pathname.startsWith('/api/v4/')) return this.repository(request, response, pathname);
    if (this.trouble) return void response.writeHead(this.trouble.status).end(this.trouble.text);
    if (request.headers['private-token'] !== SIGN_IN.token) return void response.writeHead(401).end('{}');
    if (pathname === '/api/v4/projects') {
      const rows = this.projects.map((path) => ({ path_with_namespace: path }));
      const [size, page] = [
        Number(searchParams.get('per_page') ?? 20),
        Number(searchParams.get('page') ?? 1),
      ];
      response.end(JSON.stringify(rows.slice((page - 1) * size, page * size)));
      return;
    }
    const [, one] = /^\/api\/v4\/projects\/([^/]+)$/.exec(pathname) ?? [];
    if (one !== undefined) {
      const path = decodeURIComponent(one);
      const found = this.projects.includes(path);
      response.writeHead(found ? 200 : 404).end(JSON.stringify(found ? { path_with_namespace: path } : {}));
      return;
    }
    let text = '';
    for await (const part of request) text += String(part);
    this.keys.push(JSON.parse(text));
    response.writeHead(201).end('{}');
  }

  private async repository(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const given = Buffer.from(
      (request.headers.authorization ?? '').replace('Basic ', ''),
      'base64',
    ).toString();
    if (given !== `${SIGN_IN.user}:${SIGN_IN.token}`) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="GitLab"' }).end();
      return;
    }
    response.end(await readFile(join(this.repositories, path)));
  }
}
