import { Option } from 'commander';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { jsonOption, nameOption, takesLab, withLab } from '../options';
import type { Globals, LabOption, Register } from '../options';

/** Commands for those who use the lab's GitLab. */
export function addClientCommands(
  program: Command,
  context: CliContext,
  run: Register,
  globals: Globals,
): void {
  const { l10n } = context;
  takesLab(
    program
      .command('login')
      .summary(l10n.t("URL, user and token of the lab's GitLab, and how to clone from it")),
    l10n,
  )
    .addOption(jsonOption(l10n))
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('../commands/login')).login(context, { ...globals(), ...withLab(l10n, lab, options) }),
      ),
    );
  program
    .command('clone')
    .summary(l10n.t('clone a repository of the lab with git'))
    .argument('<project>', l10n.t('its path, e.g. root/demo'))
    .argument('[folder]', l10n.t('where to; otherwise as git chooses'))
    .addOption(nameOption(l10n))
    .option('--ssh', l10n.t('over SSH, with a key that is made for it; otherwise over HTTPS'))
    .action((project: string, folder: string | undefined, options: object) =>
      run(async () =>
        (await import('../commands/clone')).clone(context, project, folder, { ...globals(), ...options }),
      ),
    );
  takesLab(
    program
      .command('ca')
      .summary(l10n.t("the certificate of the lab's authority, for clients that are to trust its servers")),
    l10n,
  )
    .addOption(new Option('-o, --out <file>', l10n.t('write it there instead of printing it')))
    .action((lab: string | undefined, options: LabOption) =>
      run(async () =>
        (await import('../commands/ca')).ca(context, { ...globals(), ...withLab(l10n, lab, options) }),
      ),
    );
}
