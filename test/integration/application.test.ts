import { get } from 'node:https';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fault } from '../../src/drills/faults/fault';
import type { FaultId } from '../../src/drills/faults/fault';
import { measureFault } from '../../src/drills/faults/measure-fault';
import { waitUntilWhole } from '../../src/lab/health/wait-until-whole';
import type { Observer } from '../../src/observe/observer';
import { createLabService } from '../../src/lab/create-lab-service';
import type { LabInfo, LabService } from '../../src/lab/lab-service';
import { CLIENT } from './support/client-script';
import { ROOT, temporaryFolder, uniqueName } from './support/engine';
import { sampleWorkspace } from './support/sample';
import { pace } from '../support/pace';

const NAME = uniqueName('app');

let labs: LabService;
let lab: LabInfo;
let observer: Observer;
let folder: { path: string; remove(): Promise<void> };

beforeAll(async () => {
  folder = await temporaryFolder();
  labs = createLabService({ root: ROOT, stateDir: folder.path });
  lab = (await labs.deploy(await sampleWorkspace(NAME, undefined, 'all'))).lab;
  observer = await labs.observe(lab);
  // As a window that shows it would: watchers rest while nobody looks.
  observer.onState(() => undefined);
}, 420_000);

afterAll(async () => {
  await observer?.dispose();
  await labs.destroy(NAME);
  await folder.remove();
}, 120_000);

/** A script on node2, in its own folder. @returns all it printed */
async function client(script: string): Promise<string> {
  const transport = await labs.transport(NAME, 'node2');
  const command = ['bash', '-c', `${CLIENT}${script}`, 'client', lab.cluster.domain];
  const { stdout, stderr } = await transport.exec(command);
  return `${stdout}${stderr}`.trim();
}

const json = async (script: string): Promise<unknown> => JSON.parse(await client(script));

