import type { PlannedFile } from '../plan/plan';
import type { LabSecrets } from './context';
import { PATHS } from './paths';
import { ROOT } from './users';

const NAMES: readonly (keyof LabSecrets)[] = [
  'postgresSuperuser',
  'postgresReplication',
  'postgresApplication',
  'pgbouncerAdmin',
  'patroniRest',
  'redis',
  'haproxyStats',
  'vrrp',
  'consulGossip',
];

/** The lab's secrets as every node keeps them; only root may read the file. */
export function renderSecrets(secrets: LabSecrets): PlannedFile {
  const content = `${JSON.stringify({ lab: secrets }, null, 2)}\n`;
  return { path: PATHS.secrets, content, mode: 0o600, ...ROOT };
}

/**
 * Reads back what renderSecrets wrote, from a node of a lab that exists.
 * @returns undefined when the text is not such a file or a secret is missing
 */
export function parseSecrets(text: string): LabSecrets | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const lab = isRecord(parsed) ? parsed['lab'] : undefined;
  return isRecord(lab) && isSecrets(lab) ? lab : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isSecrets(value: object): value is LabSecrets {
  const record = value as Record<string, unknown>;
  return NAMES.every((name) => typeof record[name] === 'string' && record[name] !== '');
}
