import { say } from '../../words/message';
import type { LiveService } from '../core/live/live-service';
import { mayServe } from '../core/live/view';
import type { View } from '../core/live/view';
import { OBJECT_WRITTEN } from './facts';
import { objectStorageVerdict } from './health';
import { objectStorage } from './service';
import { watchObjectStorage } from './watch';

export const objectStorageLive: LiveService<unknown, unknown, 'object-store-changed'> = {
  watchNode: watchObjectStorage,
  verdict: objectStorageVerdict,
  values: [
    {
      kind: 'object-store-changed',
      value: presence,
      text: (to) =>
        to === 'gone'
          ? say(
              'The object store is gone: uploads, artifacts, LFS objects and packages cannot be read or written',
            )
          : say('The object store is back: what is written is kept'),
    },
  ],
};

/** Whether it takes objects: `there` or `gone`; undefined while nobody knows, or the lab has none. */
function presence(view: View): string | undefined {
  const [name] = view.placement.nodesOf(objectStorage.id);
  const machine = view.node(name);
  if (!machine) return undefined;
  if (machine.container !== 'unknown' && !mayServe(machine, objectStorage.id)) return 'gone';
  const written = machine.fact(OBJECT_WRITTEN)?.value;
  if (written === undefined) return undefined;
  return written.kind === 'kept' ? 'there' : 'gone';
}
