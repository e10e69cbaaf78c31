import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { outputWidth, printLine, stdoutStyle } from '../print';
import { labJson } from '../render/lab-json';
import { renderList } from '../render/list';

export interface ListOptions extends GlobalOptions {
  readonly json?: boolean;
}

/** `gitlab-ha list`: all labs of the Docker engine. */
export async function list(context: CliContext, options: ListOptions): Promise<number> {
  const service = await context.labs(options);
  const labs = await service.list();
  const text =
    options.json === true
      ? JSON.stringify((await Promise.all(labs.map((lab) => service.dated(lab)))).map(labJson), undefined, 2)
      : renderList(labs, context.now(), stdoutStyle(context), outputWidth(context));
  printLine(context.stdout, text);
  return EXIT.ok;
}
