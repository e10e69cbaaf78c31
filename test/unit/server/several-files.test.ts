import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CompletionItem, Hover, Location, WorkspaceEdit } from 'vscode-languageserver/node';
import { Client } from './client';

vi.setConfig({ testTimeout: 30_000 });

const GLOBAL = `global
    log 127.0.0.1 local0

defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s

userlist ops
    user alice insecure-password changeme
`;
const FRONTEND = `frontend web
    bind 10.20.0.5:80
    http-request auth unless { http_auth(ops) }
    use_backend api if { path_beg /api }
    default_backend app
`;
const BACKEND = `backend app
    balance roundrobin
    server a 10.20.0.11:80 check

backend api
    server a 10.20.0.12:80 check
`;
const FRONT = 'haproxy/conf.d/10-frontend.cfg';
const BACK = 'haproxy/conf.d/20-backend.cfg';

let root: string;
let client: Client;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ha set-'));
  write('haproxy/conf.d/00-global.cfg', GLOBAL);
  write(FRONT, FRONTEND);
  write(BACK, BACKEND);
});
afterEach(async () => {
  await client.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Codes and lines (from one) of what is shown of a file last. */
function shown(path: string): readonly string[] | undefined {
  const last = client.messages.findLast(({ uri }) => uri === client.uri(path));
  return last?.diagnostics.map(({ code, range }) => `${String(code)} ${range.start.line + 1}`);
}

async function sees(path: string, expected: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(shown(path)).toEqual(expected), { timeout: 15_000, interval: 20 });
}

const place = ({ uri, range }: Location): string =>
  `${uri.slice(client.uri('').length + 1)} ${range.start.line + 1}`;

describe('HAProxy in a folder', () => {
  beforeEach(async () => {
    client = await Client.start(root);
    await client.open(FRONT);
  });

  test('each file knows what the others define, and what they give it', async () => {
    await sees(FRONT, []);
    await client.open(BACK);
    await sees(BACK, []);
  });

  test('what one file says is shown in the others while it is typed', async () => {
    await client.open(BACK);
    await sees(FRONT, []);
    await client.type(BACK, BACKEND.replace('backend api', 'backend apis'));
    await sees(FRONT, ['HAP041 4']);
    await sees(BACK, ['HAP303 5']);
    await client.type(BACK, BACKEND);
    await sees(FRONT, []);
  });

  test('a file that is changed by others counts as it is on disk', async () => {
    await sees(FRONT, []);
    write(BACK, BACKEND.replace('backend app', 'backend old'));
    await client.changed(BACK);
    await sees(FRONT, ['HAP041 5']);
  });

  test('a name leads to where it is defined, and to all its uses', async () => {
    await client.open(BACK);
    const definition = await client.at<Location[]>('textDocument/definition', FRONT, FRONTEND, 'app\n');
    expect(definition.map(place)).toEqual([`${BACK} 1`]);
    const context = { includeDeclaration: true };
    const uses = await client.at<Location[]>('textDocument/references', BACK, BACKEND, 'api', { context });
    expect(uses.map(place)).toEqual([`${FRONT} 4`, `${BACK} 5`]);
    const marked = await client.at<unknown[]>('textDocument/documentHighlight', FRONT, FRONTEND, 'app\n');
    expect(marked).toHaveLength(1);
  });

  test('a name is changed in all files', async () => {
    const edit = await client.at<WorkspaceEdit>('textDocument/rename', FRONT, FRONTEND, 'app\n', {
      newName: 'main',
    });
    const changes = Object.entries(edit.changes ?? {}).map(([uri, edits]) => [
      uri.slice(client.uri('').length + 1),
      edits.map(({ range, newText }) => `${range.start.line + 1} ${newText}`),
    ]);
    expect(Object.fromEntries(changes)).toEqual({ [FRONT]: ['5 main'], [BACK]: ['1 main'] });
  });

  test('a name in use is refused wherever it is', async () => {
    const renamed = client.at('textDocument/rename', FRONT, FRONTEND, 'app\n', { newName: 'api' });
    await expect(renamed).rejects.toThrow('"api" is taken');
  });

  test('names of other files are offered, at the place of the cursor', async () => {
    const text = `${FRONTEND}    use_backend `;
    await client.type(FRONT, text);
    const position = { line: 5, character: 16 };
    const items = await client.at<readonly CompletionItem[]>('textDocument/completion', FRONT, text, 'x', {
      position,
    });
    const edits = items.flatMap(({ label, textEdit }) =>
      textEdit !== undefined && 'range' in textEdit ? [[label, textEdit.range.start.line]] : [],
    );
    expect(edits).toEqual(
      expect.arrayContaining([
        ['api', 5],
        ['app', 5],
      ]),
    );
  });

  test('hover tells of what another file defines', async () => {
    const hover = await client.at<Hover>('textDocument/hover', FRONT, FRONTEND, 'api if');
    expect(JSON.stringify(hover.contents)).toContain('10.20.0.12');
    expect(hover.range?.start).toEqual({ line: 3, character: 16 });
  });
});

test('a setting says which files are one configuration', async () => {
  write('haproxy/conf.d/30-old.cfg', 'backend old\n    server a 10.20.0.13:80 check\n');
  client = await Client.start(root, {
    haproxyConfigurations: [['haproxy/conf.d/00-global.cfg', FRONT, './haproxy/conf.d/20-backend.cfg']],
  });
  await client.open(FRONT);
  await sees(FRONT, []);
  await client.open('haproxy/conf.d/30-old.cfg');
  // It is found with its folder, as before.
  await sees('haproxy/conf.d/30-old.cfg', ['HAP303 1']);
});

describe('Keepalived with included files', () => {
  const MAIN = 'keepalived/keepalived.conf';
  const CHECK = 'keepalived/conf.d/check.conf';
  const main = `include conf.d/*.conf
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 100
    nopreempt
    unicast_src_ip 10.20.0.5
    unicast_peer {
        10.20.0.6
    }
    virtual_ipaddress {
        10.20.0.100/24
    }
    track_script {
        chk_haproxy
    }
}
`;
  const check = `global_defs {
    enable_script_security
    script_user root
}
vrrp_script chk_haproxy {
    script "/usr/bin/killall -0 haproxy"
    interval 2
    timeout 1
    fall 2
    rise 2
    weight -20
}
`;

  beforeEach(async () => {
    write(MAIN, main);
    write(CHECK, check);
    client = await Client.start(root);
    await client.open(MAIN);
    await client.open(CHECK);
  });

  test('names and settings are those of all files', async () => {
    await sees(MAIN, []);
    await sees(CHECK, []);
    const definition = await client.at<Location[]>('textDocument/definition', MAIN, main, 'chk_haproxy');
    expect(definition.map(place)).toEqual([`${CHECK} 5`]);
  });

  test('what an included file lacks is told where it is missing', async () => {
    await client.type(CHECK, check.replace('vrrp_script chk_haproxy', 'vrrp_script chk_other'));
    await sees(MAIN, ['KAD031 16']);
  });
});
