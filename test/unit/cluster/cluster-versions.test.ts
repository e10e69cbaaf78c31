import { describe, expect, test } from 'vitest';
import { readClusterVersions } from '../../../src/cluster/cluster-versions';
import { readClusterYaml } from '../../../src/cluster/cluster-yaml';
import { GOOD } from './sample';

describe('the versions of a cluster.yaml', () => {
  test('are those the whole file is read with', () => {
    const { cluster } = readClusterYaml(GOOD);
    expect(readClusterVersions(GOOD)).toEqual({
      gitlabVersion: cluster?.gitlabVersion,
      haproxyVersion: cluster?.haproxyVersion,
    });
  });

  test.each([
    ['in quotes', 'gitlab_version: \'19.3\'\nhaproxy_version: "3.0"\n', '19.3', '3.0'],
    ['as numbers, digit by digit', 'gitlab_version: 19.10\nhaproxy_version: 3.0\n', '19.10', '3.0'],
    ['with Windows line ends', "gitlab_version: '19.3'\r\nhaproxy_version: '3.2'\r\n", '19.3', '3.2'],
    ['one alone', "gitlab_version: '17.9'\n", '17.9', undefined],
    ['beside mistakes', "nodes: [\nhaproxy_version: '3.2'\n", undefined, '3.2'],
    ['before a mistake', "gitlab_version: '18.1'\nhaproxy_version: '3.2'\nnodes: [\n", '18.1', '3.2'],
    ['that are none', 'gitlab_version: new\nhaproxy_version: [3]\n', undefined, undefined],
    ['in a text that is no mapping', '- 1\n- 2\n', undefined, undefined],
    [
      'in a text too large for a description',
      `# ${'x'.repeat(300_000)}\ngitlab_version: '19.3'\n`,
      undefined,
      undefined,
    ],
    ['in an empty text', '', undefined, undefined],
  ])('%s', (_, text, gitlabVersion, haproxyVersion) => {
    const { gitlabVersion: gitlab, haproxyVersion: haproxy } = readClusterVersions(text);
    expect([gitlab, haproxy]).toEqual([gitlabVersion, haproxyVersion]);
  });
});
