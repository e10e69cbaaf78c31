import type Docker from 'dockerode';
import { beforeEach, describe, expect, it } from 'vitest';
import { LABEL } from '../../../../../src/lab/docker/labels';
import { acquireEngineLock } from '../../../../../src/lab/docker/locks/engine-lock';
import { thisProcess } from '../../../../../src/lab/lock/owner';

const STATE = '/home/dev/.local/state/gitlab-ha-lab/sample';

/** An engine that has volumes only; the next call that `failing` names is refused. */
class Volumes {
  readonly labels = new Map<string, Record<string, string>>();
  failing = '';

  readonly docker = {
    listVolumes: async () => ({
      Volumes: [...this.labels].map(([Name, Labels]) => ({ Name, Labels })),
    }),
    createVolume: async ({ Name, Labels }: { Name: string; Labels: Record<string, string> }) => {
      if (!this.labels.has(Name)) this.labels.set(Name, Labels);
      return this.volume(Name);
    },
    getVolume: (name: string) => this.volume(name),
  } as unknown as Docker;

  private volume(Name: string) {
    return {
      inspect: async () => {
        if (this.failing === 'inspect') {
          this.failing = '';
          throw new Error('the engine went away');
        }
        const Labels = this.labels.get(Name);
        if (!Labels) throw Object.assign(new Error('no such volume'), { statusCode: 404 });
        return { Name, Labels };
      },
      remove: async () => void this.labels.delete(Name),
    };
  }
}

let volumes: Volumes;
beforeEach(() => {
  volumes = new Volumes();
});

/** Leaves a lock of a process whose number runs, seen just now. */
async function leave(more: object): Promise<void> {
  const owner = { ...(await thisProcess('deploy')), seen: Date.now(), state: STATE, ...more };
  volumes.labels.set('gitlab-ha-lab-sample.lock.1', {
    [LABEL.lock]: 'sample',
    [LABEL.owner]: JSON.stringify(owner),
  });
}

describe('the lock of a lab in an engine', () => {
  it('is nobody’s when our own folder’s lock is held and it was left from there', async () => {
    await leave({});
    const lock = await acquireEngineLock(volumes.docker, 'sample', 'destroy', STATE);
    expect(lock.takenOver).toBe(true);
    await lock.release();
    expect(volumes.labels.size).toBe(0);
  });

  it.each([
    ['another folder', { state: '/home/other/.local/state/gitlab-ha-lab/sample' }],
    ['the same path on another system of the same name', { platform: 'another' }],
    ['the same path on another machine', { host: 'elsewhere.example', boot: 'another', pids: 'another' }],
  ])('is held from %s', async (_name, more) => {
    await leave(more);
    await expect(acquireEngineLock(volumes.docker, 'sample', 'destroy', STATE)).rejects.toMatchObject({
      code: 'busy',
    });
    expect([...volumes.labels.keys()]).toEqual(['gitlab-ha-lab-sample.lock.1']);
  });

  it('does not stay when it was made and then could not be looked at', async () => {
    volumes.failing = 'inspect';
    const taken = acquireEngineLock(volumes.docker, 'sample', 'deploy', STATE);
    await expect(taken).rejects.toThrow('the engine went away');
    expect(volumes.labels.size).toBe(0);
  });
});
