import type { Lack } from '../../observe/wholeness';

/**
 * What may go on missing in a lab that was not whole before: by node and service, for the words change while nothing
 * else does ("lags 5 MB", "lags 6 MB"). A node that was down as a whole may lack any of its services. Immutable.
 */
export class Tolerance {
  private constructor(private readonly lacks: readonly Lack[]) {}

  static of(lacks: readonly Lack[]): Tolerance {
    return new Tolerance(lacks);
  }

  includes(lack: Lack): boolean {
    return this.lacks.some((one) => covers(one, lack));
  }

  /** Without what is not missing any more: what was mended has to stay so. */
  narrowedTo(missing: readonly Lack[]): Tolerance {
    return new Tolerance(this.lacks.filter((one) => missing.some((lack) => covers(one, lack))));
  }
}

function covers(tolerated: Lack, lack: Lack): boolean {
  if (tolerated.node !== lack.node) return false;
  const wholeNode = tolerated.node !== undefined && tolerated.service === undefined;
  return wholeNode || tolerated.service === lack.service;
}
