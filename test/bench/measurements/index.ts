import type { Measurement } from '../measurement';
import { activation } from './activation';
import { eventLatency } from './event-latency';
import { failover } from './failover';
import { image } from './image';
import { languageServer } from './language-server';
import { lifecycle, wholeLifecycle } from './lifecycle';
import { lint } from './lint';
import { usage, wholeUsage } from './usage';
import { vsix } from './vsix';

/** In the order they are taken: what needs no lab first. */
export const MEASUREMENTS: readonly Measurement[] = [
  lint,
  languageServer,
  vsix,
  image,
  lifecycle,
  wholeLifecycle,
  usage,
  wholeUsage,
  failover,
  eventLatency,
  activation,
];
