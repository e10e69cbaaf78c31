import { createLabService } from '../lab/create-lab-service';
import type { LabService } from '../lab/lab-service';
import type { GlobalOptions } from './context';

/**
 * The labs of the Docker engine the options (else the environment) point to.
 * @param root folder of this package, which holds the image recipe
 */
export function openLabs(options: GlobalOptions, root: string): LabService {
  return createLabService({ root, dockerHost: options.dockerHost, env: process.env });
}
