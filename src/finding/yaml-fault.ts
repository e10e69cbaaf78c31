import type { YAMLError } from 'yaml';

/**
 * Where a text shows what is wrong with it. A line that is indented too far is read as a part of the value above it: the
 * parser then names that value, people look for the line.
 */
export function yamlFaultOffset(text: string, { code, pos }: YAMLError): number {
  const [start] = pos;
  if (code !== 'BLOCK_AS_IMPLICIT_KEY') return start;
  const colon = text.slice(start).search(/:(?:\s|$)/);
  return colon < 0 ? start : start + colon;
}
