import { verbatim } from '../../../src/words/message';
import { describe, expect, test } from 'vitest';
import { run, world } from './cli';

const workspace = new Map([['cluster.yaml', 'name: mine\n']]);

describe('what up would do, and may', () => {
  test('--dry-run prints what would be done and why, and deploys nothing', async () => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    labs.planned = {
      lab: 'mine',
      runs: true,
      effects: [],
      leading: new Map(),
      findings: [],
      operations: [
        {
          id: 'remove-container mine-node1',
          step: 'containers',
          target: 'mine-node1',
          cause: verbatim('it was made of a, and the image is b now'),
          needs: [],
          action: { kind: 'remove-container', id: '1' },
        },
        {
          id: 'create-network gitlab-ha-lab-mine',
          step: 'network',
          target: 'gitlab-ha-lab-mine',
          cause: verbatim('the lab has none; 172.30.0.0/24 is free'),
          needs: ['remove-container mine-node1'],
          action: {
            kind: 'create-network',
            network: {
              name: 'gitlab-ha-lab-mine',
              subnet: '172.30.0.0/24',
              gateway: '172.30.0.1',
              labels: {},
            },
          },
        },
      ],
      losses: [{ target: 'mine-node1', cause: verbatim('it was made of a, and the image is b now') }],
    };
    expect(await run(fake, 'up', '--dry-run')).toBe(0);
    expect(labs.deployed).toEqual([]);
    expect(fake.out.split('\n')).toEqual([
      'To make lab "mine" as planned:',
      '',
      '  node1: removed, because it was made of a, and the image is b now',
      '  create network gitlab-ha-lab-mine: the lab has none; 172.30.0.0/24 is free',
      '',
      'All data of the lab would be lost (mine-node1): "up" refuses that without --recreate.',
      '',
      'Nothing was changed.',
      '',
    ]);
    const { world: other, labs: same } = world();
    other.workspaces.set('/home/me', workspace);
    same.planned = labs.planned;
    expect(await run(other, 'up', '--dry-run', '--json')).toBe(0);
    expect(JSON.parse(other.out)).toEqual({
      lab: 'mine',
      changes: [],
      order: [],
      together: false,
      alone: [],
      interruptionSeconds: 0,
      findings: [],
      losses: labs.planned.losses,
      operations: [
        {
          id: 'remove-container mine-node1',
          kind: 'remove-container',
          step: 'containers',
          target: 'mine-node1',
          cause: 'it was made of a, and the image is b now',
          needs: [],
        },
        {
          id: 'create-network gitlab-ha-lab-mine',
          kind: 'create-network',
          step: 'network',
          target: 'gitlab-ha-lab-mine',
          cause: 'the lab has none; 172.30.0.0/24 is free',
          needs: ['remove-container mine-node1'],
        },
      ],
    });
  });

  test('--dry-run of a lab that is as planned says so', async () => {
    const { world: fake } = world();
    fake.workspaces.set('/home/me', workspace);
    expect(await run(fake, 'up', '--dry-run')).toBe(0);
    expect(fake.out).toBe('Lab "sample" is as planned: there is nothing to do.\n');
  });

  test.each([
    [[], false],
    [['--recreate'], true],
  ])('with %j the loss of data is agreed to: %s', async (options, expected) => {
    const { world: fake, labs } = world();
    fake.workspaces.set('/home/me', workspace);
    const agreed: (boolean | undefined)[] = [];
    const deploy = labs.deployment;
    labs.deployment = async (control) => {
      agreed.push(await control.confirmLoss?.([{ target: 'mine-node1', cause: verbatim('it goes') }]));
      return deploy(control);
    };
    expect(await run(fake, 'up', ...options)).toBe(0);
    expect(agreed).toEqual([expected]);
  });
});
