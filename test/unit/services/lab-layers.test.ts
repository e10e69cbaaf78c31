import { describe, expect, test } from 'vitest';
import { LAYERS } from '../../../src/cluster/layer';
import type { LayerId } from '../../../src/cluster/layer';
import { addedServices, labCluster, labLayers } from '../../../src/services/lab-layers';
import { servicesOn } from '../../../src/services/placement';
import { sampleCluster } from '../lab/render/sample-context';

const cluster = (layers?: readonly LayerId[], without: readonly LayerId[] = []) => {
  const { lab } = sampleCluster();
  const whole = sampleCluster({ without, layers: LAYERS.map(({ id }) => id) });
  return { ...whole, lab: { ...lab, ...(layers === undefined ? {} : { layers }) } };
};

describe('the layers a lab runs', () => {
  test.each<[string, readonly LayerId[] | undefined, readonly LayerId[], readonly LayerId[]]>([
    [
      'unasked: those of before',
      undefined,
      [],
      ['coordination', 'database', 'cache', 'access', 'observability'],
    ],
    ['one that needs nothing', ['cache'], [], ['cache']],
    ['one that needs another', ['database'], [], ['coordination', 'database']],
    [
      'several, in the order of the model',
      ['access', 'database'],
      [],
      ['coordination', 'database', 'access'],
    ],
    ['Git storage, which asks the database itself', ['git'], [], ['coordination', 'database', 'git']],
    [
      'the application, whose database and Git storage are behind the virtual address',
      ['application'],
      [],
      ['coordination', 'database', 'cache', 'git', 'application', 'access', 'objects'],
    ],
    [
      'the application where something else than the nodes leads to it',
      ['application'],
      ['access'],
      ['coordination', 'database', 'cache', 'git', 'application', 'objects'],
    ],
    [
      'without one that cluster.yaml switches off',
      undefined,
      ['access', 'cache', 'observability'],
      ['coordination', 'database'],
    ],
  ])('%s', (_what, asked, without, run) => {
    expect(labLayers(cluster(asked, without))).toEqual(run);
  });

  test('services of other layers have no place in the lab, and what is beside them neither', () => {
    const small = labCluster(cluster(['database', 'observability']));
    expect(servicesOn(small, 'node2').map(({ id }) => id)).toEqual(['consul', 'patroni', 'pgbouncer']);
    expect(labCluster(small)).toEqual(small);
  });
});

const GITLAB = ['gitaly', 'praefect', 'gitlab-workhorse', 'gitlab-sshd', 'nginx', 'puma', 'sidekiq'];

test.each<[string, readonly LayerId[], readonly string[]]>([
  ['nothing of its own', ['database'], []],
  ['Git storage alone has the image of the application as well', ['git'], GITLAB],
  ['the application', ['application'], GITLAB],
])('what a node image has added: %s', (_what, layers, added) => {
  expect([...addedServices(sampleCluster({ layers }))].sort()).toEqual([...added].sort());
});
