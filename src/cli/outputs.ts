import type { CliOutput } from './context';
import { EXIT } from './exit-code';
import type { Interrupts } from './interrupts';

/**
 * Standard output and standard error, which may go away (`| head -1`) or refuse what is written (a full disk): the one is
 * a wish to end, the other a failure, because what nobody has got must not pass for done.
 */
export class Outputs {
  private refused: Error | undefined;

  constructor(private readonly interrupts: Interrupts) {}

  /** The stream itself, followed from now on. */
  follow<Output extends CliOutput & NodeJS.EventEmitter>(output: Output): Output {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') this.interrupts.closedPipe();
      else this.told(error);
    });
    return output;
  }

  /** What a write says when it is done; a file tells its callback before its listeners. */
  told(error: NodeJS.ErrnoException | null | undefined): void {
    if (error && error.code !== 'EPIPE') this.refused ??= error;
  }

  /** Why something could not be written; undefined while all was. */
  get failure(): Error | undefined {
    return this.refused;
  }

  /** The exit code of a command that ended with another one. */
  exitCode(code: number): number {
    return this.refused !== undefined && code === EXIT.ok ? EXIT.failed : code;
  }
}
