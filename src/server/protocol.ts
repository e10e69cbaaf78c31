import type { Severities } from '../languages/core/language/language';

/** What a client may say when it starts the server; everything is optional. */
export interface InitializationOptions {
  /** Address of a rule's page with `{id}` for the rule; the pages of this package when absent. */
  readonly rulePages?: string;
  /** Settings for a client that cannot be asked for its configuration. */
  readonly lint?: unknown;
}

/** The section of the settings, `gitlabHaLab.lint`, the server asks its client for. */
export const SETTINGS_SECTION = 'gitlabHaLab.lint';

/** Commands a client registers; code actions and lenses name them. */
export const OPEN_RULE_COMMAND = 'gitlabHaLab.openRule';

/** Kind of the action that applies every sure fix of a file. */
export const FIX_ALL_KIND = 'source.fixAll.gitlabHaLab';

/**
 * How node runs the server: with little room for young objects, which an analysis would fill again and again. Halves
 * the memory the process holds.
 */
export const NODE_FLAGS = ['--max-semi-space-size=2'];

/** Shown as the origin of a diagnostic. */
export const SOURCE = 'HA Lab';

/** How files are checked, as the user wants it. */
export interface LintSettings {
  readonly enabled: boolean;
  readonly severities: Severities;
  /** Show as hints what a lab does otherwise than the files say. */
  readonly labRemarks: boolean;
  /** Target versions for files of no cluster.yaml, or instead of what it says; undefined: not said. */
  readonly gitlabVersion: string | undefined;
  readonly haproxyVersion: string | undefined;
  /** Configurations of HAProxy in several files: for each the files and folders HAProxy is given, in its order. */
  readonly haproxyConfigurations: readonly (readonly string[])[];
}
