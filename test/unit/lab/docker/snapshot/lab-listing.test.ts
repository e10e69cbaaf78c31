import { describe, expect, test } from 'vitest';
import { LABEL } from '../../../../../src/lab/docker/labels';
import { describeLabs } from '../../../../../src/lab/docker/snapshot/lab-listing';
import type { ListedContainer } from '../../../../../src/lab/docker/snapshot/lab-listing';
import { PLAN } from '../../plan/sample-snapshot';

/** The lab's containers as the engine lists them, all running. */
const LISTED = PLAN.containers.map(({ name, labels }): ListedContainer => ({
  Id: name,
  State: 'running',
  Labels: { ...labels },
  Ports: [],
}));

function port(own: number, here: number): ListedContainer['Ports'][number] {
  return { IP: '127.0.0.1', PrivatePort: own, PublicPort: here, Type: 'tcp' };
}

/** What a later deployment remembers. @param at milliseconds since the epoch */
function remembered(gitlabVersion: string, at: number): Readonly<Record<string, string>> {
  const cluster: unknown = JSON.parse(PLAN.description.labels[LABEL.cluster] ?? '');
  const labels = { [LABEL.cluster]: JSON.stringify(Object.assign({}, cluster, { gitlabVersion })) };
  return { ...PLAN.description.labels, ...labels, [LABEL.created]: String(at) };
}

describe('what a lab is', () => {
  test.each([
    ['its containers say, where nobody says it later', [], '19.3'],
    ['its description says, though its containers were made before', [remembered('19.4', 1)], '19.4'],
    [
      'the newer of two descriptions says',
      [remembered('19.5', 2), remembered('19.4', 1), remembered('19.6', 3)],
      '19.6',
    ],
    ['no description of another lab says', [{ ...remembered('19.4', 1), [LABEL.lab]: 'other' }], '19.3'],
  ])('%s', (_name, descriptions, version) => {
    const labs = describeLabs(LISTED, descriptions);
    expect(labs.map(({ name, phase, cluster }) => [name, phase, cluster.gitlabVersion])).toEqual([
      [PLAN.lab, 'running', version],
    ]);
  });

  test.each<[string, ListedContainer['Ports'], object]>([
    ['nothing', [], { published: {}, httpUrl: undefined }],
    ['HTTP', [port(80, 32768)], { published: { http: 32768 }, httpUrl: 'http://127.0.0.1:32768/' }],
    [
      'all three, in whatever order the engine tells them',
      [port(22, 32770), port(443, 32769), port(80, 32768)],
      { published: { http: 32768, https: 32769, ssh: 32770 }, httpUrl: 'http://127.0.0.1:32768/' },
    ],
    ['no port of another address', [{ ...port(443, 8443), IP: '0.0.0.0' }], { published: {} }],
    ['no port that leads nowhere', [{ PrivatePort: 443, Type: 'tcp' } as never], { published: {} }],
  ])('what is published of it: %s', (_name, ports, expected) => {
    const listed = LISTED.map((one) =>
      one.Labels[LABEL.role] === 'gateway' ? { ...one, Ports: ports } : one,
    );
    expect(describeLabs(listed)[0]).toMatchObject(expected);
  });

  test('a description without containers is no lab', () => {
    expect(describeLabs([], [PLAN.description.labels])).toEqual([]);
  });
});
