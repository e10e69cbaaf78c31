import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type Docker from 'dockerode';
import { fault } from '../../src/drills/faults/fault';
import { healFault, injectFault } from '../../src/drills/faults/inject';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabInfo, LabService } from '../../src/lab/lab-service';
import type { Event } from '../../src/observe/event';
import type { Observer } from '../../src/observe/observer';
import type { ServiceState } from '../../src/observe/state';
import { wholeness } from '../../src/observe/wholeness';
import { ROOT, temporaryFolder, testDocker, uniqueName, until } from './support/engine';
import { remainsOf } from './support/remains';
import { sampleWorkspace } from './support/sample';

const NAME = uniqueName('objects');
const STORE = 'object-storage';
const CA = '/etc/gitlab/trusted-certs/lab-ca.crt';
const HEAL_MS = 90_000;
let docker: Docker;
let labs: LabService;
let lab: LabInfo;
let observer: Observer;
let folder: { path: string; remove(): Promise<void> };
const events: Event[] = [];

/** Only this layer: three nodes on which nothing runs, and the store beside them. */
const workspace = (change?: (path: string, text: string) => string): ReturnType<typeof sampleWorkspace> =>
  sampleWorkspace(NAME, change, ['objects']);

beforeAll(async () => {
  folder = await temporaryFolder();
  docker = await testDocker();
  labs = createLabService({ root: ROOT, stateDir: folder.path });
  lab = (await labs.deploy(await workspace())).lab;
  observer = await labs.observe(lab);
  observer.onState(() => undefined);
  observer.onEvent((event) => events.push(event));
}, 400_000);

afterAll(async () => {
  await observer?.dispose();
  await labs.destroy(NAME);
  await folder.remove();
}, 120_000);

/** A program in the store's machine, as in a terminal there. @returns what it printed */
async function inStore(...command: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await (await labs.transport(NAME, STORE)).exec([...command]);
  return exitCode === 0 ? stdout : `${stdout}${stderr}`;
}

const shell = (script: string): Promise<string> => inStore('bash', '-c', script);

function store(): ServiceState {
  const machine = observer.state.nodes.find(({ name }) => name === STORE);
  const found = machine?.services.find(({ service }) => service === STORE);
  if (!found) throw new Error('the store is not among the machines');
  return found;
}

const whole = (): Promise<void> =>
  until('the lab is whole', () => wholeness(observer.state, lab.cluster).length === 0, HEAL_MS);

const told = (kind: string): readonly string[] =>
  events.filter((event) => event.kind === kind).map(({ text }) => text.toString());

