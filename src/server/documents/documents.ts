import type { TextDocument } from 'vscode-languageserver-textdocument';
import { namedVersions } from '../../cluster/cluster-versions';
import type { Finding } from '../../finding/finding';
import type { Target } from '../../languages/core/language/language';
import type { FileKind } from '../../languages/file-types';
import { fileKind } from './file-kind';
import type { FileView, ViewReader } from './file-view';
import { pathOf } from '../files/paths';
import type { LintSettings } from '../protocol';

/** What the analysis of a file depends on besides its text. */
export interface Surroundings {
  settings(uri: string): Promise<LintSettings>;
  /** What a cluster.yaml above the file says, and its path. */
  target(uri: string): Target;
}

/** A version of an open file with everything known of it. */
export interface Analysis {
  readonly uri: string;
  readonly document: TextDocument;
  readonly version: number;
  readonly kind: FileKind;
  readonly target: Target;
  readonly settings: LintSettings;
  readonly view: FileView;
  /** Findings under the user's severities; none while checking is switched off. */
  findings(): readonly Finding[];
}

/** The open files, each analysed once per version and target. */
export class Documents {
  private readonly analyses = new Map<string, Analysis>();

  constructor(
    private readonly find: (uri: string) => TextDocument | undefined,
    private readonly reader: (kind: FileKind) => Promise<ViewReader>,
    private readonly surroundings: Surroundings,
  ) {}

  /** The newest version of a file; undefined when it is not open or no file of ours. */
  async analysis(uri: string): Promise<Analysis | undefined> {
    const settings = await this.surroundings.settings(uri);
    const document = this.find(uri);
    const kind =
      document === undefined ? undefined : fileKind(pathOf(uri), document.languageId, document.getText());
    if (document === undefined || kind === undefined) {
      this.analyses.delete(uri);
      return undefined;
    }
    const read = await this.reader(kind);
    const target = withVersions(this.surroundings.target(uri), settings);
    const known = this.analyses.get(uri);
    if (
      known?.document === document &&
      known.version === document.version &&
      known.kind === kind &&
      known.settings === settings &&
      sameTarget(known.target, target)
    ) {
      return known;
    }
    const analysis = analyse(document, kind, target, settings, read);
    this.analyses.set(uri, analysis);
    return analysis;
  }

  forget(uri: string): void {
    this.analyses.delete(uri);
  }
}

function analyse(
  document: TextDocument,
  kind: FileKind,
  target: Target,
  settings: LintSettings,
  read: ViewReader,
): Analysis {
  const view = read(document.getText(), target);
  let findings: readonly Finding[] | undefined;
  return {
    uri: document.uri,
    document,
    version: document.version,
    kind,
    target,
    settings,
    view,
    findings: () => (findings ??= settings.enabled ? view.findings(settings.severities) : []),
  };
}

/** A version said in the settings wins over the workspace's. */
function withVersions(target: Target, settings: LintSettings): Target {
  return { ...target, ...namedVersions(settings) };
}

function sameTarget(a: Target, b: Target): boolean {
  return a.path === b.path && a.gitlabVersion === b.gitlabVersion && a.haproxyVersion === b.haproxyVersion;
}
