import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import type { ProgramRunner, RealProgram } from '../../src/lab/verify/real-program';
import { readVerdict, type Verdict } from '../../src/lab/verify/verdict';
import { LABEL } from '../../src/lab/docker/labels';
import { LabError } from '../../src/lab/lab-error';
import { imagePrograms } from '../../src/lab/docker/image/image-programs';
import { IMAGE_DIR, ROOT, temporaryFolder, testDocker, testImage } from './support/engine';
import { sampleWorkspace } from './support/sample';

describe('asking the programs of the image for their verdict', () => {
  let runner: ProgramRunner;
  beforeAll(async () => {
    runner = await createLabService({ root: ROOT }).realPrograms();
  });
  afterAll(async () => {
    const docker = await testDocker();
    const left = await docker.listContainers({ all: true, filters: { label: ['gitlab-ha-lab.role=check'] } });
    expect(left).toEqual([]);
  });

  const verdict = async (program: RealProgram, text: string): Promise<Verdict> =>
    readVerdict(await runner.judge(program, text), program, text);

  it("HAProxy accepts the sample's file", async () => {
    const text = (await sampleWorkspace('verify')).get('haproxy/haproxy.cfg') ?? '';
    expect(await verdict('haproxy', text)).toMatchObject({
      accepted: true,
      findings: [],
      place: "in the lab's image",
    });
  });

  it('HAProxy names the line of a fault', async () => {
    const { accepted, findings, version } = await verdict('haproxy', 'frontend web\n    bidn :80\n');
    expect(accepted).toBe(false);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(findings[0]).toMatchObject({
      code: 'haproxy -c',
      severity: 'error',
      range: { start: { line: 1, character: 4 }, end: { line: 1, character: 12 } },
    });
    expect(findings[0]?.message).toMatch(/^HAProxy: unknown keyword 'bidn'/);
  });

  it('Keepalived names the line of a fault; the missing interface is only a note', async () => {
    const text =
      'vrrp_instance gitlab {\n    interface nowhere9\n    virtual_router_id 300\n    priority 100\n}\n';
    const { accepted, findings } = await verdict('keepalived', text);
    expect(accepted).toBe(false);
    const said = findings.map(({ severity, range }) => `${severity} ${range.start.line}`);
    expect(said).toContain('error 2');
    expect(said).toContain('information 1');
  });

  it('a host name is only a note: the container has no network to ask', async () => {
    const text = 'defaults\n    mode tcp\nbackend db\n    server one db.example.net:5432\n';
    const { findings } = await verdict('haproxy', text);
    const [unresolved] = findings.filter(({ range }) => range.start.line === 3);
    expect(unresolved).toMatchObject({ severity: 'information' });
  });
});

describe('a program of the image that does not do its work', () => {
  const TEST_LABEL = 'gitlab-ha-lab-test=verify';
  const SAMPLE =
    'defaults\n    mode tcp\n    timeout connect 1s\n    timeout client 1s\n    timeout server 1s\nlisten web\n    bind :80\n    server one 192.0.2.1:80\n';
  let docker: Docker;
  let state: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    docker = await testDocker();
    state = await temporaryFolder();
  });
  afterAll(async () => {
    for (const { Id } of await docker.listImages({ filters: { label: [TEST_LABEL] } }))
      await docker.getImage(Id).remove({ force: true });
    await state.remove();
  });

  /** An image of its own, built by the first check. */
  async function recipe(name: string, command: string): Promise<string> {
    const folder = join(state.path, name);
    await mkdir(folder);
    const lines = [`FROM ${await testImage(docker)}`, `LABEL ${TEST_LABEL}`, `RUN ${command}`];
    await writeFile(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
    return folder;
  }
  async function failureOf(work: Promise<unknown>): Promise<LabError> {
    const outcome = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (outcome instanceof LabError) return outcome;
    throw new Error('no LabError', { cause: outcome });
  }
  const checks = async (): Promise<number> =>
    (await docker.listContainers({ all: true, filters: { label: [`${LABEL.role}=check`] } })).length;
  const SLEEPS =
    'printf \'#!/bin/sh\\n[ "$1" = -v ] || sleep 60\\n\' > /usr/local/sbin/haproxy && chmod +x /usr/local/sbin/haproxy';

  it('is told apart when it cannot be started, and nothing is left', async () => {
    const imageDir = await recipe('gone', 'rm "$(command -v haproxy)"');
    const runner = imagePrograms({ docker, imageDir, stateDir: state.path }, {});
    expect((await failureOf(runner.judge('haproxy', SAMPLE))).code).toBe('docker-failed');
    expect(await checks()).toBe(0);
  });

  it('is ended at its limit', async () => {
    const imageDir = await recipe('slow', SLEEPS);
    const runner = imagePrograms({ docker, imageDir, stateDir: state.path, limitMs: 1_500 }, {});
    const error = await failureOf(runner.judge('haproxy', SAMPLE));
    expect(error.message).toBe('haproxy has not judged the file within 1.5 s.');
    expect(await checks()).toBe(0);
  });

  it('is built by one of two that want it at once', async () => {
    const imageDir = await recipe('twice', `sleep 1; echo ${Date.now()} > /made`);
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    const judge = async (): Promise<number> =>
      (await imagePrograms({ docker, imageDir, stateDir: state.path }, { log }).judge('haproxy', SAMPLE))
        .exitCode;
    expect(await Promise.all([judge(), judge()])).toEqual([0, 0]);
    expect(lines.filter((line) => line.includes('is built:'))).toHaveLength(1);
    expect(lines).toContain('image: another process is building the image');
  });

  it('is removed by the next one when its maker was killed before it was started', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    const owner = { pid: child.pid, started: 'long ago', purpose: 'check', since: 0, token: 'x' };
    const Labels = { [LABEL.role]: 'check', [LABEL.owner]: JSON.stringify(owner) };
    await docker.createContainer({ Image: await testImage(docker), Labels });
    expect(await checks()).toBe(1);
    const runner = imagePrograms({ docker, imageDir: IMAGE_DIR, stateDir: state.path }, {});
    expect((await runner.judge('haproxy', SAMPLE)).exitCode).toBe(0);
    expect(await checks()).toBe(0);
  });
});
