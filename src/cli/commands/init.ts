import { translate } from '../../words/message';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { createWorkspace } from '../../workspace/create/create-workspace';
import {
  ASKED,
  answersFrom,
  completed,
  problemWith,
  QUESTIONS,
  type Question,
  type QuestionId,
  type TypedAnswers,
} from '../../workspace/create/questions';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { EXIT } from '../exit-code';
import { declared } from '../../presentation/words/localizer';
import { writeTogether } from '../files/write-together';
import { nextSteps } from '../next-steps';
import { printLine, stderrStyle } from '../print';
import type { Localizer } from '../../presentation/words/localizer';

/** Answers given as options; what is left out is asked on a terminal, else taken as suggested. */
export type InitOptions = TypedAnswers & {
  /** Ask nothing. */
  readonly yes?: boolean;
};

/** `gitlab-ha init [folder]`: writes a workspace for an own cluster; never over a file that is there. */
export async function init(
  context: CliContext,
  folder: string | undefined,
  options: InitOptions,
): Promise<number> {
  const root = resolve(context.cwd, folder ?? '.');
  const name = basename(root);
  const given = givenAnswers(context.l10n, options, name);
  const asks = options.yes !== true && context.stdin.isTTY === true && context.stderr.isTTY === true;
  const answers = asks ? await ask(context, given, name) : given;
  if (answers === undefined) {
    printLine(context.stderr, context.l10n.t('Cancelled: nothing was written.'));
    return EXIT.cancelled;
  }
  const typed = completed(answers, name);
  const made = answersFrom(typed);
  if ('problem' in made)
    throw new CliError(
      EXIT.usage,
      translate(made.problem, context.l10n),
      context.l10n.t('Give other answers.'),
    );
  const { files, findings } = createWorkspace(made);
  const [wrong] = findings;
  if (files.size === 0) {
    throw new CliError(
      EXIT.usage,
      wrong?.message ?? context.l10n.t('No workspace can be made of this.'),
      wrong?.remedy ?? '',
    );
  }
  await refuseToOverwrite(context, root, [...files.keys()]);
  // Nothing that came into being since it was looked for is overwritten either.
  await writeTogether(
    context,
    [...files].map(([path, text]) => ({ kind: 'create', path: join(root, path), text })),
  );
  printLine(context.stdout, report(context, root, [...files.keys()]));
  return EXIT.ok;
}

/** Options are checked as answers are, in the order of the questions. */
function givenAnswers(l10n: Localizer, options: InitOptions, folder: string): TypedAnswers {
  let given: TypedAnswers = {};
  const said = QUESTIONS.filter(({ id }) => options[id] !== undefined);
  // All of them together first: a subnet alone may contradict addresses that are given as well.
  for (const { id } of said) given = { ...given, [id]: options[id] };
  for (const { id } of said) {
    const problem = problemWith(id, options[id] ?? '', given, folder);
    if (problem === undefined) continue;
    const option = optionOf(culprit(given, folder) ?? id);
    throw new CliError(EXIT.usage, translate(problem, l10n), l10n.t('Give another {0}.', option));
  }
  return given;
}

/** The last answer without which the others are right: later ones follow from earlier ones. Undefined where there is none. */
function culprit(given: TypedAnswers, folder: string): QuestionId | undefined {
  const ids = QUESTIONS.map(({ id }) => id).filter((id) => given[id] !== undefined);
  return ids.findLast((id) => {
    const others = ids.filter((other) => other !== id);
    const rest = Object.fromEntries(others.map((other) => [other, given[other]]));
    return others.every((other) => problemWith(other, given[other] ?? '', rest, folder) === undefined);
  });
}

function optionOf(id: QuestionId): string {
  return id === 'version' ? '--gitlab-version' : `--${id}`;
}

/** Asks what was not given; undefined when the user went away. */
async function ask(
  context: CliContext,
  given: TypedAnswers,
  folder: string,
): Promise<TypedAnswers | undefined> {
  const style = stderrStyle(context);
  const terminal = createInterface({ input: context.stdin, output: context.stderr, terminal: true });
  const gone = new AbortController();
  terminal.once('SIGINT', () => gone.abort());
  terminal.once('close', () => gone.abort());
  printLine(context.stderr, style.dim(context.l10n.t('Enter takes the answer in brackets.')));
  let answers = given;
  try {
    for (const question of ASKED) {
      if (given[question.id] !== undefined) continue;
      const text = await askOne(context, terminal, question, answers, folder, gone.signal);
      answers = { ...answers, [question.id]: text };
    }
    return answers;
  } catch (error) {
    if (gone.signal.aborted) return undefined;
    throw error;
  } finally {
    terminal.close();
  }
}

async function askOne(
  context: CliContext,
  terminal: ReturnType<typeof createInterface>,
  question: Question,
  answers: TypedAnswers,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const style = stderrStyle(context);
  const suggested = question.suggest(answers, folder);
  const prompt = `${style.bold(declared(question.title, context.l10n))} ${style.dim(`(${declared(question.hint, context.l10n)})`)}\n  [${suggested}]: `;
  for (;;) {
    const text = (await terminal.question(prompt, { signal })).trim();
    const answer = text === '' ? suggested : text;
    const problem = problemWith(question.id, answer, answers, folder);
    if (problem === undefined) return answer;
    printLine(context.stderr, `  ${style.red(translate(problem, context.l10n))}`);
  }
}

async function refuseToOverwrite(context: CliContext, root: string, paths: readonly string[]): Promise<void> {
  const there: string[] = [];
  for (const path of paths) if (await context.hasFile(join(root, path))) there.push(path);
  if (there.length === 0) return;
  const message = context.l10n.t('Nothing was written: {0} already has {1}.', root, there.join(', '));
  throw new CliError(EXIT.usage, message, context.l10n.t('Name another folder, or move these files away.'));
}

function report(context: CliContext, root: string, paths: readonly string[]): string {
  const written = paths.map((path) => `  ${path}`).join('\n');
  const { l10n } = context;
  return [
    l10n.t('Wrote {0} files to {1}:', paths.length, root),
    written,
    nextSteps(context, root, ['lint', 'up']),
  ].join('\n');
}
