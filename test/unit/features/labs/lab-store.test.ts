import { verbatim } from '../../../../src/words/message';
import { beforeEach, describe, expect, test } from 'vitest';
import { LabStore } from '../../../../src/features/labs/lab-store';
import { ServiceSource } from '../../../../src/features/labs/service-source';
import { LabError } from '../../../../src/lab/lab-error';
import type { LabInfo, LabService } from '../../../../src/lab/lab-service';
import type { Observer } from '../../../../src/observe/observer';
import type { ClusterState } from '../../../../src/observe/state';
import { healthy, lab } from '../../presentation/support/lab';

/** An engine in memory: its labs, who listens, and which observers are open. */
class Engine {
  labs: LabInfo[] = [];
  failure: Error | undefined;
  lists = 0;
  readonly listeners = new Set<() => void>();
  readonly open = new Map<string, (state: ClusterState) => void>();
  /** Observers that were made and not disposed yet: each keeps sessions into the nodes. */
  readonly alive = new Set<Observer>();
  /** Docker's pace: an observer is there once this has resolved. */
  pace: () => Promise<void> = async () => undefined;

  readonly service = {
    list: async () => {
      this.lists += 1;
      if (this.failure !== undefined) throw this.failure;
      return this.labs;
    },
    observe: async (info: LabInfo) => {
      await this.pace();
      return this.observer(info.name);
    },
    onDidChange: (listener: () => void) => {
      this.listeners.add(listener);
      return { dispose: () => this.listeners.delete(listener) };
    },
  } as unknown as LabService;

  change(labs: LabInfo[]): void {
    this.labs = labs;
    for (const listener of this.listeners) listener();
  }

  private observer(name: string): Observer {
    const observer: Observer = {
      state: healthy(name),
      onState: (listener) => {
        this.open.set(name, listener);
        listener(healthy(name));
        return { dispose: () => this.open.delete(name) };
      },
      onEvent: () => ({ dispose: () => undefined }),
      record: () => undefined,
      dispose: async () => void this.alive.delete(observer),
    };
    this.alive.add(observer);
    return observer;
  }
}

let engine: Engine;
let created: number;
let store: LabStore;

beforeEach(() => {
  engine = new Engine();
  created = 0;
  store = new LabStore(
    new ServiceSource(async () => {
      created += 1;
      return engine.service;
    }),
  );
});

const names = (): string[] => store.snapshots.map((snapshot) => snapshot.info.name);

describe('nobody looks', () => {
  test('nothing is loaded, asked or observed', () => {
    expect([created, engine.lists, engine.listeners.size, store.situation.kind]).toEqual([
      0,
      0,
      0,
      'unknown',
    ]);
  });

  test('a refresh finds the labs but observes none', async () => {
    engine.labs = [lab('a'), lab('b')];
    await store.refresh();
    expect(names()).toEqual(['a', 'b']);
    expect([store.situation.kind, store.live, engine.open.size]).toEqual(['ready', false, 0]);
  });
});

describe('somebody looks', () => {
  test('a lab that is there already is found and observed; looking away ends that and keeps the last state', async () => {
    engine.labs = [lab('a')];
    const watch = store.watch();
    await expect.poll(() => store.snapshot('a')?.state?.health).toBe('ok');
    expect(store.live).toBe(true);
    watch.dispose();
    watch.dispose();
    expect([store.live, engine.open.size, store.snapshot('a')?.state?.health]).toEqual([false, 0, 'ok']);
  });

  test('two lookers share one observer, which ends with the last of them', async () => {
    engine.labs = [lab('a')];
    const first = store.watch();
    const second = store.watch();
    await expect.poll(() => engine.open.size).toBe(1);
    first.dispose();
    expect(engine.open.size).toBe(1);
    second.dispose();
    expect(engine.open.size).toBe(0);
  });

  test('labs that appear and disappear in Docker are followed', async () => {
    const watch = store.watch();
    await expect.poll(() => engine.listeners.size).toBe(1);
    engine.change([lab('a')]);
    await expect.poll(() => engine.open.size).toBe(1);
    engine.change([]);
    await expect.poll(names).toEqual([]);
    expect(engine.open.size).toBe(0);
    watch.dispose();
  });

  test('every new state is announced', async () => {
    engine.labs = [lab('a')];
    const watch = store.watch();
    await expect.poll(() => engine.open.size).toBe(1);
    let announced = 0;
    store.onDidChange(() => (announced += 1));
    engine.open.get('a')?.({ ...healthy('a'), health: 'degraded' });
    expect([announced, store.snapshot('a')?.state?.health]).toEqual([1, 'degraded']);
    watch.dispose();
  });
});

