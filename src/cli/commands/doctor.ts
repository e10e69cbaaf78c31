import { resolve } from 'node:path';
import type { CliContext, GlobalOptions } from '../context';
import { diagnose, doctorExitCode } from '../doctor/diagnose';
import { printLine, stdoutStyle } from '../print';
import { renderDoctor } from '../render/doctor';
import { ENGLISH } from '../../presentation/words/localizer';
import { CLUSTER_FILE, textOf } from '../../workspace/files/workspace-files';

export interface DoctorOptions extends GlobalOptions {
  readonly json?: boolean;
}

/** The port the workspace asks for; undefined where there is none, or none that can be read. */
async function wantedPort(context: CliContext, folder: string): Promise<number | undefined> {
  const text = textOf(await context.readWorkspace(folder), CLUSTER_FILE);
  if (text === undefined) return undefined;
  const { readClusterYaml } = await import('../../cluster/cluster-yaml');
  return readClusterYaml(text).cluster?.lab.httpPort;
}

/** `gitlab-ha doctor [workspace]`: what this machine lacks, with remedies. Changes nothing. */
export async function doctor(
  context: CliContext,
  folder: string | undefined,
  options: DoctorOptions,
): Promise<number> {
  const httpPort = await wantedPort(context, resolve(context.cwd, folder ?? '.'));
  const machine = await context.machine(httpPort === undefined ? options : { ...options, httpPort });
  const checks = diagnose(await machine.facts(), options.json === true ? ENGLISH : context.l10n);
  const text =
    options.json === true ? JSON.stringify(checks, undefined, 2) : renderDoctor(checks, stdoutStyle(context));
  printLine(context.stdout, text);
  return doctorExitCode(checks);
}
