import { say } from '../../../words/message';
import type Docker from 'dockerode';
import { acquire } from '../../lock/numbered-lock';
import type { HeldLock } from '../../lock/numbered-lock';
import type { LockEntry, LockStore } from '../../lock/lock-store';
import { parseOwner, thisProcess } from '../../lock/owner';
import type { Owner } from '../../lock/owner';
import { whereIs } from '../../lock/place';
import type { Place } from '../../lock/place';
import { unlessGone } from '../docker-errors';
import { LABEL } from '../labels';

/** An owner as the engine remembers it: with the folder whose own lock it holds as well. */
interface EngineOwner extends Owner {
  readonly state: string;
}

type OwnEngineOwner = EngineOwner & Place;

/**
 * Locks as empty volumes: making one of a name that exists gives the one that exists, with the labels of who made it,
 * so the engine itself says who was first.
 */
class VolumeLocks implements LockStore {
  constructor(
    private readonly docker: Docker,
    private readonly lab: string,
    private readonly own: OwnEngineOwner,
  ) {}

  async list(): Promise<readonly LockEntry[]> {
    const { Volumes } = await this.docker.listVolumes({
      filters: { label: [`${LABEL.lock}=${this.lab}`] },
    });
    const volumes = (Volumes as Docker.VolumeInspectInfo[] | null) ?? [];
    return volumes.map(({ Name, Labels }) => ({
      number: Number(Name.slice(Name.lastIndexOf('.') + 1)) || 0,
      owner: this.living(ownerIn(Labels)),
    }));
  }

  async create(number: number, owner: Owner): Promise<boolean> {
    const Labels = {
      [LABEL.lock]: this.lab,
      [LABEL.owner]: JSON.stringify({ ...owner, state: this.own.state }),
    };
    const volume = await this.docker.createVolume({ Name: this.name(number), Labels });
    const made = await unlessGone(volume.inspect());
    return made !== undefined && ownerIn(made.Labels)?.token === owner.token;
  }

  async remove({ number, owner }: LockEntry): Promise<void> {
    const volume = this.docker.getVolume(this.name(number));
    const present = await unlessGone(volume.inspect());
    if (present === undefined) return;
    const holder = this.living(ownerIn(present.Labels));
    if (holder?.token === owner?.token) await unlessGone(volume.remove());
  }

  /** Our folder's own lock is held: another lock from that folder was left by somebody who no longer works. */
  private living(owner: EngineOwner | undefined): Owner | undefined {
    if (owner === undefined) return undefined;
    const { state, token } = this.own;
    // The same path on another system is another folder.
    const left = owner.state === state && owner.token !== token && whereIs(owner, this.own) !== 'elsewhere';
    return left ? undefined : owner;
  }

  private name(number: number): string {
    return `gitlab-ha-lab-${this.lab}.lock.${number}`;
  }
}

function ownerIn(labels: Readonly<Record<string, string>> | null): EngineOwner | undefined {
  return parseOwner(labels?.[LABEL.owner] ?? '') as EngineOwner | undefined;
}

/**
 * One writer per lab and engine, whoever they are and from wherever they come. Taken while the lock in the own state
 * folder is held.
 * @param state the state folder whose lock is held
 * @throws LabError `busy` with who holds it and since when
 */
export async function acquireEngineLock(
  docker: Docker,
  lab: string,
  purpose: string,
  state: string,
): Promise<HeldLock> {
  const own = { ...(await thisProcess(purpose)), state };
  return acquire(new VolumeLocks(docker, lab, own), say('Lab "{0}"', lab), own);
}
