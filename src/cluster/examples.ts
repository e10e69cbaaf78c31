import { broadcastOf, formatIpv4, parseSubnet } from './ipv4';

/** Of the sample; for those whose own subnet is not known yet. */
const SAMPLE = '172.30.0.0/24';

/**
 * An address for an example, taken from the reader's own subnet.
 * @param subnet as it is written; may be missing or wrong
 * @param host number of the host in it; the last one where there are fewer
 */
export function exampleAddress(subnet: string | undefined, host: number): string {
  const parsed = parseSubnet(subnet ?? SAMPLE) ?? parseSubnet(SAMPLE);
  if (parsed === undefined) return '';
  return formatIpv4(Math.min(parsed.network + host, broadcastOf(parsed) - 1));
}
