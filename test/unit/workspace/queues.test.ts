import { describe, expect, test } from 'vitest';
import { createWorkspace } from '../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../src/workspace/create/questions';
import { readWorkspace } from '../../../src/workspace/workspace';
import { loadParser } from '../../../tools/fuzz/parser';
import { brief } from './workspace-sample';

/** What is said of the queues of an own cluster with the whole stack, whose nodes have these lines besides. */
async function findingsWith(...lines: readonly [string, string, string]): Promise<readonly string[]> {
  const answers = answersFrom(completed({ nodes: 'gl1 gl2 gl3', subnet: '10.20.0.0/24' }, 'own'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  const files = new Map(createWorkspace(answers).files);
  for (const [at, more] of lines.entries()) {
    const path = `nodes/gl${at + 1}/gitlab.rb`;
    const text = (files.get(path) ?? '').replace(/^sidekiq\['queue_groups'\].*\n/m, '');
    files.set(path, `${more}\n${text}`);
  }
  const { findings } = await readWorkspace(files, loadParser);
  return findings.filter(({ code }) => code === 'LAB039').map(brief);
}

const groups = (text: string): string => `sidekiq['queue_groups'] = ${text}`;

describe('queues of Sidekiq', () => {
  test.each<[what: string, lines: readonly [string, string, string], expected: readonly string[]]>([
    ['are all taken by default', ['', '', ''], []],
    [
      'are taken by one node for all',
      [groups("['mailers']"), groups("['mailers']"), groups("['mailers', 'default']")],
      [],
    ],
    [
      'are taken by every node, one of them by the star',
      [groups("['mailers']"), groups("['*']"), groups("['mailers']")],
      [],
    ],
    [
      'are one group',
      [groups("['default,mailers']"), groups("['default,mailers']"), groups("['default,mailers']")],
      [],
    ],
    [
      'are not those where jobs go',
      [groups("['pipeline']"), groups("['pipeline']"), groups("['pipeline']")],
      [
        'error LAB039 nodes/gl1/gitlab.rb:1 No Sidekiq of the nodes takes jobs from default and mailers: they wait for ever.',
      ],
    ],
    [
      'are not that of mail',
      [groups("['default']"), groups("['default']"), groups("['default']")],
      [
        'warning LAB039 nodes/gl1/gitlab.rb:1 No Sidekiq of the nodes takes jobs from mailers: they wait for ever.',
      ],
    ],
    [
      'are taken only where Sidekiq is switched off',
      ["sidekiq['enable'] = false", groups("['mailers']"), groups("['mailers']")],
      [
        'error LAB039 nodes/gl2/gitlab.rb:1 No Sidekiq of the nodes takes jobs from default: they wait for ever.',
      ],
    ],
    [
      'follow rules of their own',
      [
        `${groups("['other']")}\nsidekiq['routing_rules'] = [['*', 'other']]`,
        groups("['other']"),
        groups("['other']"),
      ],
      [],
    ],
  ])('%s', async (_, lines, expected) => {
    expect(await findingsWith(...lines)).toEqual(expected);
  });
});
