import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { DockerContext, EndpointSources, TlsMaterial } from './endpoint';

/** Reads what the machine says about its Docker. Missing or unreadable files count as absent. */
export async function readEndpointSources(
  env: Readonly<Record<string, string | undefined>>,
): Promise<EndpointSources> {
  const home = env['HOME'] ?? homedir();
  const configDir = env['DOCKER_CONFIG'] ?? join(home, '.docker');
  const config = await readJson(join(configDir, 'config.json'));
  const certPath = env['DOCKER_CERT_PATH'];
  return {
    platform: process.platform,
    env,
    home,
    currentContext: stringAt(config, 'currentContext'),
    contexts: await readContexts(join(configDir, 'contexts')),
    envTls: certPath ? await readTls(certPath, Boolean(env['DOCKER_TLS_VERIFY'])) : undefined,
    uid: process.platform === 'win32' ? undefined : userInfo().uid,
  };
}

/** Contexts live in contexts/meta/<sha256 of name>/meta.json, their TLS files in contexts/tls/<same>/docker/. */
async function readContexts(dir: string): Promise<readonly DockerContext[]> {
  const folders = await readdir(join(dir, 'meta')).catch(() => []);
  const contexts = await Promise.all(
    folders.map(async (folder): Promise<DockerContext | undefined> => {
      const meta = await readJson(join(dir, 'meta', folder, 'meta.json'));
      const name = stringAt(meta, 'Name');
      const endpoint = at(at(meta, 'Endpoints'), 'docker');
      const host = stringAt(endpoint, 'Host');
      if (!name || !host) return undefined;
      const id = createHash('sha256').update(name).digest('hex');
      const tls = await readTls(join(dir, 'tls', id, 'docker'), at(endpoint, 'SkipTLSVerify') !== true);
      return { name, host, ...(tls ? { tls } : {}) };
    }),
  );
  return contexts.filter((context) => context !== undefined);
}

async function readTls(dir: string, verify: boolean): Promise<TlsMaterial | undefined> {
  const read = (name: string): Promise<string | undefined> =>
    readFile(join(dir, name), 'utf8').catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  if (!ca && !cert && !key) return undefined;
  return { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}), verify };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch {
    return undefined; // Absent, or not JSON: Docker's client would start from defaults as well.
  }
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function stringAt(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === 'string' ? found : undefined;
}