describe('a GitLab behind the virtual address', () => {
  it('is ready on every node, with the names of its checks', async () => {
    for (const { name, address } of lab.cluster.nodes) {
      // From this node, which the addresses that may ask are of, to nginx of the other.
      const asked = `curl -sS -m 20 -H "Host: $DOMAIN" -H 'X-Forwarded-Proto: https' "http://${address}/-/readiness?all=1"`;
      expect(await json(asked), name).toMatchObject({
        status: 'ok',
        db_check: [{ status: 'ok' }],
        queues_check: [{ status: 'ok' }],
        gitaly_check: [{ status: 'ok', labels: { shard: 'default' } }],
      });
    }
  });

  it('has no commits in a new project, and none on a branch that is not there', async () => {
    await client(`api "$URL/api/v4/projects" -d '{"name":"empty"}' -o /dev/null`);
    const asked = `api "$URL/api/v4/projects/root%2Fempty/repository/commits`;
    expect(await json(`${asked}"`)).toEqual([]);
    expect(await json(`${asked}?ref_name=nothere"`)).toEqual({ message: '404 Commit Not Found' });
  });

  it('makes a project, and takes a push of the stock client over HTTPS', async () => {
    expect(await json(`api "$URL/api/v4/projects" -d '{"name":"demo"}'`)).toMatchObject({
      path_with_namespace: 'root/demo',
    });
    const said = await client(`
      git clone -q "https://root:$TOKEN@$DOMAIN/root/demo.git" demo && cd demo &&
      git config user.email a@example.com && git config user.name A && echo one >README && git add . &&
      git commit -qm one && git push -q origin HEAD:main && git rev-parse HEAD >../sha && echo pushed`);
    expect(said).toContain('pushed');
    const [newest] = (await json(`api "$URL/api/v4/projects/root%2Fdemo/repository/commits"`)) as {
      id: string;
    }[];
    expect(newest?.id).toBe(await client('cat sha'));
  });

  it('runs a job for the push, whose artifact comes back byte for byte', async () => {
    const said = await client(`
      for i in {1..60}; do
        api "$URL/api/v4/projects/root%2Fdemo/jobs" >jobs
        jq -e '.[0].status == "success"' jobs >/dev/null && break
        sleep 1
      done
      job=$(jq '.[0].id' jobs) && jq -r '.[0].artifacts_file.sha256' jobs
      api "$URL/api/v4/projects/root%2Fdemo/jobs/$job/artifacts" -o artifact.tar
      sha256sum <artifact.tar | cut -d ' ' -f 1
      tar -xOf artifact.tar "demo-$(cut -c 1-8 sha)/README"`);
    const [told, got, content] = said.split('\n');
    expect(told).toMatch(/^[0-9a-f]{64}$/);
    expect(got).toBe(told);
    expect(content).toBe('one');
  });

  it('takes a big push whose client wants to be told how far it is', async () => {
    const said = await client(`
      cd demo && for n in {1..40}; do head -c 150000 /dev/urandom >part-$n; done && git add . && git commit -qm big &&
      git push --progress origin HEAD:big 2>&1 | tail -n 1; git ls-remote -q origin big | cut -f 1; git rev-parse HEAD
      git reset -q --hard HEAD~1`);
    const [last, there, own] = said.split('\n');
    expect(last).toMatch(/HEAD -> big$/);
    expect(there).toBe(own);
  });

  it.each([
    ['a file that is there already', 400, 'big', 'README', /already exists/],
    ['a protected branch', 403, 'kept', 'new', /not allowed to push code to protected branches/],
  ])('refuses a commit through the API to %s, for good', async (_what, status, branch, path, why) => {
    const commit = {
      branch,
      commit_message: 'x',
      actions: [{ action: 'create', file_path: path, content: 'x' }],
    };
    const said = await client(`
      api "$URL/api/v4/projects/root%2Fdemo/protected_branches" -d '{"name":"kept"}' -o /dev/null
      api "$URL/api/v4/projects/root%2Fdemo/repository/commits" -w '\n%{http_code}' -d '${JSON.stringify(commit)}'`);
    expect(said.split('\n').at(-1)).toBe(String(status));
    expect(said).toMatch(why);
  });

  it('takes a push over SSH from who has left a key', async () => {
    const said = await client(`
      rm -f key* && ssh-keygen -q -t ed25519 -N '' -f key && ssh-keygen -q -t ed25519 -N '' -f stranger
      api "$URL/api/v4/user/keys" -d "{\\"title\\":\\"k\\",\\"key\\":\\"$(cut -d ' ' -f 1,2 key.pub)\\"}" -o added
      cd demo && GIT_SSH_COMMAND="$SSH -i ../key" git push -q "git@$DOMAIN:root/demo.git" HEAD:over-ssh && echo pushed
      git ls-remote -q origin over-ssh | cut -f 1`);
    expect(said).toContain('pushed');
    expect(said).toContain(await client('cat sha'));
  });

  it.each([
    ['HTTPS', 'git push -q origin HEAD:stable'],
    ['SSH', 'GIT_SSH_COMMAND="$SSH -i ../key" git push -q "git@$DOMAIN:root/demo.git" HEAD:stable'],
  ])('refuses a push to a protected branch over %s with the server’s message', async (_way, push) => {
    const said = await client(`
      api "$URL/api/v4/projects/root%2Fdemo/protected_branches" -d '{"name":"stable"}' -o /dev/null
      cd demo && ${push}; echo "ended with $?"; git ls-remote -q origin stable`);
    expect(said).toContain('You are not allowed to push code to protected branches on this project.');
    expect(said).toContain('ended with 1');
    expect(said).not.toContain('refs/heads/stable\n');
  });

  it.each([
    ['token', 'git ls-remote -q "https://root:glpat-wrong@$DOMAIN/root/demo.git"', 'Authentication failed'],
    ['password', 'git ls-remote -q "https://root:wrong@$DOMAIN/root/demo.git"', 'Authentication failed'],
    [
      'key',
      'GIT_SSH_COMMAND="$SSH -i stranger" git ls-remote -q "git@$DOMAIN:root/demo.git"',
      'Permission denied (publickey)',
    ],
  ])('refuses a wrong %s', async (_what, command, message) => {
    const said = await client(`${command}; echo "ended with $?"`);
    expect(said).toContain(message);
    expect(said).toContain('ended with 128');
  });

  it('sends who comes without TLS to HTTPS', async () => {
    const script = `curl -sS -m 10 -o /dev/null -w '%{http_code} %{redirect_url}' "http://$DOMAIN/root/demo"`;
    expect(await client(script)).toBe(`301 https://${lab.cluster.domain}/root/demo`);
  });

  it('is reached from this machine, by TLS whose authority the lab has, and by SSH', async () => {
    const { http, https: port, ssh } = lab.published ?? {};
    expect([http, port, ssh].every((number) => (number ?? 0) > 0)).toBe(true);
    const ca = await client('cat "$CURL_CA_BUNDLE"');
    const page = await new Promise<string>((resolve, reject) => {
      const request = get({ host: '127.0.0.1', port, path: '/status.json', ca }, (answer) => {
        answer.setEncoding('utf8').on('data', resolve);
      });
      request.on('error', reject);
    });
    expect(JSON.parse(page)).toMatchObject({ gitlab_sshd: 3, praefect: 3, pgbouncer: 3, redis_master: 1 });
    const greeting = await new Promise<string>((resolve, reject) => {
      const socket = connect(ssh ?? 0, '127.0.0.1').on('error', reject);
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString());
      });
    });
    expect(greeting).toMatch(/^SSH-2\.0-/);
  });

  it('comes by any published port: what answers there name, answers there, and SSH is heard', async () => {
    const token = await client('echo "$TOKEN"');
    const gateway = await labs.transport(NAME, 'gateway');
    const script = `
      mkdir -p /tmp/there && cd /tmp/there && rm -rf demo key*
      export CURL_CA_BUNDLE=/etc/gitlab/trusted-certs/lab-ca.crt
      export GIT_SSH_COMMAND="ssh -i $PWD/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
      api() { curl -sS -m 30 -H "PRIVATE-TOKEN: $TOKEN" "$@"; }
      ssh-keygen -q -t ed25519 -N '' -f key && api https://127.0.0.1/api/v4/user/keys -d title=there --data-urlencode "key=$(cat key.pub)" >added
      for port in 80 443; do
        curl -sS -m 10 -L -o /dev/null -w '%{http_code} %{url_effective}\\n' "http://127.0.0.1:$port/status.json"
        curl -sS -m 10 -o /dev/null -w '%{http_code} %{redirect_url}\\n' "http://127.0.0.1:$port/root/demo"
        api "https://127.0.0.1:$port/api/v4/projects/root%2Fdemo" >shown
        for name in web_url http_url_to_repo; do
          api -o /dev/null -w '%{http_code} %{redirect_url}\\n' "$(jq -r .$name shown)"
        done
        rm -rf demo; git clone -q "$(jq -r .ssh_url_to_repo shown)" demo && git -C demo remote get-url origin
      done
      cd demo && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m there && git push -q origin HEAD:there 2>&1 | grep -o 'packs this push: .*/jobs/'`;
    const { stdout, stderr } = await gateway.exec(['bash', '-c', script], { env: { TOKEN: token } });
    expect(`${stdout}${stderr}`.trim().split('\n')).toEqual([
      ...['80', '443'].flatMap((port) => {
        const here = `https://127.0.0.1${port === '443' ? '' : `:${port}`}`;
        const page = `302 ${here}/users/sign_in?back=/root/demo`;
        return [
          `200 http://127.0.0.1:${port}/status.json`,
          // A port that is no other than HTTP's own is not named.
          `301 https://127.0.0.1${port === '80' ? '' : `:${port}`}/root/demo`,
          ...[page, `${page}.git`],
          `ssh://git@127.0.0.1:${port}/root/demo.git`,
        ];
      }),
      'packs this push: https://127.0.0.1/root/demo/-/jobs/',
    ]);
  });

  it('takes the password of its first user', async () => {
    expect(
      await client('git ls-remote -q "https://root:$PASSWORD@$DOMAIN/root/demo.git" main | cut -f 2'),
    ).toBe('refs/heads/main');
  });
});

