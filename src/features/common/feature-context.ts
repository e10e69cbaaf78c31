import type * as vscode from 'vscode';
import type { LabStore } from '../labs/lab-store';
import type { ServiceSource } from '../labs/service-source';
import type { Target } from '../../presentation/topology/tree-node';

/** What every feature gets from the composition root. */
export interface FeatureContext {
  /** Where the extension is installed. */
  readonly extensionUri: vscode.Uri;
  /** This extension's id as VS Code knows it, e.g. for its walkthrough. */
  readonly extensionId: string;
  readonly source: ServiceSource;
  readonly store: LabStore;
  readonly log: vscode.LogOutputChannel;
  /** What a command was called on: the argument VS Code passes for a row of the tree, or a Target itself. */
  target(argument: unknown): Target | undefined;
}

export const CONFIGURATION = 'gitlabHaLab';

/** The full id of one of our commands. */
export function commandId(name: string): string {
  return `${CONFIGURATION}.${name}`;
}
