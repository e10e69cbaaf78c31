import { say } from '../../words/message';
import { LabError } from '../../lab/lab-error';
import type { LabInfo, LabService } from '../../lab/lab-service';
import { profileOf } from '../../lab/profiles/profiles';

/** A signal is sent at once. */
const LIMIT_MS = 15_000;

interface HaltContext {
  readonly lab: Pick<LabInfo, 'name' | 'cluster'>;
  readonly labs: Pick<LabService, 'transport'>;
}

/**
 * Lets the process of a service stand still, or go on. Safe to repeat.
 * @param verb the supervisor's word for it
 * @throws LabError `docker-failed` when the supervisor does not do it
 */
export async function halt(
  { lab, labs }: HaltContext,
  node: string,
  service: string,
  verb: 'pause' | 'cont',
): Promise<void> {
  const transport = await labs.transport(lab.name, node);
  const { services } = profileOf(lab.cluster).layout;
  const { exitCode, stdout, stderr } = await transport.exec(['sv', verb, `${services}/${service}`], {
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  if (exitCode === 0) return;
  throw new LabError(
    'docker-failed',
    say(
      '{0} on {1} did not take "sv {2}" (exit code {3}): {4}',
      service,
      node,
      verb,
      exitCode,
      (stderr || stdout).trim(),
    ),
    say('Look at "gitlab-ctl status" on {0}.', node),
  );
}
