import { isLayerId } from '../../cluster/layer';
import type { LabOverrides } from './cluster-overrides';

/** The part of vscode.WorkspaceConfiguration that is read here. */
export interface SettingsReader {
  get<T>(section: string): T | undefined;
}

/** What the user's settings say over cluster.yaml; a setting left at its default says nothing. */
export function labOverrides(settings: SettingsReader): LabOverrides {
  const timings = settings.get<string>('timings');
  const memoryMb = settings.get<number>('memoryMb') ?? 0;
  const cpus = settings.get<number>('cpus') ?? 0;
  const layers = (settings.get<readonly string[]>('layers') ?? []).filter(isLayerId);
  return {
    ...(timings === 'fast' || timings === 'production' ? { timings } : {}),
    ...(memoryMb > 0 ? { memoryMb } : {}),
    ...(cpus > 0 ? { cpus } : {}),
    ...(layers.length > 0 ? { layers } : {}),
  };
}
