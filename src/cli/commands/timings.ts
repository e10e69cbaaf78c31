import { TIMING_PROFILES } from '../../cluster/timing';
import type { CliContext } from '../context';
import { EXIT } from '../exit-code';
import { printLine, stdoutStyle } from '../print';
import { renderTimings } from '../render/timings';

/** `gitlab-ha timings`: both profiles side by side. Needs no Docker. */
export function timings(context: CliContext, options: { readonly json?: boolean }): number {
  const text =
    options.json === true
      ? JSON.stringify(TIMING_PROFILES, undefined, 2)
      : renderTimings(TIMING_PROFILES, stdoutStyle(context));
  printLine(context.stdout, text);
  return EXIT.ok;
}
