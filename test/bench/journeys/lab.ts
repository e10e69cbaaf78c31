import type { LabInfo, LabService } from '../../../src/lab/lab-service';
import type { ExecOptions, NodeTransport } from '../../../src/transport/transport';
import { clusterUrl, nameInGateway } from '../gateway-client';
import type { ClientTask } from './client';

const STORE = 'object-storage';
const PORT = 9000;

/** Makes a project that all use, and finds out what a client must know. @param run begin of all that is written */
export async function prepareJourneys(labs: LabService, lab: LabInfo, run: string): Promise<ClientTask> {
  const node = await labs.transport(lab.name, lab.cluster.nodes[0]?.name ?? '');
  const [token, key, secret, ca] = await Promise.all([
    output(node, ['/opt/gitlab/lab/secret', 'rootToken']),
    output(node, ['/opt/gitlab/lab/secret', 'objectStoreKey']),
    output(node, ['/opt/gitlab/lab/secret', 'objectStoreSecret']),
    output(node, ['cat', '/etc/gitlab/trusted-certs/lab-ca.crt']),
  ]);
  const gateway = await labs.transport(lab.name, 'gateway');
  const store = lab.cluster.outside?.find(({ name }) => name === STORE);
  if (!store) throw new Error('the lab has no object store');
  const { vip, domain } = lab.cluster;
  await nameInGateway(gateway, [store, { name: domain, address: vip }]);
  const url = clusterUrl(lab);
  const headers = ['-H', 'Content-Type: application/json'];
  // Names are verified by the client itself. The token comes by standard input: arguments are for all to read.
  const asked = ['curl', '-sSk', '-m', '20', '-K', '-', ...headers, `${url}/api/v4/projects`];
  const secretly = { input: `header = "PRIVATE-TOKEN: ${token}"\n` };
  const made = await output(gateway, [...asked, '-d', JSON.stringify({ name: run })], secretly);
  const { id, path_with_namespace: path } = JSON.parse(made) as { id: number; path_with_namespace: string };
  const bucket = { host: `${STORE}:${PORT}`, bucket: 'gitlab-uploads', key, secret };
  return { run, url, host: vip, token, ca, project: id, path, store: bucket };
}

/** What a command printed. @throws Error when it failed */
export async function output(
  transport: NodeTransport,
  command: readonly string[],
  options: ExecOptions = {},
): Promise<string> {
  const { exitCode, stdout, stderr } = await transport.exec(command, options);
  if (exitCode === 0) return stdout.trim();
  throw new Error(`${command[0]} on ${transport.node}: ${exitCode} ${stderr.trim()}`);
}
