import { describe, expect, it } from 'vitest';
import { checkWorkspace } from '../../../../src/lab/docker/check-workspace';
import type { Operation } from '../../../../src/lab/docker/operation';
import { readWorkspace } from '../../../../src/workspace/workspace';
import { loadParser } from '../../../../tools/fuzz/parser';
import { workspace } from '../../workspace/workspace-sample';

const operation = { progress: () => undefined } as unknown as Operation;
const noParser = (): Promise<never> => Promise.reject(new Error('it was read again'));

describe('a workspace that somebody has read', () => {
  it('is taken as it was read', async () => {
    const reading = await readWorkspace(workspace(), loadParser);
    const checked = await checkWorkspace(operation, workspace(), noParser, reading);
    expect(checked.spec).toBe(reading.spec);
    expect(checked.findings).toBe(reading.findings);
    await expect(checkWorkspace(operation, workspace(), noParser)).rejects.toThrow('it was read again');
  });

  it('is refused for the errors that were found then', async () => {
    const files = workspace({ 'haproxy/haproxy.cfg': undefined });
    const reading = await readWorkspace(files, loadParser);
    await expect(checkWorkspace(operation, files, noParser, reading)).rejects.toMatchObject({
      code: 'bad-workspace',
      details: { findings: reading.findings },
    });
  });
});
