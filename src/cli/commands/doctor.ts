import type { CliContext, GlobalOptions } from '../context';
import { diagnose, doctorExitCode } from '../doctor/diagnose';
import { printLine, stdoutStyle } from '../print';
import { renderDoctor } from '../render/doctor';

export interface DoctorOptions extends GlobalOptions {
  readonly json?: boolean;
}

/** `gitlab-ha doctor`: what this machine lacks, with remedies. Changes nothing. */
export async function doctor(context: CliContext, options: DoctorOptions): Promise<number> {
  const machine = await context.machine(options);
  const checks = diagnose(await machine.facts());
  const text =
    options.json === true ? JSON.stringify(checks, undefined, 2) : renderDoctor(checks, stdoutStyle(context));
  printLine(context.stdout, text);
  return doctorExitCode(checks);
}
