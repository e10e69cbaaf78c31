import * as vscode from 'vscode';

/** asExternalUri makes the port reachable when VS Code's window runs on another machine than Docker. */
export async function openExternal(url: string): Promise<void> {
  const uri = await vscode.env.asExternalUri(vscode.Uri.parse(url, true));
  await vscode.env.openExternal(uri);
}
