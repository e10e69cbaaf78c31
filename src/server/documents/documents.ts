import type { TextDocument } from 'vscode-languageserver-textdocument';
import { namedVersions } from '../../cluster/cluster-versions';
import type { Finding } from '../../finding/finding';
import type { Target } from '../../languages/core/language/language';
import type { FileKind } from '../../languages/file-types';
import { sameSet, type ConfigurationSet } from '../../workspace/sets/configuration-set';
import { fileKind } from './file-kind';
import type { FileView, ViewReader } from './file-view';
import type { Noted } from '../files/files-beside';
import { normalUri, pathOf } from '../files/paths';
import type { LintSettings } from '../protocol';

/** What the analysis of a file depends on besides its text. */
export interface Surroundings {
  settings(uri: string): Promise<LintSettings>;
  /** What a cluster.yaml above the file says, and its path. */
  target(uri: string): Target;
  /** The variables of the `.env` beside a compose file. */
  variables?(uri: string, noted: Noted): Promise<Readonly<Record<string, string>>>;
  /** The files that a gitlab.rb reads with `from_file`, by path; undefined when it names none. */
  included?(uri: string, text: string, noted: Noted): Promise<Readonly<Record<string, string>> | undefined>;
  /** The configuration a file is a part of; undefined where it stands by itself. */
  set(
    uri: string,
    kind: FileKind,
    text: string,
    settings: LintSettings,
  ): Promise<ConfigurationSet | undefined>;
}

/** A version of an open file with everything known of it. */
export interface Analysis {
  readonly uri: string;
  readonly document: TextDocument;
  readonly version: number;
  readonly kind: FileKind;
  readonly target: Target;
  readonly settings: LintSettings;
  /** The configuration it is a part of; undefined where it stands by itself. */
  readonly set?: ConfigurationSet | undefined;
  readonly view: FileView;
  /** Findings under the user's severities; none while checking is switched off. */
  findings(): readonly Finding[];
}

/** The open files, each analysed once per version and target. */
export class Documents {
  private readonly analyses = new Map<string, Analysis>();
  /** Addresses, in normal form, of what each analysis read besides its file. */
  private readonly read = new Map<string, ReadonlySet<string>>();

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
      this.forget(uri);
      return undefined;
    }
    const read = await this.reader(kind);
    const { version } = document;
    const others = new Set<string>();
    const target = {
      ...withVersions(this.surroundings.target(uri), settings),
      ...(await this.beyond(uri, kind, document.getText(), (address) => others.add(address))),
    };
    const set = await this.surroundings.set(uri, kind, document.getText(), settings);
    for (const [at, { id }] of set?.files.entries() ?? []) if (at !== set?.at) others.add(normalUri(id));
    // It was typed on meanwhile: the newest text is asked about.
    if (this.find(uri)?.version !== version) return this.analysis(uri);
    this.read.set(uri, others);
    const known = this.analyses.get(uri);
    if (
      known?.document === document &&
      known.version === document.version &&
      known.kind === kind &&
      known.settings === settings &&
      sameSet(known.set, set) &&
      sameTarget(known.target, target)
    ) {
      return known;
    }
    const analysis = analyse(document, kind, target, settings, set, read);
    this.analyses.set(uri, analysis);
    return analysis;
  }

  /** The other files of the configuration that a file was a part of when it was looked at last. */
  beside(uri: string): readonly string[] {
    const { set } = this.analyses.get(uri) ?? {};
    return set?.files.flatMap(({ id }, at) => (at === set.at ? [] : [id])) ?? [];
  }

  /** Addresses, in normal form, of what was read for a file besides itself, or looked for in vain. */
  readFor(uri: string): ReadonlySet<string> {
    return this.read.get(uri) ?? new Set();
  }

  /** The files for which one of these was read. @param addresses in any spelling */
  readersOf(addresses: readonly string[]): readonly string[] {
    const wanted = addresses.map(normalUri);
    return [...this.read].flatMap(([uri, others]) => (wanted.some((one) => others.has(one)) ? [uri] : []));
  }

  forget(uri: string): void {
    this.analyses.delete(uri);
    this.read.delete(uri);
  }

  /** What files beside it say of a file. */
  private async beyond(
    uri: string,
    kind: FileKind,
    text: string,
    noted: Noted,
  ): Promise<Pick<Target, 'included' | 'variables'>> {
    if (kind === 'compose') {
      const variables = await this.surroundings.variables?.(uri, noted);
      return variables === undefined ? {} : { variables };
    }
    const included = kind === 'gitlab-rb' ? await this.surroundings.included?.(uri, text, noted) : undefined;
    return included === undefined ? {} : { included };
  }
}

function analyse(
  document: TextDocument,
  kind: FileKind,
  target: Target,
  settings: LintSettings,
  set: ConfigurationSet | undefined,
  read: ViewReader,
): Analysis {
  const view = read(document.getText(), target, set);
  let findings: readonly Finding[] | undefined;
  return {
    uri: document.uri,
    document,
    version: document.version,
    kind,
    target,
    settings,
    set,
    view,
    findings: () => (findings ??= settings.enabled ? view.findings(settings.severities) : []),
  };
}

/** A version said in the settings wins over the workspace's. */
function withVersions(target: Target, settings: LintSettings): Target {
  const asked = namedVersions(settings);
  return { ...target, ...asked, ...(asked.gitlabVersion === undefined ? {} : { asked: true }) };
}

function sameTarget(a: Target, b: Target): boolean {
  return JSON.stringify(facts(a)) === JSON.stringify(facts(b));
}

function facts(target: Target): readonly unknown[] {
  const { path, gitlabVersion, haproxyVersion, asked, variables, included } = target;
  return [path, gitlabVersion, haproxyVersion, asked, variables, included];
}
