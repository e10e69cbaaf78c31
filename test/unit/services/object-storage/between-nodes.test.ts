import { expect, test } from 'vitest';
import { brief, read, rolesOf, workspace } from '../../workspace/workspace-sample';

const CLUSTER = `${workspace().get('cluster.yaml') ?? ''}lab:\n  layers: [objects]\n`;
const STORE = "gitlab_rails['object_store']";

/** What is told of a workspace whose nodes have these lines. */
async function found(...lines: readonly string[]): Promise<readonly string[]> {
  const files = lines.map((line, index) => [`nodes/node${index + 1}/gitlab.rb`, rolesOf(index) + line]);
  const { findings } = await read({ 'cluster.yaml': CLUSTER, ...(Object.fromEntries(files) as object) });
  return findings.filter(({ severity }) => severity !== 'information').map(brief);
}

test.each([
  ['nothing', "['connection']['region'] = 'eu-1'", "['connection']['region'] = 'eu-1'", []],
  [
    'region',
    "['connection']['region'] = 'eu-1'",
    "['connection']['region'] = 'eu-2'",
    [
      "error LAB036 nodes/node2/gitlab.rb:2 The region of object_store is 'eu-2' on node2 but 'eu-1' on node1: the store refuses what is signed for another region than its own.",
    ],
  ],
  [
    'endpoint',
    "['connection']['endpoint'] = 'https://store:9443'",
    "['connection']['endpoint'] = 'https://store:9444'",
    [
      "error LAB036 nodes/node2/gitlab.rb:2 The endpoint of object_store is 'https://store:9444' on node2 but 'https://store:9443' on node1: what one node stores, the other does not find.",
    ],
  ],
  [
    'bucket',
    "['objects']['lfs']['bucket'] = 'lfs'",
    "['objects']['lfs']['bucket'] = 'lfs-objects'",
    [
      "error LAB036 nodes/node2/gitlab.rb:2 The bucket of lfs is 'lfs-objects' on node2 but 'lfs' on node1: what one node stores, the other does not find.",
    ],
  ],
])('another %s on one of the nodes', async (_what, usual, other, expected) => {
  expect(await found(STORE + usual, STORE + other, STORE + usual)).toEqual(expected);
});
