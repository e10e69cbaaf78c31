import type { ContainerApi } from './container-api';

/** How a command beside the one that matters ended; `started` is false when it could not even be started. */
export interface SideOutcome {
  readonly started: boolean;
  readonly exitCode: number | null;
}

/**
 * Runs a short command of our own in the container to its end; what it prints is dropped.
 * @throws what the Docker client throws: the container is gone, stopped or paused
 */
export async function runAside(
  container: ContainerApi,
  command: readonly string[],
  user: string,
): Promise<SideOutcome> {
  const exec = await container.exec({
    Cmd: [...command],
    AttachStdin: false,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    Env: [],
    User: user,
  });
  const stream = await exec.start({ hijack: true, stdin: false, Tty: false });
  await new Promise<void>((resolve) => {
    stream.on('close', () => resolve()).on('error', () => resolve());
    stream.resume();
  });
  const { ExitCode, Pid } = await exec.inspect();
  return { started: Pid !== 0, exitCode: ExitCode };
}

/** Ends with 0 when the program named by `$0` exists, as a file or somewhere in PATH. */
const EXISTS = 'case "$0" in */*) test -e "$0" ;; *) command -v -- "$0" >/dev/null ;; esac';

/** Whether the program is in the container at all; true as well when even that cannot be asked. */
export async function programExists(container: ContainerApi, program: string): Promise<boolean> {
  try {
    const { started, exitCode } = await runAside(container, ['sh', '-c', EXISTS, program], 'root');
    return !started || exitCode === 0;
  } catch {
    return true; // The container has stopped in between: nothing is known of the program.
  }
}
