import { verbatim } from '../../../../src/words/message';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withConsent } from '../../../../src/lab/docker/consent';
import type { Attempt } from '../../../../src/lab/docker/consent';
import type { Foreseen } from '../../../../src/lab/lab-service';
import type { LabError } from '../../../../src/lab/lab-error';
import { acquireLabLock } from '../../../../src/lab/lock/lab-lock';
import type { DataLoss } from '../../../../src/lab/plan/operations';

const ONE: DataLoss = { target: 'sample-node1', cause: verbatim('its image is another') };
const TWO: DataLoss = { target: 'sample-node2', cause: verbatim('its image is another') };

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'lab-consent-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

interface Case {
  /** What each look finds would be lost. */
  readonly looks: readonly (readonly DataLoss[])[];
  readonly answers?: readonly boolean[];
}

/** Deploys as the lab does: looks at what would be lost while the lab's lock is held. */
async function deploy({ looks, answers = [] }: Case, signal = new AbortController().signal) {
  const asked: (readonly DataLoss[])[] = [];
  let look = 0;
  const result = withConsent<string>(
    {
      lab: 'sample',
      signal,
      confirmLoss: async (losses) => {
        // Refused when the one who asks still holds it.
        await (await acquireLabLock(join(base, 'sample'), verbatim('sample'), 'destroy')).release();
        return answers[asked.push(losses) - 1] ?? false;
      },
    },
    async (agreed): Promise<Attempt<string>> => {
      const lock = await acquireLabLock(join(base, 'sample'), verbatim('sample'), 'deploy');
      try {
        const losses = looks[look++] ?? [];
        return agreed(losses)
          ? { kind: 'done', result: `destroyed ${losses.map(({ target }) => target).join()}` }
          : { kind: 'asks', losses };
      } finally {
        await lock.release();
      }
    },
  );
  return { asked, outcome: await result.catch((error: unknown) => error as LabError), looks: look };
}

