import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ClientFacts } from './client-facts';
import type { Configuration } from './configuration';
import type { Documents } from '../documents/documents';
import type { FileKind } from '../../languages/file-types';
import type { ConfigurationSets } from '../files/configuration-sets';
import type { FileSystem } from '../files/file-system';
import type { ViewReader } from '../documents/file-view';
import type { DiagnosticOptions } from '../handlers/diagnostics';
import type { ReadFilesWatch } from './read-files-watch';
import type { Scheduler } from './scheduler';
import type { WorkspaceDiagnostics } from './workspace-diagnostics';
import type { WorkspaceIndex } from '../files/workspace-index';

/** Everything the parts of the server share once the client has introduced itself. */
export interface ServerState {
  readonly connection: Connection;
  readonly client: ClientFacts;
  readonly opened: TextDocuments<TextDocument>;
  readonly documents: Documents;
  readonly configuration: Configuration;
  readonly index: WorkspaceIndex;
  readonly between: WorkspaceDiagnostics;
  readonly scheduler: Scheduler;
  readonly watch: ReadFilesWatch;
  readonly files: FileSystem;
  readonly sets: ConfigurationSets;
  readonly read: (kind: FileKind) => Promise<ViewReader>;
  /** True when the client can open a rule's page by command. */
  readonly opensRules: boolean;
  diagnosticOptions(uri: string): DiagnosticOptions;
}

/** An error with its stack, for the log. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
