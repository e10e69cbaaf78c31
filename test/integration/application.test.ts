import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabInfo, LabService } from '../../src/lab/lab-service';
import { ROOT, temporaryFolder, uniqueName } from './support/engine';
import { sampleWorkspace } from './support/sample';
import { withApplication } from './support/application';

const NAME = uniqueName('app');

let labs: LabService;
let lab: LabInfo;
let folder: { path: string; remove(): Promise<void> };

beforeAll(async () => {
  folder = await temporaryFolder();
  labs = createLabService({ root: ROOT, stateDir: folder.path });
  lab = (await labs.deploy(await sampleWorkspace(NAME, withApplication))).lab;
}, 420_000);

afterAll(async () => {
  await labs.destroy(NAME);
  await folder.remove();
}, 120_000);

/** What a client beside the cluster does; it knows the virtual address, the token and the password. */
const CLIENT = `
set -u
VIP=$1
TOKEN=$(/opt/gitlab/lab/secret rootToken)
PASSWORD=$(/opt/gitlab/lab/secret rootPassword)
SSH="ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -o LogLevel=ERROR"
export GIT_TERMINAL_PROMPT=0
api() { curl -sS -m 30 -H "PRIVATE-TOKEN: $TOKEN" -H 'Content-Type: application/json' "$@"; }
mkdir -p /tmp/client && cd /tmp/client
`;

/** A script on node2, in its own folder. @returns all it printed */
async function client(script: string): Promise<string> {
  const transport = await labs.transport(NAME, 'node2');
  const command = ['bash', '-c', `${CLIENT}${script}`, 'client', lab.cluster.vip];
  const { stdout, stderr } = await transport.exec(command);
  return `${stdout}${stderr}`.trim();
}

const json = async (script: string): Promise<unknown> => JSON.parse(await client(script));

describe('a GitLab behind the virtual address', () => {
  it('is ready on every node, with the names of its checks', async () => {
    const page = (await json(`curl -sS -m 20 "http://$VIP/-/readiness?all=1"`)) as Record<string, unknown>;
    expect(page).toMatchObject({
      status: 'ok',
      db_check: [{ status: 'ok' }],
      queues_check: [{ status: 'ok' }],
      gitaly_check: [{ status: 'ok', labels: { shard: 'default' } }],
    });
  });

  it('makes a project, and takes a push of the stock client over HTTP', async () => {
    expect(await json(`api "http://$VIP/api/v4/projects" -d '{"name":"demo"}'`)).toMatchObject({
      path_with_namespace: 'root/demo',
    });
    const said = await client(`
      git clone -q "http://root:$TOKEN@$VIP/root/demo.git" demo && cd demo &&
      git config user.email a@example.com && git config user.name A && echo one >README && git add . &&
      git commit -qm one && git push -q origin HEAD:main && git rev-parse HEAD >../sha && echo pushed`);
    expect(said).toContain('pushed');
    const [newest] = (await json(`api "http://$VIP/api/v4/projects/root%2Fdemo/repository/commits"`)) as {
      id: string;
    }[];
    expect(newest?.id).toBe(await client('cat sha'));
  });

  it('runs a job for the push, whose artifact comes back byte for byte', async () => {
    const said = await client(`
      for i in {1..60}; do
        api "http://$VIP/api/v4/projects/root%2Fdemo/jobs" >jobs
        jq -e '.[0].status == "success"' jobs >/dev/null && break
        sleep 1
      done
      job=$(jq '.[0].id' jobs) && jq -r '.[0].artifacts_file.sha256' jobs
      api "http://$VIP/api/v4/projects/root%2Fdemo/jobs/$job/artifacts" -o artifact.tar
      sha256sum <artifact.tar | cut -d ' ' -f 1
      tar -xOf artifact.tar "demo-$(cut -c 1-8 sha)/README"`);
    const [told, got, content] = said.split('\n');
    expect(told).toMatch(/^[0-9a-f]{64}$/);
    expect(got).toBe(told);
    expect(content).toBe('one');
  });

  it('takes a push over SSH from who has left a key', async () => {
    const said = await client(`
      rm -f key* && ssh-keygen -q -t ed25519 -N '' -f key && ssh-keygen -q -t ed25519 -N '' -f stranger
      api "http://$VIP/api/v4/user/keys" -d "{\\"title\\":\\"k\\",\\"key\\":\\"$(cut -d ' ' -f 1,2 key.pub)\\"}" -o added
      cd demo && GIT_SSH_COMMAND="$SSH -i ../key" git push -q "git@$VIP:root/demo.git" HEAD:over-ssh && echo pushed
      git ls-remote -q origin over-ssh | cut -f 1`);
    expect(said).toContain('pushed');
    expect(said).toContain(await client('cat sha'));
  });

  it.each([
    ['HTTP', 'git push -q origin HEAD:stable'],
    ['SSH', 'GIT_SSH_COMMAND="$SSH -i ../key" git push -q "git@$VIP:root/demo.git" HEAD:stable'],
  ])('refuses a push to a protected branch over %s with the server’s message', async (_way, push) => {
    const said = await client(`
      api "http://$VIP/api/v4/projects/root%2Fdemo/protected_branches" -d '{"name":"stable"}' -o /dev/null
      cd demo && ${push}; echo "ended with $?"; git ls-remote -q origin stable`);
    expect(said).toContain('You are not allowed to push code to protected branches on this project.');
    expect(said).toContain('ended with 1');
    expect(said).not.toContain('refs/heads/stable\n');
  });

  it.each([
    ['token', 'git ls-remote -q "http://root:glpat-wrong@$VIP/root/demo.git"', 'Authentication failed'],
    ['password', 'git ls-remote -q "http://root:wrong@$VIP/root/demo.git"', 'Authentication failed'],
    [
      'key',
      'GIT_SSH_COMMAND="$SSH -i stranger" git ls-remote -q "git@$VIP:root/demo.git"',
      'Permission denied (publickey)',
    ],
  ])('refuses a wrong %s', async (_what, command, message) => {
    const said = await client(`${command}; echo "ended with $?"`);
    expect(said).toContain(message);
    expect(said).toContain('ended with 128');
  });

  it('takes the password of its first user', async () => {
    expect(await client('git ls-remote -q "http://root:$PASSWORD@$VIP/root/demo.git" main | cut -f 2')).toBe(
      'refs/heads/main',
    );
  });
});
