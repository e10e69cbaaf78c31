import { openClient } from '../../lab/clients/lab-client';
import { defaultStateDir } from '../../lab/state-dir';
import { ownName } from '../called-as';
import type { CliContext, GlobalOptions } from '../context';
import { EXIT } from '../exit-code';
import { chooseLab } from '../lab-name';
import { printLine, stdoutStyle } from '../print';
import { loginJson, renderLogin } from '../render/login';

export interface LoginOptions extends GlobalOptions {
  readonly name?: string;
  readonly json?: boolean;
}

/** `gitlab-ha login`: where the lab's GitLab is, whom to sign in as, and how to clone from it. */
export async function login(context: CliContext, options: LoginOptions): Promise<number> {
  const labs = await context.labs(options);
  const lab = await chooseLab(context, labs, options.name);
  const client = await openClient(labs, lab, defaultStateDir(context.env));
  const text =
    options.json === true
      ? JSON.stringify(loginJson(client), undefined, 2)
      : renderLogin(lab.name, client, stdoutStyle(context), ownName(context));
  printLine(context.stdout, text);
  return EXIT.ok;
}
