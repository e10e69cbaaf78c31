import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLabService } from '../../src/lab/create-lab-service';
import type { ProgramRunner, RealProgram } from '../../src/lab/verify/real-program';
import { readVerdict, type Verdict } from '../../src/lab/verify/verdict';
import { ROOT, testDocker } from './support/engine';
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