describe('consent to the loss of data', () => {
  it.each<[string, Case, { asked: readonly (readonly DataLoss[])[]; outcome: string; looks: number }]>([
    ['nothing is lost', { looks: [[]] }, { asked: [], outcome: 'destroyed ', looks: 1 }],
    [
      'agreed, and nothing has changed',
      {
        looks: [
          [ONE, TWO],
          [TWO, ONE],
        ],
        answers: [true],
      },
      { asked: [[ONE, TWO]], outcome: 'destroyed sample-node2,sample-node1', looks: 2 },
    ],
    [
      'agreed, and less is lost now',
      { looks: [[ONE, TWO], [ONE]], answers: [true] },
      { asked: [[ONE, TWO]], outcome: 'destroyed sample-node1', looks: 2 },
    ],
    [
      'agreed, and nothing is lost any more',
      { looks: [[ONE], []], answers: [true] },
      { asked: [[ONE]], outcome: 'destroyed ', looks: 2 },
    ],
    [
      'more is lost now: asked again',
      { looks: [[ONE], [ONE, TWO], [ONE, TWO]], answers: [true, true] },
      { asked: [[ONE], [ONE, TWO]], outcome: 'destroyed sample-node1,sample-node2', looks: 3 },
    ],
  ])('%s', async (_name, one, expected) => {
    expect(await deploy(one)).toEqual(expected);
  });

  it.each<[string, Case, number]>([
    ['is refused', { looks: [[ONE]], answers: [false] }, 1],
    [
      'is refused for a cause that has changed',
      { looks: [[ONE], [{ ...ONE, cause: verbatim('its settings are others') }]], answers: [true, false] },
      2,
    ],
  ])('that %s changes nothing', async (_name, one, questions) => {
    const { asked, outcome, looks } = await deploy(one);
    expect(outcome).toMatchObject({ code: 'would-lose-data' });
    expect([asked.length, looks]).toEqual([questions, questions]);
  });

  it('is refused when there is nobody to ask', async () => {
    const { signal } = new AbortController();
    const consent = withConsent({ lab: 'sample', signal, confirmLoss: undefined }, async () => ({
      kind: 'asks',
      losses: [ONE, TWO],
    }));
    await expect(consent).rejects.toMatchObject({
      code: 'would-lose-data',
      message:
        'All data of lab "sample" would be lost, because no node can keep its own. ' +
        'sample-node1: its image is another; sample-node2: its image is another.',
    });
  });

  it('is no longer waited for when the deployment is cancelled', async () => {
    const abort = new AbortController();
    const consent = withConsent(
      {
        lab: 'sample',
        signal: abort.signal,
        confirmLoss: async () => {
          setTimeout(() => abort.abort(), 10);
          return new Promise<boolean>(() => undefined);
        },
      },
      async () => ({ kind: 'asks', losses: [ONE] }),
    );
    await expect(consent).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('is not asked for when the deployment is cancelled already', async () => {
    const { asked, outcome } = await deploy({ looks: [[ONE]], answers: [true] }, AbortSignal.abort());
    expect(outcome).toMatchObject({ code: 'cancelled' });
    expect(asked).toEqual([]);
  });
});

describe('the refusal to lose data', () => {
  const part: DataLoss = {
    target: 'gitlab-ha-lab-sample-objects',
    cause: verbatim('it is gone'),
    part: true,
  };

  it.each<[string, readonly DataLoss[], string]>([
    [
      "of the cluster's own",
      [ONE, part],
      'All data of lab "sample" would be lost, because no node can keep its own. sample-node1: its image is another; gitlab-ha-lab-sample-objects: it is gone.',
    ],
    [
      'of one volume',
      [part],
      'Data of lab "sample" would be lost. gitlab-ha-lab-sample-objects: it is gone.',
    ],
  ])('%s says what goes', async (_name, losses, message) => {
    const { outcome } = await deploy({ looks: [losses] });
    expect(outcome).toMatchObject({ code: 'would-lose-data', message });
  });
});

describe('consent to a change of a lab that runs', () => {
  const reload = changeOf('its files changed');
  const other = changeOf('its files changed', 'apply-container sample-node2');

  it.each<[string, readonly Look[], readonly boolean[], readonly string[], string]>([
    ['nothing runs that is changed', [{}], [], [], 'done at look 1'],
    [
      'agreed, and it is what was shown',
      [{ change: reload }, { change: reload }],
      [true],
      ['change'],
      'done at look 2',
    ],
    [
      'agreed, and nothing is to be done any more',
      [{ change: reload }, {}],
      [true],
      ['change'],
      'done at look 2',
    ],
    [
      'it has become another one: asked again',
      [{ change: reload }, { change: other }, { change: other }],
      [true, true],
      ['change', 'change'],
      'done at look 3',
    ],
    ['refused', [{ change: reload }], [false], ['change'], 'not-confirmed'],
    [
      'refused when it has become another one',
      [{ change: reload }, { change: other }],
      [true, false],
      ['change', 'change'],
      'not-confirmed',
    ],
    [
      'who agrees to a loss is not asked about the change as well',
      [
        { losses: [ONE], change: reload },
        { losses: [ONE], change: reload },
      ],
      [true],
      ['loss'],
      'done at look 2',
    ],
    [
      'a change that comes after the loss was agreed to is asked about',
      [
        { losses: [ONE], change: reload },
        { losses: [ONE], change: other },
        { losses: [ONE], change: other },
      ],
      [true, true],
      ['loss', 'change'],
      'done at look 3',
    ],
  ])('%s', async (_name, looks, answers, asked, outcome) => {
    const questions: string[] = [];
    const answer = (question: string): boolean => answers[questions.push(question) - 1] ?? false;
    let look = 0;
    const result = withConsent<string>(
      {
        lab: 'sample',
        signal: new AbortController().signal,
        confirmLoss: async () => answer('loss'),
        confirmChange: async () => answer('change'),
      },
      async (agreed) => {
        const { losses = [], change } = looks[look++] ?? {};
        return agreed(losses, change)
          ? { kind: 'done', result: `done at look ${look}` }
          : { kind: 'asks', losses, change };
      },
    );
    expect(await result.catch((error: unknown) => (error as LabError).code)).toBe(outcome);
    expect(questions).toEqual(asked);
  });

  it("is nobody's business when there is nobody to ask: one look", async () => {
    const { signal } = new AbortController();
    let looks = 0;
    const result = withConsent({ lab: 'sample', signal, confirmLoss: undefined }, async (agreed) => {
      looks++;
      return agreed([], reload)
        ? { kind: 'done', result: looks }
        : { kind: 'asks', losses: [], change: reload };
    });
    await expect(result).resolves.toBe(1);
  });
});

interface Look {
  readonly losses?: readonly DataLoss[];
  readonly change?: Foreseen;
}

function changeOf(cause: string, id = 'apply-container sample-node1'): Foreseen {
  const action = { kind: 'remove-network', id: 'n' } as const;
  const operations = [
    { id, step: 'apply', target: 'sample-node1', cause: verbatim(cause), needs: [], action },
  ] as const;
  return { lab: 'sample', runs: true, effects: [], leading: new Map(), losses: [], operations };
}