describe('an observer that is still opening', () => {
  let arrive: (() => void)[];

  beforeEach(() => {
    arrive = [];
    engine.labs = [lab('a')];
    engine.pace = () => new Promise((resolve) => arrive.push(resolve));
  });

  /** Looks until Docker was asked for the n-th observer. */
  async function look(asked: number): Promise<{ dispose(): unknown }> {
    const watch = store.watch();
    await expect.poll(() => arrive.length).toBe(asked);
    return watch;
  }

  test('is ended when nobody looks any more by the time it is there', async () => {
    const watch = await look(1);
    watch.dispose();
    arrive[0]?.();
    await store.refresh();
    expect([engine.alive.size, store.observer('a')]).toEqual([0, undefined]);
  });

  test.each([
    ['the first arrives first', [0, 1]],
    ['the second arrives first', [1, 0]],
  ])('is ended when the view was hidden and shown again meanwhile; %s', async (_case, order) => {
    (await look(1)).dispose();
    const again = await look(2);
    for (const index of order) arrive[index]?.();
    await expect.poll(() => store.observer('a')).toBeDefined();
    await expect.poll(() => engine.alive.size).toBe(1);
    expect(engine.alive).toContain(store.observer('a'));
    again.dispose();
    await expect.poll(() => engine.alive.size).toBe(0);
  });

  test('is ended when the containers are others by the time it is there', async () => {
    const watch = await look(1);
    engine.change([lab('a', { createdAt: 1_800_000_000_000 })]);
    await expect.poll(() => arrive.length).toBe(2);
    for (const resolve of arrive) resolve();
    await expect.poll(() => store.observer('a')).toBeDefined();
    await expect.poll(() => engine.alive.size).toBe(1);
    watch.dispose();
    await expect.poll(() => engine.alive.size).toBe(0);
  });

  test.each<[string, () => void]>([
    ['its lab is gone', () => engine.change([])],
    ['the store is gone', () => store.dispose()],
  ])('is ended when %s by the time it is there', async (_case, happens) => {
    await look(1);
    happens();
    await store.refresh();
    arrive[0]?.();
    await expect.poll(() => engine.alive.size).toBe(0);
    expect(store.observer('a')).toBeUndefined();
  });

  test('and fails is reported, and the next refresh tries again', async () => {
    const reported: unknown[] = [];
    store.onDidFail((error) => reported.push(error));
    const failure = new LabError('no-node', verbatim('node1 is gone.'), verbatim('Deploy again.'));
    engine.pace = () => Promise.reject(failure);
    const watch = store.watch();
    await expect.poll(() => reported).toEqual([failure]);
    engine.pace = async () => undefined;
    await store.refresh();
    await expect.poll(() => store.observer('a')).toBeDefined();
    watch.dispose();
    await expect.poll(() => engine.alive.size).toBe(0);
  });
});

test('refreshes at the same time share answers, yet see what changed after the first began', async () => {
  const first = store.refresh();
  engine.labs = [lab('late')];
  await Promise.all([first, store.refresh(), store.refresh()]);
  expect(names()).toEqual(['late']);
  expect(engine.lists).toBe(2);
});

test.each([
  [new LabError('no-docker', verbatim('No Docker engine answers.'), verbatim('Start it.')), 'no-docker'],
  [new LabError('no-permission', verbatim('Not allowed.'), verbatim('Join the group.')), 'no-permission'],
  [new LabError('docker-too-old', verbatim('Too old.'), verbatim('Update.')), 'trouble'],
  [new Error('odd'), 'trouble'],
])(
  '%s becomes the situation %s, is reported, and is over when Docker answers again',
  async (failure, kind) => {
    const reported: unknown[] = [];
    store.onDidFail((error) => reported.push(error));
    engine.labs = [lab('a')];
    engine.failure = failure;
    await store.refresh();
    expect([store.situation.kind, names(), reported]).toEqual([kind, [], [failure]]);
    engine.failure = undefined;
    await store.refresh();
    expect([store.situation.kind, names()]).toEqual(['ready', ['a']]);
  },
);

test('an operation is shown at its lab, and also while its lab does not exist yet', async () => {
  store.setActivity('a', 'Building');
  expect([...store.busy]).toEqual([['a', 'Building']]);
  engine.labs = [lab('a')];
  await store.refresh();
  expect(store.snapshot('a')?.activity).toBe('Building');
  store.setActivity('a', undefined);
  expect(store.snapshot('a')?.activity).toBeUndefined();
});

test('another engine: everything known of the old one is dropped', async () => {
  engine.labs = [lab('a')];
  await store.refresh();
  engine.labs = [];
  await store.reset();
  expect([names(), engine.listeners.size]).toEqual([[], 1]);
});

test('another engine: an answer of the old one that comes late is not taken', async () => {
  const old = new Engine();
  old.labs = [lab('old')];
  let answer: () => void = () => undefined;
  const late = { ...old.service, list: () => new Promise<LabInfo[]>((r) => (answer = () => r(old.labs))) };
  const services = [late as unknown as LabService, engine.service];
  const source = new ServiceSource(async () => services.shift() ?? engine.service);
  store = new LabStore(source);
  const watch = store.watch();
  await expect.poll(() => services.length).toBe(1);
  const seen: string[][] = [];
  store.onDidChange(() => seen.push(names()));
  engine.labs = [lab('new')];
  source.reset();
  const reset = store.reset();
  answer();
  await reset;
  await expect.poll(() => engine.alive.size).toBe(1);
  expect([names(), old.alive.size, old.listeners.size]).toEqual([['new'], 0, 0]);
  expect(seen.flat()).not.toContain('old');
  watch.dispose();
});

test('a service that could not be made is tried again', async () => {
  let attempts = 0;
  const source = new ServiceSource(async () => {
    attempts += 1;
    if (attempts === 1) throw new LabError('no-docker', verbatim('No engine.'), verbatim('Start it.'));
    return engine.service;
  });
  await expect(source.get()).rejects.toMatchObject({ code: 'no-docker' });
  await expect(source.get()).resolves.toBe(engine.service);
  expect(attempts).toBe(2);
});