describe('an object store outside the nodes', () => {
  it('is a machine of the lab with an address, a version and what it says of itself', async () => {
    await whole();
    expect(lab.cluster.outside).toEqual([
      { name: STORE, address: expect.stringMatching(/^172\.30\.\d+\.240$/) as string },
    ]);
    expect(lab.containers.map(({ node, role }) => `${node} ${role}`)).toEqual([
      'node1 node',
      'node2 node',
      'node3 node',
      `${STORE} service`,
      'gateway gateway',
    ]);
    expect(lab.versions['swift']).toMatch(/^2\.3\d/);
    expect(store()).toMatchObject({ health: 'ok', process: 'up', detail: 'keeps what is written' });
  });

  it('publishes no port, and says nothing secret of itself', async () => {
    const key = await shell("sed -n 's/^secret_key = //p' /root/.s3cfg");
    expect(key.trim()).toMatch(/^[0-9a-f]{48}$/);
    const inspected = await docker.getContainer(`${NAME}-${STORE}`).inspect();
    expect(inspected.HostConfig.PortBindings).toEqual({});
    expect(JSON.stringify(inspected)).not.toContain(key.trim());
    const log = await docker.getContainer(`${NAME}-${STORE}`).logs({ stdout: true, stderr: true });
    expect(log.toString('latin1')).not.toContain(key.trim());
  });

  it('has the buckets that GitLab needs', async () => {
    const listed = await inStore('s3cmd', 'ls');
    expect(listed.match(/s3:\/\/\S+/g)?.sort()).toEqual([
      's3://gitlab-artifacts',
      's3://gitlab-backups',
      's3://gitlab-dependency-proxy',
      's3://gitlab-external-diffs',
      's3://gitlab-lfs',
      's3://gitlab-packages',
      's3://gitlab-registry',
      's3://gitlab-terraform-state',
      's3://gitlab-uploads',
    ]);
  });

  it('keeps what a stock client writes, small and in pieces, and forgets what it removes', async () => {
    const said = await shell(`
      cd /tmp && echo hello >small && head -c 12000000 /dev/urandom >large
      s3cmd -q put small s3://gitlab-uploads/a/small
      s3cmd -q --multipart-chunk-size-mb=5 put large s3://gitlab-artifacts/large
      s3cmd -q --force get s3://gitlab-uploads/a/small got && cmp small got && echo small is back
      s3cmd -q --force get s3://gitlab-artifacts/large got && cmp large got && echo large is back
      s3cmd -q del s3://gitlab-uploads/a/small && s3cmd ls -r s3://gitlab-uploads | wc -l`);
    expect(said.trim().split('\n')).toEqual(['small is back', 'large is back', '0']);
  });

  it.each([
    ['a wrong secret', 's3cmd --secret_key=wrong ls', /403 \(SignatureDoesNotMatch\)/],
    ['an unknown key', 's3cmd --access_key=lab:nobody ls', /403 \(SignatureDoesNotMatch\)/],
    ['the lifecycle of a bucket, which it does not know', 's3cmd dellifecycle s3://gitlab-lfs', /501/],
  ])('refuses %s', async (_what, command, answer) => {
    expect(await shell(command)).toMatch(answer);
    expect(await inStore('s3cmd', 'ls')).toContain('s3://gitlab-lfs');
  });

  it('gives a backup an end, and other objects none', async () => {
    const ends = await shell(`
      echo x >/tmp/x; s3cmd -q put /tmp/x s3://gitlab-backups/x; s3cmd -q put /tmp/x s3://gitlab-lfs/x
      python3 - <<'PY'
from swift.common.internal_client import InternalClient
client = InternalClient('/etc/swift/internal-client.conf', 'test', 1)
for bucket in ('gitlab-backups', 'gitlab-lfs'):
    print(bucket, 'x-delete-at' in client.get_object_metadata('AUTH_lab', bucket, 'x'))
PY`);
    expect(ends.trim().split('\n')).toEqual(['gitlab-backups True', 'gitlab-lfs False']);
  });

  it('lets those in who have a signed address, as long as it is as it was signed', async () => {
    const ca = (await (await labs.transport(NAME, 'node1')).exec(['cat', CA])).stdout;
    const to = { ...(await credentials()), port: 9000, region: 'us-east-1' };
    const signed = presigned({ ...to, path: '/gitlab-backups/x' });
    expect(await get(signed, ca)).toEqual([200, 'x\n']);
    expect((await get(signed.replace('gitlab-backups', 'gitlab-lfs'), ca))[0]).toBe(403);
  });

  it('is found well by two who look at once, who leave nothing, and not well by one whose write is lost', async () => {
    const said = await shell(String.raw`
      cd /tmp && check=/opt/gitlab/lab/write-and-read
      (yes '' | head -25 | $check >one) & yes '' | head -25 | $check >two; wait
      sort one two | uniq -c | sed 's/^ *//'
      python3 - <<'PY'
from swift.common.internal_client import InternalClient
client = InternalClient('/etc/swift/internal-client.conf', 'test', 1)
# The observer's is there while it looks.
print('left', len(list(client.iter_objects('AUTH_check', 'lab-check'))))
PY
      sed "s/'PUT', WRITTEN, body/'PUT', WRITTEN + '-lost' * known, body/" $check >lossy
      yes '' | head -2 | python3 lossy`);
    expect(said.trim().split('\n')).toEqual([
      '50 kept',
      'left 1',
      'kept',
      'refused it reads back something else',
    ]);
  });

  it('fails alone when it is killed, and has all objects when it is back', async () => {
    events.length = 0;
    const killed = await injectFault({ lab, labs, observer, now: Date.now }, fault('kill-object-store'));
    await until('the loss shows', () => store().health === 'failed', HEAL_MS);
    expect(wholeness(observer.state, lab.cluster).map(String)).toEqual([`${STORE}: the node is stopped`]);
    await until('it is told', () => told('object-store-changed').length === 1, HEAL_MS);
    await healFault({ lab, labs, observer, now: Date.now }, killed);
    await whole();
    await until('its return is told', () => told('object-store-changed').length === 2, HEAL_MS);
    expect(told('object-store-changed')).toEqual([
      'The object store is gone: uploads, artifacts, LFS objects and packages cannot be read or written',
      'The object store is back: what is written is kept',
    ]);
    expect(await inStore('s3cmd', 'ls', 's3://gitlab-lfs/x')).toContain('s3://gitlab-lfs/x');
  });

  it('keeps its objects also when its container is made anew, and its credentials', async () => {
    const before = await inStore('cat', '/root/.s3cfg');
    await docker.getContainer(`${NAME}-${STORE}`).remove({ force: true });
    const { unchanged } = await labs.deploy(await workspace());
    expect(unchanged).toBe(false);
    expect(await inStore('cat', '/root/.s3cfg')).toBe(before);
    expect(await inStore('s3cmd', 'ls', 's3://gitlab-lfs/x')).toContain('s3://gitlab-lfs/x');
    expect((await labs.deploy(await workspace())).unchanged).toBe(true);
  });

  it('is at the port and in the region that the files name, also for the check of its health', async () => {
    const elsewhere = await workspace((_path, text) =>
      text
        .replace("'https://object-storage:9000'", "'https://object-storage:8080'")
        .replace("'us-east-1'", "'eu-west-3'"),
    );
    ({ lab } = await labs.deploy(elsewhere));
    await whole();
    await until(
      'objects are kept there',
      () => store().detail?.toString() === 'keeps what is written',
      HEAL_MS,
    );
    expect(
      await shell(
        'echo there >/tmp/y; s3cmd -q put /tmp/y s3://gitlab-backups/y && s3cmd ls s3://gitlab-backups',
      ),
    ).toContain('s3://gitlab-backups/y');
    const ca = (await (await labs.transport(NAME, 'node1')).exec(['cat', CA])).stdout;
    const to = { ...(await credentials()), path: '/gitlab-backups/y', port: 8080 };
    expect(await get(presigned({ ...to, region: 'eu-west-3' }), ca)).toEqual([200, 'there\n']);
    const [status, body] = await get(presigned({ ...to, region: 'us-east-1' }), ca);
    expect([status, body]).toEqual([400, expect.stringContaining('AuthorizationQueryParametersError')]);
    ({ lab } = await labs.deploy(await workspace()));
    await whole();
  });

  it('fails the deployment with the reason from its log when it does not start', async () => {
    await labs.node(NAME, STORE, 'stop');
    const broken = await tarOf(
      'var/opt/gitlab/object-storage-front/haproxy.cfg',
      'frontend s3\n    bund :9000\n',
    );
    await docker.getContainer(`${NAME}-${STORE}`).putArchive(broken, { path: '/' });
    await expect(labs.deploy(await workspace())).rejects.toMatchObject({
      code: 'not-healthy',
      message: expect.stringMatching(
        /^object-storage ended with code 1:\n(.*\n)*object-storage: it did not start: .*unknown keyword 'bund'/,
      ) as string,
    });
  });

  it('leaves nothing when the lab is removed', async () => {
    await observer.dispose();
    await labs.destroy(NAME);
    expect(await remainsOf(docker, NAME, folder.path)).toEqual([]);
  });
});

