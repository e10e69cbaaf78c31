import * as vscode from 'vscode';
import type { Disposable } from './disposables';
import { showFailure } from './failure';
import { commandId } from './feature-context';
import type { FeatureContext } from './feature-context';

/** Registers a command; what it throws is logged and shown, never lost. */
export function registerCommand(
  context: Pick<FeatureContext, 'log'>,
  name: string,
  title: string,
  run: (argument: unknown) => Promise<void> | void,
): Disposable {
  return vscode.commands.registerCommand(commandId(name), async (argument: unknown) => {
    try {
      await run(argument);
    } catch (error) {
      showFailure(context.log, title, error);
    }
  });
}
