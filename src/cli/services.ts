import type { LabService } from '../lab/lab-service';
import type { GlobalOptions } from './context';

/**
 * The labs of the Docker engine the options (else the environment) point to.
 * @param root folder of this package, which holds the image recipe
 */
export async function openLabs(options: GlobalOptions, root: string): Promise<LabService> {
  throw new Error(`not built yet: labs of ${options.dockerHost ?? 'the default engine'} from ${root}`);
}
