import type { FaultAim, ServiceFault } from '../core/fault';

/** There is one, in a machine of its own, which is called like the service. */
export const objectStore = {
  id: 'object-store',
  title: 'object store',
  needs: 'object-storage',
  feltBy: 'object',
  node: ({ nodes }) => nodes.find(({ name }) => name === 'object-storage')?.name,
} as const satisfies FaultAim<{ readonly nodes: readonly { readonly name: string }[] }>;

/** Faults that show what works without object storage: everything that needs none. */
export const objectStorageFaults = [
  {
    id: 'kill-object-store',
    title: 'Kill the object store',
    deed: 'Kill the object store',
    description:
      'Its machine is gone without a word. Only what needs objects fails: pages load, pushes are taken, GitLab says that it is ready; jobs wait with their artifacts until it is back, with everything it had.',
    aim: objectStore.id,
    needs: 'object-storage',
    lasting: true,
    action: { on: 'node', inject: 'kill', heal: 'start' },
  },
  {
    id: 'stop-object-store',
    title: 'Stop the object store',
    deed: 'Stop the object store',
    description:
      'It ends in good order, as for maintenance. Only what needs objects fails until it is started again.',
    aim: objectStore.id,
    needs: 'object-storage',
    lasting: true,
    action: { on: 'node', inject: 'stop', heal: 'start' },
  },
  {
    id: 'cut-object-store',
    title: 'Cut the object store from the network',
    deed: 'Cut the object store from the network',
    description:
      'It works on but nobody reaches it, and nobody is told so: who asks it waits until its own patience ends. Only what needs objects fails.',
    aim: objectStore.id,
    needs: 'object-storage',
    lasting: true,
    action: { on: 'node', inject: 'disconnect', heal: 'connect' },
  },
] as const satisfies readonly ServiceFault[];
