import { describe, expect, test } from 'vitest';
import { createWorkspace } from '../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../src/workspace/create/questions';
import { readWorkspace } from '../../../src/workspace/workspace';
import { loadParser } from '../../../tools/fuzz/parser';
import { brief } from './workspace-sample';

/** Three nodes, all files naming them by host names; cluster.yaml says what `nodes` makes of one. */
function named(nodes: (address: string, host: string) => string): Map<string, string> {
  const answers = answersFrom(completed({ nodes: 'gl1 gl2 gl3', subnet: '10.20.0.0/24' }, 'own'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  const files = new Map(createWorkspace(answers).files);
  for (const [path, text] of files) {
    if (path.endsWith('keepalived.conf')) continue;
    files.set(
      path,
      text.replace(/(address: )?10\.20\.0\.1([123])\b/g, (whole, key: string | undefined, number: string) => {
        const host = `gl${number}.example.com`;
        return key === undefined ? host : nodes(`10.20.0.1${number}`, host);
      }),
    );
  }
  return files;
}

const both = (): Map<string, string> => named((address, host) => `address: ${address}, host: ${host}`);

/** What is found that keeps a deployment from happening, or is about addresses. */
async function found(files: Map<string, string>): Promise<readonly string[]> {
  const { findings } = await readWorkspace(files, loadParser);
  return findings.filter(({ code, severity }) => severity === 'error' || code === 'WSP004').map(brief);
}

describe('machines that the files know by host names', () => {
  test('cluster.yaml says address and host name: nothing is wrong', async () => {
    expect(await found(both())).toEqual([]);
  });

  test('cluster.yaml says the host name only, and keepalived.conf the address', async () => {
    expect(await found(named((_, host) => `address: ${host}`))).toEqual([]);
  });

  test.each([
    ['sentinel', "sentinel['bind'] = 'gl2.example.com'", 'Sentinel would listen on gl2.example.com'],
    [
      'pgbouncer',
      "pgbouncer['listen_addr'] = 'pgb.example.com'",
      'PgBouncer would listen on pgb.example.com',
    ],
  ])("%s cannot listen under another machine's name", async (_, line, message) => {
    const files = both();
    const path = 'nodes/gl1/gitlab.rb';
    files.set(path, `${files.get(path) ?? ''}${line}\n`);
    const last = (files.get(path) ?? '').split('\n').length - 1;
    expect(await found(files)).toEqual([
      `error LAB033 ${path}:${last} ${message}, which is no address of gl1.`,
    ]);
  });

  test('an address in a file, of which nobody can say whose it is, is asked about once a file', async () => {
    const files = named((_, host) => `address: ${host}`);
    files.set(
      'nodes/gl3/keepalived.conf',
      (files.get('nodes/gl3/keepalived.conf') ?? '').replace(/^ *unicast_src_ip .*$/m, ''),
    );
    const findings = (await found(files)).filter((text) => text.includes('WSP004'));
    expect(findings.map((text) => text.replace(/:\d+ /, ' '))).toEqual(
      ['gl1', 'gl2'].map(
        (node) =>
          `warning WSP004 nodes/${node}/keepalived.conf 10.20.0.13 may be one of gl3, of which cluster.yaml has no address: the lab leads it to nobody.`,
      ),
    );
  });
});
