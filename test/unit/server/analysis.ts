import { TextDocument } from 'vscode-languageserver-textdocument';
import { DEFAULT_SETTINGS } from '../../../src/server/session/settings';
import type { Range } from '../../../src/finding/finding';
import type { Severities } from '../../../src/languages/core/language/language';
import type { Analysis } from '../../../src/server/documents/documents';
import { viewReader } from '../../../src/server/documents/view-reader';
import type { DiagnosticOptions } from '../../../src/server/handlers/diagnostics';
import { WORDS } from './sample-language';

export const URI = 'file:///cluster/haproxy.cfg';

export const readWords = viewReader(WORDS);

export const diagnosticOptions: DiagnosticOptions = {
  uri: URI,
  rulePage: (id) => `page:${id}`,
  resolve: (file) => `file:///cluster/${file}`,
};

/** A text of the sample language as the server holds it. */
export function analysisOf(text: string, severities: Severities = {}): Analysis {
  const target = { path: 'haproxy.cfg' };
  const view = readWords(text, target);
  return {
    uri: URI,
    document: TextDocument.create(URI, 'haproxy', 1, text),
    version: 1,
    kind: 'haproxy',
    target,
    settings: { ...DEFAULT_SETTINGS, severities },
    view,
    findings: () => view.findings(severities),
  };
}

/** A stretch of one line. */
export function stretch(line: number, start: number, end = start): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}
