import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver-types';
import type { Finding, Severity } from '../../finding/finding';
import { SOURCE } from '../protocol';

/** More than anybody reads; a file of another format would otherwise send tens of thousands. */
const MOST = 1000;

export interface DiagnosticOptions {
  /** Address of the file the findings are of. */
  readonly uri: string;
  /** Address of a rule's page. */
  readonly rulePage: (id: string) => string | undefined;
  /** Address of another file a finding names. */
  readonly resolve: (file: string) => string;
}

/** Findings as the protocol has them: the worst first to stay when there are too many. */
export function toDiagnostics(findings: readonly Finding[], options: DiagnosticOptions): Diagnostic[] {
  return mostImportant(findings).map((finding) => toDiagnostic(finding, options));
}

/** A finding as the protocol has it, its remedy in a line of its own. */
export function toDiagnostic(finding: Finding, options: DiagnosticOptions): Diagnostic {
  const { code, remedy, message, range, tags, related } = finding;
  const href = options.rulePage(code);
  return {
    range,
    message: remedy === '' ? message : `${message}\n${remedy}`,
    severity: SEVERITIES[finding.severity],
    code,
    source: SOURCE,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(tags === undefined ? {} : { tags: tags.map((tag) => TAGS[tag]) }),
    ...(related === undefined
      ? {}
      : {
          relatedInformation: related.map((place) => ({
            location: {
              uri: place.file === finding.file ? options.uri : options.resolve(place.file),
              range: place.range,
            },
            message: place.message,
          })),
        }),
  };
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

function mostImportant(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST) return findings;
  const kept = new Set(
    [...findings].sort((a, b) => SEVERITIES[a.severity] - SEVERITIES[b.severity]).slice(0, MOST),
  );
  return findings.filter((finding) => kept.has(finding));
}
