/** A command line that cannot be carried out, found by the CLI itself; ends the program with `exitCode`. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    readonly exitCode: number,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}