describe('what an operator types on a node', () => {
  it('gitlab-rake tells the replicas of a project, the same on all, and that all is well', async () => {
    const said = await client(`
      id=$(api "$URL/api/v4/projects/root%2Fdemo" | jq .id)
      gitlab-rake "gitlab:praefect:replicas[$id]"
      gitlab-rake gitlab:gitaly:check
      gitlab-rake gitlab:check`);
    const [header = '', , row = ''] = said.split('\n');
    expect(header).toMatch(/^Project name \| gitaly-\d \(primary\) +\| gitaly-\d +\| gitaly-\d +$/);
    const [, ...checksums] = row.split(' | ').map((cell) => cell.trim());
    expect(checksums[0]).toMatch(/^[0-9a-f]{40}$/);
    expect(checksums).toEqual([checksums[0], checksums[0], checksums[0]]);
    expect(said).toContain(
      'Checking Gitaly ...\n\nGitaly: ... default ... OK\n\nChecking Gitaly ... Finished\n',
    );
    expect(said).toContain('gitlab-shell self-check successful\n');
    expect(said).toContain('Sidekiq: ... Running? ... yes\n');
    expect(said).toContain('All migrations up? ... yes\n');
  });

  it('who watches calls its repository by the path of its project', async () => {
    const known = () => observer.state.git?.repositories?.listed?.map(({ project }) => project);
    await expect.poll(known, { timeout: 60_000 }).toContain('root/demo');
  });

  it('gitlab-ctl names the Redis master, follows a log, and starts one part anew', async () => {
    expect(await client('gitlab-ctl get-redis-master')).toMatch(/^172\.30\.\d+\.1[123]:6379$/);
    const said = await client(`
      timeout 60 gitlab-ctl tail sidekiq >followed & following=$!
      until [ -s followed ] || ! kill -0 $following; do sleep 0.1; done
      sleep 0.5
      ends() { grep -c 'Bye!' followed; }
      before=$(ends)
      gitlab-ctl restart sidekiq
      until [ "$(ends)" -gt "$before" ] || ! kill -0 $following; do sleep 0.1; done
      echo "$(($(ends) - before)) more"
      grep 'Bye!' followed | tail -n 1
      kill $following`);
    const [restarted, more, followed] = said.split('\n');
    expect(restarted).toMatch(/^ok: run: sidekiq: \(pid \d+\) \d+s/);
    expect(more).toBe('1 more');
    expect(followed).toMatch(/^\d{4}-\d\d-\d\d_\d\d:\d\d:\d\d\.\d{5} /);
  });
});

