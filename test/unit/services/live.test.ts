import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULT_AIMS, SERVICE_FAULTS } from '../../../src/services/faults';
import type { ClusterFact, NodeFact } from '../../../src/services/core/live/fact';
import { ADDRESSES, PROCESSES } from '../../../src/services/core/live/view';
import { LIVE } from '../../../src/services/live';
import { deployedServices } from '../../../src/services/registry';
import { LIVE_SERVICES } from '../../../src/observe/live';

const SERVICES = join(import.meta.dirname, '..', '..', '..', 'src', 'services');

const isFact = (value: unknown): value is NodeFact<unknown> | ClusterFact<unknown> =>
  typeof value === 'object' && value !== null && 'of' in value && 'source' in value;

/** Every fact that a service declares in its facts.ts, by its service. */
async function declaredFacts(): Promise<
  readonly (readonly [string, NodeFact<unknown> | ClusterFact<unknown>])[]
> {
  const folders = readdirSync(SERVICES).filter((name) => existsSync(join(SERVICES, name, 'facts.ts')));
  const all = await Promise.all(
    folders.map(async (name) => {
      const module = (await import(join(SERVICES, name, 'facts.ts'))) as Readonly<Record<string, unknown>>;
      return Object.values(module)
        .filter(isFact)
        .map((fact) => [name, fact] as const);
    }),
  );
  return all.flat();
}

describe('the live halves of the services', () => {
  it('are there for every deployed service, each told of once', () => {
    expect(Object.keys(LIVE).sort()).toEqual(
      deployedServices()
        .map(({ id }) => id)
        .sort(),
    );
    expect(LIVE_SERVICES.map(([id]) => id)).toEqual(Object.keys(LIVE));
  });

  it('declare facts under names of their own: the observer tells facts apart by them', async () => {
    const facts = await declaredFacts();
    expect(facts.length).toBeGreaterThan(0);
    const names = [PROCESSES.name, ADDRESSES.name, ...facts.map(([, { name }]) => name)];
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(facts.filter(([service, { name }]) => !name.startsWith(`${service}-`))).toEqual([]);
  });

  it('say the same of a source wherever they name it', async () => {
    const sources = new Map((await declaredFacts()).map(([, { source }]) => [source.id, source]));
    for (const [, { source }] of await declaredFacts()) expect(sources.get(source.id)).toEqual(source);
  });

  it('report lines of the node script under letters of their own', () => {
    const letters = LIVE_SERVICES.flatMap(([, { nodeReport }]) => nodeReport?.letter ?? []);
    expect(new Set(['S', 'A', ...letters]).size).toBe(letters.length + 2);
    for (const letter of letters) expect(letter).toMatch(/^[A-Z]$/);
  });

  it('tell kinds of events of their own', () => {
    const kinds = LIVE_SERVICES.flatMap(([, { holders = [], values = [] }]) =>
      [...holders, ...values].map(({ kind }) => kind),
    );
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});

describe('the faults the services declare', () => {
  it('have ids of their own, an aim that exists, and stop only what is deployed', () => {
    expect(new Set(SERVICE_FAULTS.map(({ id }) => id)).size).toBe(SERVICE_FAULTS.length);
    const aims: readonly string[] = FAULT_AIMS.map(({ id }) => id);
    const deployed: readonly string[] = deployedServices().map(({ id }) => id);
    for (const { aim, action } of SERVICE_FAULTS) {
      expect(aims).toContain(aim);
      if (action.on === 'service') expect(deployed).toContain(action.service);
    }
  });
});
