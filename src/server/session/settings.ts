import type { Severity } from '../../finding/finding';
import type { LintSettings } from '../protocol';

/** What holds when nobody says anything. */
export const DEFAULT_SETTINGS: LintSettings = {
  enabled: true,
  severities: {},
  labRemarks: false,
  gitlabVersion: undefined,
  haproxyVersion: undefined,
  haproxyConfigurations: [],
};

const SEVERITIES: ReadonlySet<unknown> = new Set(['error', 'warning', 'information', 'hint', 'off']);

/** Reads `gitlabHaLab.lint` as a client sends it. What is malformed counts as not said. */
export function readSettings(value: unknown): LintSettings {
  if (!isRecord(value)) return DEFAULT_SETTINGS;
  const severities = isRecord(value['severities']) ? value['severities'] : {};
  return {
    enabled: value['enabled'] !== false,
    severities: Object.fromEntries(
      Object.entries(severities)
        .filter((entry): entry is [string, Severity | 'off'] => SEVERITIES.has(entry[1]))
        .map(([id, severity]) => [id.trim().toUpperCase(), severity]),
    ),
    labRemarks: value['labRemarks'] === true,
    gitlabVersion: version(value['gitlabVersion']),
    haproxyVersion: version(value['haproxyVersion']),
    haproxyConfigurations: configurations(value['haproxyConfigurations']),
  };
}

/** The section of a whole configuration, as `workspace/didChangeConfiguration` carries it. */
export function lintSection(configuration: unknown): unknown {
  const own = isRecord(configuration) ? configuration['gitlabHaLab'] : undefined;
  return isRecord(own) ? own['lint'] : undefined;
}

/** Lists of paths; one list alone is one configuration. */
function configurations(value: unknown): readonly (readonly string[])[] {
  if (!Array.isArray(value)) return [];
  const paths = (list: readonly unknown[]): string[] =>
    list.filter((path): path is string => typeof path === 'string' && path.trim() !== '');
  const alone = paths(value);
  const lists = value.filter((list): list is unknown[] => Array.isArray(list)).map(paths);
  return [...(alone.length > 0 ? [alone] : []), ...lists.filter((list) => list.length > 0)];
}

function version(value: unknown): string | undefined {
  return typeof value === 'string' && /^v?\d+\.\d+/.test(value.trim()) ? value.trim() : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