describe('bytes that go to the object store itself', () => {
  it('a large file of Git LFS, by the links that the batch API gives', async () => {
    const said = await client(`
      head -c 300000 /dev/urandom >large && oid=$(sha256sum large | cut -d ' ' -f 1)
      lfs() { curl -sS -m 30 -u "root:$TOKEN" -H 'Content-Type: application/vnd.git-lfs+json' "$@"; }
      ask() { lfs "$URL/root/demo.git/info/lfs/objects/batch" -d "{\\"operation\\":\\"$1\\",\\"objects\\":[{\\"oid\\":\\"$oid\\",\\"size\\":300000}]}"; }
      ask upload >offer
      curl -sS -m 30 --cacert /etc/gitlab/trusted-certs/lab-ca.crt -T large "$(jq -r '.objects[0].actions.upload.href' offer)"
      lfs "$URL/root/demo.git/info/lfs/objects/verify" -d "{\\"oid\\":\\"$oid\\",\\"size\\":300000}"; echo
      href=$(ask download | jq -r '.objects[0].actions.download.href')
      curl -sS -m 30 --cacert /etc/gitlab/trusted-certs/lab-ca.crt "$href" | cmp - large && echo the same
      echo "$href"`);
    const [verified, same, href] = said.split('\n');
    expect([verified, same]).toEqual(['{}', 'the same']);
    expect(href).toMatch(/^https:\/\/object-storage:9000\/gitlab-lfs\/.*X-Amz-Signature=[0-9a-f]{64}/);
  });

  it('an upload, which is fetched where it lies', async () => {
    const said = await client(`
      api "$URL/api/v4/projects/root%2Fdemo/uploads" -d '{"filename":"notes.txt","size":6}' >made
      echo notes >notes
      put() { curl -sS -m 30 -o /dev/null -w '%{http_code} ' --cacert /etc/gitlab/trusted-certs/lab-ca.crt -T "$1" "$(jq -r .upload_url made)"; }
      put made
      put notes
      api "$URL/api/v4/projects/root%2Fdemo/uploads/$(jq -r .id made)" -L --cacert /etc/gitlab/trusted-certs/lab-ca.crt`);
    // What has another size is none that was announced.
    expect(said).toBe('403 200 notes');
  });

  it('a file in a form, as GitLab takes it', async () => {
    const said = await client(`
      head -c 3000000 /dev/urandom >shot.png
      curl -sS -m 30 -H "PRIVATE-TOKEN: $TOKEN" -F file=@shot.png "$URL/api/v4/projects/root%2Fdemo/uploads" >made
      jq -r '.markdown | sub("[0-9a-f]{32}"; "SECRET")' made
      api "$URL/api/v4/projects/root%2Fdemo$(jq -r .url made)" -L --cacert /etc/gitlab/trusted-certs/lab-ca.crt | cmp - shot.png && echo the same`);
    expect(said.split('\n')).toEqual(['![shot](/uploads/SECRET/shot.png)', 'the same']);
  });
});

