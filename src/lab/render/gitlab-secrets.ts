import { knownSecrets } from '../../services/secrets';
import type { KnownSecrets, LabSecrets } from '../../services/secrets';
import type { PlannedFile } from '../plan/plan';
import { PATHS } from './paths';
import { ROOT } from '../../services/core/file';

/** The lab's secrets as every node keeps them; only root may read the file. */
export function renderSecrets(secrets: LabSecrets): PlannedFile {
  const content = `${JSON.stringify({ lab: secrets }, null, 2)}\n`;
  return { path: PATHS.secrets, content, mode: 0o600, ...ROOT };
}

/**
 * Reads back what renderSecrets wrote, from a node of a lab that exists. A lab of an older version may lack secrets
 * that this one has: those it has are kept whatever is missing, because its data and its programs know them.
 * @returns nothing in it when the text is no such file
 */
export function parseSecrets(text: string): KnownSecrets {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return {};
  }
  const lab = isRecord(parsed) ? parsed['lab'] : undefined;
  return isRecord(lab) ? knownSecrets(lab) : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
