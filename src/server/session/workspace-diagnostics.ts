import type { Finding } from '../../finding/finding';
import { shownBetween } from '../../workspace/model/shown';
import { normalUri } from '../files/paths';
import type { LintSettings } from '../protocol';

/** What the findings between files need of the rest of the server. */
export interface Surroundings {
  /** All findings between files, by the address of the file. */
  readonly between: () => ReadonlyMap<string, readonly Finding[]>;
  readonly betweenIn: (uri: string) => readonly Finding[];
  readonly settings: (uri: string) => Promise<LintSettings>;
  /** Address by which the client has opened a file, given in normal form; undefined when it has not. */
  readonly opened: (normal: string) => string | undefined;
  /** Has an open file checked again: its own findings and these are published together. */
  readonly recheck: (uri: string) => void;
  /** Publishes the findings of a file that is not open. */
  readonly publish: (uri: string, findings: readonly Finding[]) => Promise<void>;
}

/**
 * Keeps what is shown of the findings between files up to date: a keystroke in one file may make a finding in another
 * come or go, open or not.
 */
export class WorkspaceDiagnostics {
  /** What is shown at each file that has any, by its address in normal form. */
  private readonly shown = new Map<string, { readonly uri: string; readonly key: string }>();

  private refreshing: Promise<void> | undefined;
  private again = false;

  constructor(private readonly around: Surroundings) {}

  /** The findings between files in one that is being checked; they count as shown from now on. */
  take(uri: string, settings: LintSettings): readonly Finding[] {
    const findings = this.visibleIn(uri, settings);
    this.remember(uri, findings);
    return findings;
  }

  /** The findings between files in one, under the user's settings. */
  visibleIn(uri: string, settings: LintSettings): readonly Finding[] {
    return visible(this.around.betweenIn(uri), settings);
  }

  /** A file is closed: what was shown at it has been taken away. */
  forget(uri: string): void {
    this.shown.delete(normalUri(uri));
  }

  /** Shows what has changed at all other files. One look at a time: a later one must not be overtaken. */
  refresh(): Promise<void> {
    if (this.refreshing === undefined) {
      this.refreshing = this.look().finally(() => (this.refreshing = undefined));
    } else this.again = true;
    return this.refreshing;
  }

  private async look(): Promise<void> {
    do {
      this.again = false;
      await this.lookOnce();
    } while (this.again);
  }

  private async lookOnce(): Promise<void> {
    const now = new Map(
      [...this.around.between()].map(([uri, findings]) => [normalUri(uri), { uri, findings }]),
    );
    for (const [file, { uri }] of this.shown) if (!now.has(file)) now.set(file, { uri, findings: [] });
    for (const [file, { uri, findings }] of now) {
      const wanted = visible(findings, await this.around.settings(uri));
      if (this.shown.get(file)?.key === keyOf(wanted)) continue;
      if (wanted.length === 0 && !this.shown.has(file)) continue;
      const opened = this.around.opened(file);
      if (opened !== undefined) this.around.recheck(opened);
      else {
        this.remember(uri, wanted);
        await this.around.publish(uri, wanted);
      }
    }
  }

  private remember(uri: string, findings: readonly Finding[]): void {
    if (findings.length === 0) this.shown.delete(normalUri(uri));
    else this.shown.set(normalUri(uri), { uri, key: keyOf(findings) });
  }
}

function visible(findings: readonly Finding[], settings: LintSettings): readonly Finding[] {
  const { enabled, severities, labRemarks } = settings;
  return enabled ? shownBetween(findings, { severities, remarks: labRemarks }) : [];
}

function keyOf(findings: readonly Finding[]): string {
  return JSON.stringify(
    findings.map(({ code, severity, range, message }) => [code, severity, range, message]),
  );
}