describe('jobs that pack a big project', () => {
  it('six at a time leave Sidekiq small', async () => {
    const said = await client(`
      api "$URL/api/v4/projects" -d '{"name":"heavy"}' -o /dev/null
      git clone -q "https://root:$TOKEN@$DOMAIN/root/heavy.git" heavy 2>/dev/null && cd heavy &&
      git config user.email a@example.com && git config user.name A &&
      head -c 20000000 /dev/urandom >bytes && git add . && git commit -qm bytes &&
      for i in {1..6}; do (git push -q origin "HEAD:refs/heads/b$i" 2>/dev/null || echo "push $i failed") & done
      wait
      for i in {1..60}; do
        api "$URL/api/v4/projects/root%2Fheavy/jobs" | jq -r '.[].status' | sort | uniq -c | xargs >done
        grep -qx '6 success' done && break
        sleep 0.5
      done
      cat done`);
    expect(said).toBe('6 success');
    const most = await Promise.all(
      lab.cluster.nodes.map(async ({ name }) => {
        const node = await labs.transport(NAME, name);
        const script = `sed -n 's/^VmHWM:[^0-9]*\\([0-9]*\\) kB/\\1/p' "/proc/$(cut -d ' ' -f 1 /opt/gitlab/service/sidekiq/supervise/pid)/status"`;
        return Number((await node.exec(['bash', '-c', script])).stdout);
      }),
    );
    for (const kilobytes of most) expect(kilobytes).toBeGreaterThan(40_000);
    // 250,000 to 400,000 when Ruby and the C library keep what they had.
    expect(Math.max(...most)).toBeLessThan(180_000);
  });
});

describe('two who measure at the same time', () => {
  it('lose nothing of each other when the first one ends', async () => {
    const gateway = await labs.transport(NAME, 'gateway');
    const script = `
      probe() { /opt/gitlab/lab/probe "$@"; }
      for run in one two; do probe commit --run "$run" --interval 500 --timeout 10000 --duration 3 >"/tmp/$run" & done
      wait
      probe forget --path commit --run one --timeout 20000 >/dev/null && grep -c '"ok": true' /tmp/two
      probe verify --path commit --run two | jq .count`;
    const { stdout, stderr } = await gateway.exec(['bash', '-c', script]);
    const [acknowledged, present] = stdout.trim().split('\n').map(Number);
    expect(acknowledged, stdout + stderr).toBeGreaterThan(0);
    expect(present, stdout + stderr).toBeGreaterThanOrEqual(acknowledged ?? Infinity);
  });
});

describe('a fault, and a client that goes on', () => {
  const whole = (): Promise<number> =>
    waitUntilWhole(observer, lab.cluster, { timeoutMs: 120_000, stableMs: 1_000 });

  // With the machine to itself 12 and 2 s, which the failover of Git storage is held to; ten of them are in Praefect's code.
  it.each<[FaultId, string, number]>([
    ['stop-gitaly', 'commit', 20_000],
    ['kill-puma', 'web', 6_000],
  ])('%s: a client on way %s is served again within %d ms, and nothing is lost', async (id, way, bound) => {
    await whole();
    const boundMs = bound * (await pace());
    const measured = await measureFault({ lab, labs, observer, now: Date.now }, fault(id));
    const told = JSON.stringify({ ...measured, events: measured.events.map(({ text }) => text.toString()) });
    expect([measured.path, measured.loss.lost], told).toEqual([way, []]);
    expect(measured.loss.acknowledged, told).toBeGreaterThan(3);
    expect(measured.outage.outageMs, told).toBeLessThanOrEqual(boundMs);
  });

  it('without its object store it is ready all the same, and keeps what it had', async () => {
    await whole();
    const pages: Promise<string>[] = [];
    const listening = observer.onEvent(({ kind }) => {
      if (kind !== 'object-store-changed' || pages.length > 0) return;
      pages.push(client(`curl -sS -m 5 -o /dev/null -w '%{http_code}' "$URL/-/readiness?all=1"`));
    });
    const measured = await measureFault({ lab, labs, observer, now: Date.now }, fault('kill-object-store'));
    listening.dispose();
    expect(await Promise.all(pages)).toEqual(['200']);
    expect([measured.path, measured.loss.lost]).toEqual(['object', []]);
    expect(measured.loss.acknowledged).toBeGreaterThan(3);
    expect(measured.outage.interruptions.length).toBeGreaterThan(0);
  });
});
