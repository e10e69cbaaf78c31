import { cpSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  Hover,
  Location,
  SignatureHelp,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { EDITOR, LanguageServer, type ServerStart } from './support/language-server';

vi.setConfig({ testTimeout: 120_000 });

const ROOT = join(import.meta.dirname, '..', '..');
const HAPROXY = 'file:///srv/haproxy.cfg';
const RUBY = 'file:///etc/gitlab/gitlab.rb';

const CONFIGURATION = `defaults
    mode http
    timeout connect 5s
    timeout client 1m
    timeout server 1m

frontend web
    bind 10.0.0.100:80
    acl is_api path_beg /api
    use_backend app if is_api
    default_backend app

backend app
    server node1 10.0.0.11:80 check
`;

let server: LanguageServer;
const workspaces: string[] = [];

afterEach(async () => {
  expect(await server.stop()).toBe(0);
});

afterAll(() => {
  for (const folder of workspaces) rmSync(folder, { recursive: true });
});

async function start(options?: ServerStart): Promise<LanguageServer> {
  return (server = await LanguageServer.start(options));
}

/** The place of the first occurrence of a word. */
function placeOf(text: string, word: string) {
  return TextDocument.create('x:', 'x', 1, text).positionAt(text.indexOf(word));
}

function codes(diagnostics: readonly { readonly code?: unknown }[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}

describe('over stdio', () => {
  test('it is ready quickly, finds what is wrong as it is typed, and ends when told', async () => {
    await start();
    expect(server.readyMs).toBeLessThan(5000);
    expect(codes(await server.open(HAPROXY, CONFIGURATION))).toEqual([]);
    const { line, character } = placeOf(CONFIGURATION, 'bind');
    const at = { line, character: character + 1 };
    const broken = await server.edit(HAPROXY, { start: at, end: { line, character: character + 2 } }, '');
    const [diagnostic] = await server.diagnostics(HAPROXY, broken);
    expect(diagnostic).toMatchObject({
      code: 'HAP010',
      severity: 1,
      source: 'HA Lab',
      range: { start: { line, character }, end: { line, character: character + 3 } },
    });
    const page = diagnostic?.codeDescription?.href;
    expect(page).toBe(pathToFileURL(join(ROOT, 'docs', 'rules', 'HAP010.md')).href);
    const mended = await server.edit(HAPROXY, { start: at, end: at }, 'i');
    expect(codes(await server.diagnostics(HAPROXY, mended))).toEqual([]);
  });

  test('`gitlab-ha lsp --stdio` is the same server', async () => {
    await start({ command: [join(ROOT, 'dist', 'cli.js'), 'lsp', '--stdio'] });
    expect(codes(await server.open(HAPROXY, 'frontend web\n    bnd :80\n'))).toContain('HAP010');
  });

  test('a burst of edits is checked once, in its last state', async () => {
    await start();
    await server.open(HAPROXY, CONFIGURATION);
    const at = placeOf(CONFIGURATION, 'frontend');
    let version = 0;
    for (let typed = 0; typed < 20; typed += 1) {
      version = await server.edit(HAPROXY, { start: at, end: at }, '#');
    }
    await server.diagnostics(HAPROXY, 2);
    expect((await server.diagnostics(HAPROXY, version)).length).toBeGreaterThan(0);
  });

  test('what it cannot read does not end it', async () => {
    await start();
    for (const text of ['\0\0\0', '\ufeff', "a['".repeat(5000), '{'.repeat(20_000), 'x'.repeat(1_000_000)]) {
      const [haproxy, ruby] = [`${HAPROXY}?${text.length}`, `${RUBY}?${text.length}`];
      await server.open(haproxy, text);
      await server.open(ruby, text, 'ruby');
      await server.at('hover', ruby, { line: 99, character: 99 });
      await server.at('completion', haproxy, { line: 0, character: 1 });
    }
    expect(codes(await server.open(HAPROXY, CONFIGURATION))).toEqual([]);
    expect(server.log.filter((line) => line.includes('failed'))).toEqual([]);
  });
});

describe('texts that are not on the disk', () => {
  const EVERYWHERE = [
    ...['hover', 'completion', 'definition', 'signatureHelp', 'documentHighlight', 'prepareRename'],
    ...['documentSymbol', 'foldingRange', 'documentLink', 'codeLens', 'formatting', 'semanticTokens/full'],
  ];

  test.each([
    ['not saved yet', 'untitled:Untitled-1', undefined],
    [
      'in a virtual workspace',
      'vscode-vfs://github/acme/ha/haproxy/haproxy.cfg',
      'vscode-vfs://github/acme/ha',
    ],
    ['in a virtual workspace without authority', 'memfs:/ha/haproxy.cfg', 'memfs:/ha'],
  ])('%s are checked, completed and changed like files', async (_, uri, virtual) => {
    await start(virtual === undefined ? {} : { virtual });
    const text = CONFIGURATION.replace('default_backend', 'default_backnd');
    expect(codes(await server.open(uri, text, 'haproxy'))).toEqual(['HAP010']);
    const position = placeOf(text, 'app if');
    for (const method of EVERYWHERE) await server.at(method, uri, position, { options: {} });
    const edit = await server.at<WorkspaceEdit>('rename', uri, position, { newName: 'rails' });
    expect(Object.keys(edit.changes ?? {})).toEqual([uri]);
    expect(server.log.filter((line) => line.includes('failed'))).toEqual([]);
  });

  test('a text the user calls HAProxy is completed from its first letter', async () => {
    await start();
    await server.open('untitled:Untitled-1', 'b', 'haproxy');
    const found = await server.at<CompletionItem[]>('completion', 'untitled:Untitled-1', {
      line: 0,
      character: 1,
    });
    expect(found.map(({ label }) => label)).toContain('backend');
  });
});

describe('HAProxy', () => {
  test('a name is found, highlighted and changed in all sections', async () => {
    await start();
    await server.open(HAPROXY, CONFIGURATION);
    const use = placeOf(CONFIGURATION, 'app if');
    const [definition] = await server.at<Location[]>('definition', HAPROXY, use);
    const { line } = placeOf(CONFIGURATION, 'backend app\n    server');
    expect(definition?.range.start).toEqual({ line, character: 8 });
    const context = { includeDeclaration: true };
    expect(await server.at('references', HAPROXY, use, { context })).toHaveLength(3);
    expect(await server.at('documentHighlight', HAPROXY, use)).toHaveLength(3);
    expect(await server.at('prepareRename', HAPROXY, use)).toMatchObject({ placeholder: 'app' });
    const edit = await server.at<WorkspaceEdit>('rename', HAPROXY, use, { newName: 'rails' });
    const document = TextDocument.create(HAPROXY, 'haproxy', 1, CONFIGURATION);
    const renamed = TextDocument.applyEdits(document, edit.changes?.[HAPROXY] ?? []);
    expect(renamed).toBe(
      CONFIGURATION.replace('use_backend app', 'use_backend rails')
        .replace('default_backend app', 'default_backend rails')
        .replace('backend app\n    server', 'backend rails\n    server'),
    );
  });

  test('a name that cannot be is refused with a reason', async () => {
    await start();
    await server.open(HAPROXY, CONFIGURATION);
    const renaming = server.at('rename', HAPROXY, placeOf(CONFIGURATION, 'app if'), { newName: 'a b' });
    await expect(renaming).rejects.toThrow();
  });

  test('completion, hover, signature, outline, folding, selection, colours and form are there', async () => {
    await start();
    await server.open(HAPROXY, CONFIGURATION);
    const behind = placeOf(CONFIGURATION, 'app if');
    const names = await server.at<CompletionItem[]>('completion', HAPROXY, behind);
    expect(names.map((item) => item.label)).toContain('app');
    const keyword = placeOf(CONFIGURATION, 'default_backend');
    expect((await server.at<Hover>('hover', HAPROXY, keyword)).contents).toMatchObject({ kind: 'markdown' });
    expect(await server.at('signatureHelp', HAPROXY, placeOf(CONFIGURATION, ':80 check'))).not.toBeNull();
    expect(await server.request('documentSymbol', HAPROXY)).toHaveLength(3);
    expect(await server.request('foldingRange', HAPROXY)).toHaveLength(3);
    expect(await server.request('selectionRange', HAPROXY, { positions: [keyword] })).toHaveLength(1);
    const tokens = await server.request<{ data: number[] }>('semanticTokens/full', HAPROXY);
    expect(tokens.data.length % 5).toBe(0);
    expect(tokens.data.length).toBeGreaterThan(50);
    const options = { tabSize: 4, insertSpaces: true };
    expect(await server.request('formatting', HAPROXY, { options })).toEqual([]);
    expect(server.registered).toEqual(
      expect.arrayContaining(['textDocument/formatting', 'textDocument/semanticTokens']),
    );
  });

  test('an action repairs, another silences', async () => {
    await start();
    const text = CONFIGURATION.replace('bind', 'bnd');
    const diagnostics = await server.open(HAPROXY, text);
    const at = placeOf(text, 'bnd');
    const context = { diagnostics, triggerKind: 1 };
    const actions = await server.request<CodeAction[]>('codeAction', HAPROXY, {
      range: { start: at, end: at },
      context,
    });
    const document = TextDocument.create(HAPROXY, 'haproxy', 1, text);
    const apply = (action?: CodeAction): string =>
      TextDocument.applyEdits(document, action?.edit?.changes?.[HAPROXY] ?? []);
    expect(apply(actions.find((action) => action.isPreferred))).toBe(CONFIGURATION);
    const silenced = apply(actions.find(({ title }) => title === 'Silence HAP010 for this line'));
    expect(codes(await server.open(`${HAPROXY}.2/haproxy.cfg`, silenced))).not.toContain('HAP010');
  });
});

describe('a client that says it can do nothing', () => {
  const text = CONFIGURATION.replace('bind', 'bnd').replace(/\nbackend app\n[^]*$/, '\nbackend app\n');

  test('gets plain text, lists and no requests', async () => {
    await start({ capabilities: {} });
    const [diagnostic] = await server.open(HAPROXY, text);
    expect(diagnostic).toMatchObject({ code: 'HAP010', source: 'HA Lab' });
    for (const absent of ['codeDescription', 'relatedInformation', 'tags']) {
      expect(diagnostic).not.toHaveProperty(absent);
    }
    const hover = await server.at<Hover>('hover', HAPROXY, placeOf(text, 'default_backend'));
    expect(hover.contents).toMatchObject({ kind: 'plaintext' });
    expect(JSON.stringify(hover.contents)).not.toMatch(/```|\*\*|\]\(/);
    const symbols = await server.request<SymbolInformation[]>('documentSymbol', HAPROXY);
    expect(symbols.map(({ name }) => name)).toEqual(expect.arrayContaining(['web', 'app']));
    for (const { location, kind } of symbols) {
      expect(location.uri).toBe(HAPROXY);
      expect(kind).toBeLessThanOrEqual(18);
    }
    const at = placeOf(text, 'bnd');
    const place = { range: { start: at, end: at }, context: { diagnostics: [] } };
    expect(await server.request('codeAction', HAPROXY, place)).toEqual([]);
    expect(server.capabilities.renameProvider).toBe(true);
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    expect(server.asked).toEqual([]);
  });

  test('gets snippets as the text they begin with, indented as the line is', async () => {
    await start({ capabilities: {} });
    await server.open(HAPROXY, text);
    const end = text.split('\n').length - 1;
    const inBackend = await server.edit(
      HAPROXY,
      { start: { line: end, character: 0 }, end: { line: end, character: 0 } },
      '    s',
    );
    await server.diagnostics(HAPROXY, inBackend);
    const items = await server.at<CompletionItem[]>('completion', HAPROXY, { line: end, character: 5 });
    expect(items.length).toBeGreaterThan(20);
    const texts = items.map(({ textEdit, insertText }) => textEdit?.newText ?? insertText ?? '');
    for (const one of texts) expect(one).not.toMatch(/\$(\d|\{\d)/);
    for (const line of texts.flatMap((one) => one.split('\n').slice(1))) {
      expect(line === '' || line.startsWith('    ')).toBe(true);
    }
    expect(texts.some((one) => one.includes('\n'))).toBe(true);
    for (const { insertTextFormat, kind, documentation } of items) {
      expect(insertTextFormat ?? 1).toBe(1);
      expect(kind ?? 1).toBeLessThanOrEqual(18);
      expect(JSON.stringify(documentation ?? '')).not.toMatch(/"markdown"|```/);
    }
  });

  test('gets the parameters of a signature by their text', async () => {
    await start({ capabilities: {} });
    await server.open(HAPROXY, CONFIGURATION);
    const help = await server.at<SignatureHelp>(
      'signatureHelp',
      HAPROXY,
      placeOf(CONFIGURATION, ':80 check'),
    );
    const [signature] = help.signatures;
    expect(signature?.parameters?.length).toBeGreaterThan(0);
    for (const { label } of signature?.parameters ?? []) expect(signature?.label).toContain(label);
  });
});

describe('GITLAB_OMNIBUS_CONFIG in a compose file', () => {
  const uri = 'file:///srv/docker-compose.yml';
  const text = `services:
  gitlab:
    environment:
      GITLAB_OMNIBUS_CONFIG: |
        external_url 'https://gitlab.example.com'
        patroni['loop_wait'] = 10
        gitlab_rails['db_hots'] = '10.0.0.11'
    ports: ["80:80"]
`;

  test('is checked, explained and completed in its place', async () => {
    await start();
    const found = await server.open(uri, text, 'dockercompose');
    const { line, character } = placeOf(text, "gitlab_rails['db_hots']");
    expect(found.find(({ code }) => code === 'GLR004')?.range.start).toEqual({ line, character });
    const hover = await server.at<Hover>('hover', uri, placeOf(text, 'loop_wait'));
    expect(JSON.stringify(hover.contents)).toContain('loop_wait');
    expect(hover.range?.start.line).toBe(line - 1);
    const inKey = placeOf(text, "db_hots'");
    const items = await server.at<CompletionItem[]>('completion', uri, inKey);
    expect(items.map((item) => item.label)).toContain('db_host');
    expect(await server.at('hover', uri, placeOf(text, 'ports'))).toBeNull();
  });

  test('is silenced by a comment inside it', async () => {
    await start();
    await server.open(uri, text, 'dockercompose');
    const at = placeOf(text, "gitlab_rails['db_hots']");
    const request = { range: { start: at, end: at }, context: { diagnostics: [] } };
    const actions = await server.request<CodeAction[]>('codeAction', uri, request);
    const silence = actions.find(({ title }) => title === 'Silence GLR004 for this line');
    const document = TextDocument.create(uri, 'yaml', 1, text);
    expect(TextDocument.applyEdits(document, silence?.edit?.changes?.[uri] ?? [])).toBe(
      text.replace("        gitlab_rails['db_hots']", '        # ha-lab: ignore GLR004 reason\n$&'),
    );
  });
});

describe('the workspace', () => {
  function sample(): string {
    const folder = mkdtempSync(join(tmpdir(), 'gitlab-ha-lab-lsp-'));
    workspaces.push(folder);
    cpSync(join(ROOT, 'lab', 'sample'), folder, { recursive: true });
    return folder;
  }

  test('the sample has no finding but hints, and its cluster.yaml says the version', async () => {
    const workspace = sample();
    await start({ workspace });
    for (const path of ['haproxy/haproxy.cfg', 'nodes/node1/gitlab.rb', 'nodes/node1/keepalived.conf']) {
      const uri = pathToFileURL(join(workspace, path)).href;
      const diagnostics = await server.open(uri, readFileSync(join(workspace, path), 'utf8'));
      expect(diagnostics.filter(({ severity }) => severity !== undefined && severity < 3)).toEqual([]);
    }
  });

  test('the version of HAProxy comes from the settings, else from cluster.yaml, and may change', async () => {
    const workspace = sample();
    const cluster = join(workspace, 'cluster.yaml');
    const yaml = readFileSync(cluster, 'utf8');
    writeFileSync(cluster, yaml.replace('haproxy_version: "3.0"', 'haproxy_version: "2.6"'));
    await start({ workspace });
    const uri = pathToFileURL(join(workspace, 'haproxy', 'new.cfg')).href;
    // Known since 2.7.
    await server.open(uri, 'global\n    stats-file /tmp/x\n');
    await server.until(uri, (found) => found.length > 0);
    writeFileSync(cluster, yaml.replace('haproxy_version: "3.0"', 'haproxy_version: "3.2"'));
    const changes = [{ uri: pathToFileURL(cluster).href, type: 2 }];
    await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await server.until(uri, (found) => found.length === 0);
    server.settings = { haproxyVersion: '2.6' };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await server.until(uri, (found) => found.length > 0);
  });

  test('severities change and checking is switched off by settings, without a new start', async () => {
    await start({ settings: { severities: { HAP010: 'information' } } });
    const diagnostics = await server.open(HAPROXY, 'frontend web\n    bnd :80\n');
    expect(diagnostics.find(({ code }) => code === 'HAP010')?.severity).toBe(3);
    server.settings = { enabled: false };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await server.until(HAPROXY, (found) => found.length === 0);
  });

  test('a client that cannot be asked sends its settings', async () => {
    await start({ capabilities: {}, initializationOptions: { lint: { severities: { HAP010: 'hint' } } } });
    const diagnostics = await server.open(HAPROXY, 'frontend web\n    bnd :80\n');
    expect(diagnostics.find(({ code }) => code === 'HAP010')?.severity).toBe(4);
    const settings = { gitlabHaLab: { lint: { severities: { HAP010: 'off' } } } };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await server.until(HAPROXY, (found) => !found.includes('HAP010'));
    expect(server.capabilities.documentFormattingProvider).toBe(true);
    expect(EDITOR.workspace?.configuration).toBe(true);
  });
});
