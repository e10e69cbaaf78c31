import { CATALOGUE, FORMER_IDS } from '../../workspace/catalogue';
import { closestWord } from '../../finding/did-you-mean';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { EXIT } from '../exit-code';
import { rulePageOf } from '../lint/rule-pages';
import { printLine } from '../print';
import { table } from '../render/table';

/** `gitlab-ha rules`: every rule with its severity, topic and title. */
export function rules(context: CliContext, options: { readonly json?: boolean }): number {
  const sorted = [...CATALOGUE].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (options.json === true) {
    printLine(context.stdout, JSON.stringify(sorted, undefined, 2));
    return EXIT.ok;
  }
  const rows = sorted.map(({ id, severity, topic, title }) => [id, severity, topic, title]);
  const { l10n } = context;
  const heading = [l10n.t('Rule'), l10n.t('Severity'), l10n.t('Topic'), l10n.t('What is wrong')];
  printLine(context.stdout, table([heading, ...rows]));
  return EXIT.ok;
}

/** `gitlab-ha explain GLR012`: the page of a rule. */
export async function explain(context: CliContext, id: string): Promise<number> {
  const asked = id.toUpperCase();
  const wanted = FORMER_IDS[asked] ?? asked;
  const page = await rulePageOf(context, wanted);
  if (page === undefined) {
    const ids = CATALOGUE.map((entry) => entry.id);
    const close = closestWord(wanted, ids);
    const remedy =
      close === undefined
        ? context.l10n.t('gitlab-ha rules lists them all.')
        : context.l10n.t('Did you mean {0}?', close);
    throw new CliError(EXIT.usage, context.l10n.t('There is no rule {0}.', wanted), remedy);
  }
  printLine(context.stdout, page.trimEnd());
  return EXIT.ok;
}
