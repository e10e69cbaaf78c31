import { translate } from '../../words/message';
import * as vscode from 'vscode';
import { ASKED, problemWith, type Question, type TypedAnswers } from '../../workspace/create/questions';
import { SHAPES } from '../../workspace/create/shapes';
import { asSentence } from '../../presentation/words/as-sentence';
import { declared } from '../../presentation/words/localizer';

/** What came of one step: an answer, one step back, or the user went away. */
type Step = { readonly answer: string } | 'back' | undefined;

/**
 * Asks for a cluster, one question after the other, with a way back to each; Enter alone takes what is offered.
 * @param folder name of the folder the workspace comes into
 * @returns undefined when the user went away
 */
export async function askForCluster(folder: string): Promise<TypedAnswers | undefined> {
  let answers: TypedAnswers = {};
  let at = 0;
  for (;;) {
    const question = ASKED[at];
    if (question === undefined) return answers;
    const step = await (question.id === 'layers' ? pick : type)(question, at, answers, folder);
    if (step === undefined) return undefined;
    if (step === 'back') at -= 1;
    else {
      answers = { ...answers, [question.id]: step.answer };
      at += 1;
    }
  }
}

async function type(question: Question, at: number, answers: TypedAnswers, folder: string): Promise<Step> {
  const input = vscode.window.createInputBox();
  const earlier = keepsEarlier(question, answers) ? answers[question.id] : undefined;
  input.value = earlier ?? question.suggest(before(answers, at), folder);
  input.prompt = asSentence(declared(question.hint, vscode.l10n));
  const check = (): string | undefined => {
    const problem = problemWith(question.id, input.value, before(answers, at), folder);
    return problem && translate(problem, vscode.l10n);
  };
  input.onDidChangeValue(() => (input.validationMessage = check()));
  return shown(input, question, at, (done) =>
    input.onDidAccept(() => {
      input.validationMessage = check();
      if (input.validationMessage === undefined) done({ answer: input.value });
    }),
  );
}

async function pick(question: Question, at: number, answers: TypedAnswers, folder: string): Promise<Step> {
  const list = vscode.window.createQuickPick();
  const fits = SHAPES.filter(
    ({ id }) => problemWith('layers', id, before(answers, at), folder) === undefined,
  );
  list.items = fits.map(({ id, title, about }) => ({
    label: declared(title, vscode.l10n),
    detail: declared(about, vscode.l10n),
    description: id,
  }));
  return shown(list, question, at, (done) =>
    list.onDidAccept(() => {
      const chosen = list.activeItems[0]?.description;
      if (chosen !== undefined) done({ answer: chosen });
    }),
  );
}

/** Shows a step with its number and a way back, and waits for what comes of it. */
async function shown(
  input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] } & Pick<
      vscode.InputBox,
      'onDidTriggerButton'
    >,
  { title }: Question,
  at: number,
  whenAccepted: (done: (step: Step) => void) => vscode.Disposable,
): Promise<Step> {
  input.title = declared(title, vscode.l10n);
  input.step = at + 1;
  input.totalSteps = ASKED.length;
  input.ignoreFocusOut = true;
  input.buttons = at > 0 ? [vscode.QuickInputButtons.Back] : [];
  const step = await new Promise<Step>((resolve) => {
    whenAccepted(resolve);
    input.onDidTriggerButton(() => resolve('back'));
    input.onDidHide(() => resolve(undefined));
    input.show();
  });
  input.dispose();
  return step;
}

/** The answers before a step: those behind it may not fit any more. */
function before(answers: TypedAnswers, at: number): TypedAnswers {
  const ids = ASKED.slice(0, at).map(({ id }) => id);
  return Object.fromEntries(Object.entries(answers).filter(([id]) => ids.some((one) => one === id)));
}

/** An answer given before one went back stays, unless it follows from others. */
function keepsEarlier({ id }: Question, answers: TypedAnswers): boolean {
  return answers[id] !== undefined && id !== 'addresses' && id !== 'vip';
}
