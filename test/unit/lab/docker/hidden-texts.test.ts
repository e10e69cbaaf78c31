import { describe, expect, it } from 'vitest';
import { hiddenTexts } from '../../../../src/lab/docker/hidden-texts';
import { PATHS } from '../../../../src/lab/render';
import { readWorkspace } from '../../../../src/workspace/workspace';
import { loadParser } from '../../../../tools/fuzz/parser';
import { sampleWorkspace } from '../../../integration/support/sample';

async function nodesWith(line: string) {
  const files = await sampleWorkspace('sample', (path, text) =>
    path.endsWith('node1/gitlab.rb') ? `${text}\n${line}\n` : text,
  );
  const { spec } = await readWorkspace(files, loadParser);
  return spec?.nodes ?? [];
}

describe('what nothing that is told of a deployment may hold', () => {
  it('is in the files to come, and in those that the nodes go by', async () => {
    const nodes = await nodesWith("word = 'to-come-1'\ngitlab_rails['smtp_password'] = word");
    const former = (text: string) => ({ [PATHS.gitlabRb]: text });
    const inForce = new Map([
      ['sample-node1', { versions: [former("gitlab_rails['smtp_password'] = 'gone-1'")] }],
      // Between two versions, as after a change that was cut short.
      [
        'sample-node2',
        { versions: [former("redis['password'] = 'gone-2'"), former("redis['password'] = 'gone-3'"), {}] },
      ],
    ]);
    const hidden = await hiddenTexts({ nodes }, { inForce }, loadParser);
    expect(hidden).toEqual(expect.arrayContaining(['to-come-1', 'gone-1', 'gone-2', 'gone-3']));
  });

  it('is read without the parser where the nodes go by the same files', async () => {
    const nodes = await nodesWith("gitlab_rails['smtp_password'] = 'the-same-1'");
    const text = nodes[0]?.gitlabRb?.text ?? '';
    const inForce = new Map([['sample-node1', { versions: [{ [PATHS.gitlabRb]: text }] }]]);
    const refused = async (): Promise<never> => Promise.reject(new Error('not needed'));
    expect(await hiddenTexts({ nodes }, { inForce }, refused)).toContain('the-same-1');
  });
});
