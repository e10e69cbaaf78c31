import type { LayerId } from '../../cluster/layer';
import type { ContainerState, Health } from '../../observe/state';
import type { Tone } from './tree-node';

const LAYER_ICONS: Readonly<Record<LayerId, string>> = {
  coordination: 'type-hierarchy',
  database: 'database',
  cache: 'zap',
  git: 'repo',
  application: 'server-process',
  access: 'globe',
  objects: 'archive',
  observability: 'pulse',
};

/** Icon of a layer. */
export function layerIcon(layer: LayerId): string {
  return LAYER_ICONS[layer];
}

/** Icon of a service on a node: its shape tells the health without the colour. */
export function healthIcon(health: Health): string {
  switch (health) {
    case 'ok':
      return 'pass-filled';
    case 'degraded':
      return 'warning';
    case 'failed':
      return 'error';
    case 'starting':
      return 'clock';
    case 'unknown':
      return 'question';
  }
}

/** Colour of a health. */
export function healthTone(health: Health): Tone {
  switch (health) {
    case 'ok':
      return 'good';
    case 'degraded':
      return 'warning';
    case 'failed':
      return 'bad';
    case 'starting':
    case 'unknown':
      return 'quiet';
  }
}

/** Icon of a node: its shape tells what its container does. */
export function nodeIcon(container: ContainerState, connected: boolean | undefined): string {
  if (container === 'paused') return 'debug-pause';
  if (container === 'stopped' || container === 'missing') return 'vm-outline';
  return connected === false ? 'debug-disconnect' : 'vm';
}
