import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { DEBOUNCE_MS } from '../../../src/server/session/scheduler';
import { LanguageServer } from '../../integration/support/language-server';
import type { Figure } from '../figure';
import { gitlabRbOf, LARGEST_LINES } from '../languages/gitlab-rb-file';
import { haproxyCfgOf } from '../languages/haproxy-file';
import { keepalivedConfOf } from '../languages/keepalived-file';
import type { Measurement } from '../measurement';

const RUBY = 'file:///etc/gitlab/gitlab.rb';
const HAPROXY = 'file:///etc/haproxy/haproxy.cfg';
const KEEPALIVED = 'file:///etc/keepalived/keepalived.conf';

/** The built language server in a process of its own, asked as an editor asks. */
export const languageServer: Measurement = {
  id: 'server',
  title: 'Language server',
  async measure({ root, quick }) {
    await promisify(execFile)(process.execPath, ['scripts/build.mjs'], { cwd: root });
    const runs = quick ? 5 : 30;
    const ready: number[] = [];
    for (let run = 0; run < (quick ? 3 : 10); run += 1) {
      const server = await LanguageServer.start();
      ready.push(server.readyMs);
      await server.stop();
    }
    const server = await LanguageServer.start();
    try {
      return [
        { id: 'server.ready', title: 'Server ready', unit: 'ms', values: ready, bound: 400 },
        ...(await asked(server, runs)),
        await memory(server),
      ];
    } finally {
      await server.stop();
    }
  },
};

async function asked(server: LanguageServer, runs: number): Promise<readonly Figure[]> {
  const text = gitlabRbOf(LARGEST_LINES);
  await server.open(RUBY, text, 'ruby');
  await server.open(HAPROXY, haproxyCfgOf(500));
  await server.open(KEEPALIVED, keepalivedConfOf(500));
  const rubyEdits = await editing(server, RUBY, LARGEST_LINES, runs);
  const haproxyEdits = await editing(server, HAPROXY, 500, runs);
  // Behind `gitlab_rails['` and in a backend, the longest lists there are.
  const line = text.split('\n').findIndex((one) => one.startsWith("gitlab_rails['"));
  const inKey = { line, character: "gitlab_rails['".length };
  const inBackend = { line: 100, character: 4 };
  const beyond = `beyond the rest of ${DEBOUNCE_MS} ms after the last keystroke, after ${WARM_UP} edits`;
  return [
    figure(
      'edit.gitlab-rb',
      `Edit in ${LARGEST_LINES} lines of gitlab.rb to diagnostics`,
      rubyEdits,
      60,
      beyond,
    ),
    figure('edit.haproxy', 'Edit in 500 lines of haproxy.cfg to diagnostics', haproxyEdits, 60, beyond),
    figure(
      'completion.gitlab-rb',
      'Completion, gitlab.rb',
      await asking(server, 'completion', RUBY, inKey, runs),
      15,
    ),
    figure(
      'completion.haproxy',
      'Completion, haproxy.cfg',
      await asking(server, 'completion', HAPROXY, inBackend, runs),
      15,
    ),
    figure('hover.gitlab-rb', 'Hover, gitlab.rb', await asking(server, 'hover', RUBY, inKey, runs)),
  ];
}

/** Edits before the first one that counts: whoever works on a file has made some, and the engine has compiled what they need. */
const WARM_UP = 80;

/** Milliseconds from an edit in the middle to its published diagnostics, without the debounce. */
async function editing(
  server: LanguageServer,
  uri: string,
  lines: number,
  runs: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  const start = { line: lines >> 1, character: 0 };
  for (let run = 0; run < WARM_UP + runs; run += 1) {
    const [range, text] =
      run % 2 === 0 ? [{ start, end: start }, '# '] : [{ start, end: { ...start, character: 2 } }, ''];
    const edited = performance.now();
    const version = await server.edit(uri, range, text);
    await server.diagnostics(uri, version);
    times.push(performance.now() - edited - DEBOUNCE_MS);
  }
  return times.slice(WARM_UP);
}

async function asking(
  server: LanguageServer,
  method: string,
  uri: string,
  position: { readonly line: number; readonly character: number },
  runs: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs + 5; run += 1) {
    const started = performance.now();
    await server.at(method, uri, position);
    times.push(performance.now() - started);
  }
  return times.slice(5);
}

/** After this long without a keystroke the server has tidied up. */
const REST_MS = 4000;

/** What the process holds in memory after all of this, when the user rests. */
async function memory({ pid }: LanguageServer): Promise<Figure> {
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return {
    id: 'server.memory',
    title: 'Server, resident memory',
    unit: 'MB',
    values: [(kilobytes * 1024) / 1e6],
    bound: 120,
    note: 'three languages loaded, the files above open and edited, four seconds later',
  };
}

function figure(id: string, title: string, values: readonly number[], bound?: number, note?: string): Figure {
  return {
    id: `server.${id}`,
    title,
    unit: 'ms',
    values,
    ...(bound === undefined ? {} : { bound }),
    ...(note === undefined ? {} : { note }),
  };
}
