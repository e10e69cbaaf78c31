/** 2^62 plus the ten leap seconds of 1972, as runit and daemontools write it. */
const TAI_EPOCH = 4611686018427387914n;

/**
 * Reads the moment of the last change of state from the first twelve bytes of runit's supervise/status.
 * @returns Milliseconds since the epoch, with fractions.
 * @throws RangeError when there are fewer than twelve bytes.
 */
export function unixMilliseconds(status: Buffer): number {
  return Number(status.readBigUInt64BE(0) - TAI_EPOCH) * 1000 + status.readUInt32BE(8) / 1e6;
}
