import { LARGEST_FILE_BYTES, tooLarge, type UnreadFile } from '../../src/workspace/files/workspace-files';

/** The files of an example, and the places that are marked with `# <- here`: behind a line, or behind a file's name. */
export interface WorkspaceExample {
  readonly files: ReadonlyMap<string, string | UnreadFile>;
  /** `path:line`, lines counted from one. */
  readonly marked: readonly string[];
}

const MARK = '# <- here';
const HEADER = /^==> (\S+)(?: \(([^)]*)\))? <==(.*)$/;

const roles = (redis: string): string =>
  `roles %w[patroni_role pgbouncer_role ${redis} redis_sentinel_role]\n`;

/** A workspace without a mistake; an example names the files it has otherwise. */
const REST: readonly (readonly [string, string])[] = [
  [
    'cluster.yaml',
    `name: cluster
network: { subnet: 10.1.2.0/24, vip: 10.1.2.100 }
nodes:
  - { name: node1, address: 10.1.2.11 }
  - { name: node2, address: 10.1.2.12 }
  - { name: node3, address: 10.1.2.13 }
`,
  ],
  ['haproxy/haproxy.cfg', 'frontend database\n    bind 10.1.2.100:6432\n'],
  [
    'keepalived/keepalived.conf',
    'vrrp_instance gitlab {\n    virtual_ipaddress {\n        10.1.2.100/24\n    }\n}\n',
  ],
  ['nodes/node1/gitlab.rb', roles('redis_master_role')],
  ['nodes/node2/gitlab.rb', roles('redis_replica_role')],
  ['nodes/node3/gitlab.rb', roles('redis_replica_role')],
];

/**
 * Reads an example of a page: `==> path <==` before the text of a file; `(missing)`, `(folder)`, `(2 MiB)` or
 * `(link to /…)` behind the path of one that has none. The files it does not name are those of a good workspace.
 */
export function readWorkspaceExample(text: string): WorkspaceExample {
  const files = new Map<string, string | UnreadFile>(REST);
  const marked: string[] = [];
  let open: { readonly path: string; readonly lines: string[] } | undefined;
  const close = (): void => {
    if (open !== undefined) files.set(open.path, `${open.lines.join('\n').trimEnd()}\n`);
    open = undefined;
  };
  for (const line of text.split('\n')) {
    const header = HEADER.exec(line);
    if (header === null) {
      open?.lines.push(line);
      if (open !== undefined && line.endsWith(MARK)) marked.push(`${open.path}:${open.lines.length}`);
      continue;
    }
    close();
    const [, path = '', state, behind = ''] = header;
    if (behind.endsWith(MARK)) marked.push(`${path}:1`);
    if (state === undefined) open = { path, lines: [] };
    else if (state === 'missing') files.delete(path);
    else files.set(path, unreadAs(state));
  }
  close();
  return { files, marked: marked.sort() };
}

function unreadAs(state: string): UnreadFile {
  if (state.endsWith('MiB')) return tooLarge(LARGEST_FILE_BYTES);
  if (state === 'folder') return { unread: 'no-file', reason: 'is a folder, not a file' };
  return { unread: 'outside', reason: `is a ${state}, outside the workspace` };
}