/** A tar file with one file in it. */
async function tarOf(name: string, content: string): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name }, content);
  archive.finalize();
  return buffer(archive);
}

interface Login {
  readonly address: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Of the owner of the buckets, with the address of the store's machine. */
async function credentials(): Promise<Login> {
  const said = await shell("sed -n 's/^\\(access\\|secret\\)_key = //p' /root/.s3cfg");
  const [accessKey = '', secretKey = ''] = said.trim().split('\n');
  return { address: lab.cluster.outside?.[0]?.address ?? '', accessKey, secretKey };
}

/** A signed address as GitLab hands them out (SigV4 in the query). */
function presigned(
  to: Login & { readonly path: string; readonly port: number; readonly region: string },
): string {
  const { address, path, accessKey, secretKey, port, region } = to;
  const now = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `${now.slice(0, 8)}/${region}/s3/aws4_request`;
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKey}/${scope}`,
    'X-Amz-Date': now,
    'X-Amz-Expires': '60',
    'X-Amz-SignedHeaders': 'host',
  }).toString();
  const canonical = `GET\n${path}\n${query}\nhost:${address}:${port}\n\nhost\nUNSIGNED-PAYLOAD`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const key = scope.split('/').reduce<Buffer>((by, part) => hmac(by, part), Buffer.from(`AWS4${secretKey}`));
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${now}\n${scope}\n${digest}`).toString('hex');
  return `https://${address}:${port}${path}?${query}&X-Amz-Signature=${signature}`;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** What is there, asked by a client that trusts the lab's authority only. */
function get(url: string, ca: string): Promise<readonly [number | undefined, string]> {
  return new Promise((resolve, reject) => {
    request(url, { ca }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (piece: string) => (body += piece));
      answer.once('end', () => resolve([answer.statusCode, body]));
    })
      .once('error', reject)
      .end();
  });
}
