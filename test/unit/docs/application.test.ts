import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const web = (name: string): string =>
  read(`lab/services/puma/rootfs/opt/gitlab/standin/lib/standin/web/${name}.rb`);

/** Where the stand-in mounts each part (`Standin::Web::App`). */
const PARTS = {
  api: '/api/v4',
  git_access: '',
  lfs: '',
  page: '',
  health: '/-',
  internal: '/api/v4/internal',
} as const;

const ROUTE =
  /^ {6}(get|post|put|delete)(?:\((?=%r|')| )(?:'([^']+)'|%r\{(.+?)\}(?=\) (?:do|\{)| do)|([A-Z]+))/;

/** A pattern as people write it: `(?<path>.+)\.git` is `:path.git`. */
const readable = (pattern: string): string =>
  pattern
    .replace(/\(\?:\\\.git\)\?\/\?/g, '')
    .replace(/\(\?<(\w+)>[^)]*\)/g, ':$1')
    .replaceAll('\\.', '.');

interface Call {
  readonly call: string;
  /** Parameters the code looks at. */
  readonly takes: readonly string[];
}

/** The calls of one part, from its code. */
function callsOf(name: keyof typeof PARTS): readonly Call[] {
  const code = web(name);
  const constants = new Map(
    [...code.matchAll(/^ +([A-Z]+) = %r\{(.+)\}$/gm)].map(([, key = '', pattern = '']) => [key, pattern]),
  );
  const lines = code.split('\n');
  return lines.flatMap((line, at) => {
    const [found, verb = '', plain, pattern, constant] = ROUTE.exec(line) ?? [];
    if (found === undefined) return [];
    const whole = plain ?? pattern ?? constants.get(constant ?? '') ?? '';
    const path = readable(whole.replace(/#\{(\w+)\}/g, (_, key: string) => constants.get(key) ?? ''));
    const end = / do$/.test(line) ? lines.indexOf('      end', at) : at;
    const body = lines.slice(at, end + 1).join('\n');
    const takes = [
      ...(/\bgiven\(([^)]*)\)/.exec(body)?.[1]?.matchAll(/'(\w+)'/g) ?? []),
      ...body.matchAll(/text\(request\.params, '(\w+)'\)/g),
    ].map(([, parameter = '']) => parameter);
    return [{ call: `${verb.toUpperCase()} ${PARTS[name]}${path}`, takes }];
  });
}

const written = read('docs/application.md')
  .split('\n')
  .flatMap((line): readonly Call[] => {
    const [, call, takes = ''] = line.split('|').map((cell) => cell.trim());
    if (call === undefined || !/^`(GET|POST|PUT|DELETE) /.test(call)) return [];
    return [
      { call: call.replaceAll('`', ''), takes: [...takes.matchAll(/`(\w+)`/g)].map(([, name = '']) => name) },
    ];
  });

describe('the page about the application', () => {
  const parts = Object.keys(PARTS) as readonly (keyof typeof PARTS)[];
  const code = parts.flatMap(callsOf);

  it('knows how calls are written in the code', () => {
    for (const part of parts) {
      const all = web(part).match(/^ +(get|post|put|delete|patch|head|options)[ (](?!\w+\()/gm) ?? [];
      expect([part, callsOf(part).length]).toEqual([part, all.length]);
    }
    expect(code).toContainEqual({
      call: 'POST /api/v4/projects/:id/issues',
      takes: ['title', 'description'],
    });
    expect(code.map(({ call }) => call)).toContain('GET /:path/-/jobs/:job/artifacts/download');
    expect(web('app').match(/'\/[^']*' =>|GitAccess\.new|Lfs\.new/g)).toHaveLength(parts.length);
  });

  it('lists every call there is, and none that there is not', () => {
    const names = (calls: readonly Call[]): readonly string[] => calls.map(({ call }) => call).sort();
    expect(names(written)).toEqual(names(code));
  });

  it.each(callsOf('api'))('says what $call takes', ({ call, takes }) => {
    const said = written.find((one) => one.call === call)?.takes;
    expect(said).toEqual(takes);
  });

  it('lists every task of gitlab-rake, and what is not there', () => {
    const page = read('docs/application.md');
    const about = read('lab/services/puma/rootfs/opt/gitlab/standin/lib/standin/tasks/tasks.rb');
    const tasks = [...about.matchAll(/^ +'(gitlab:[\w:]+)' =>/gm)].map(([, name]) => name);
    expect([...page.matchAll(/^\| `(gitlab:[\w:]+)(?:\[PROJECT\])?` /gm)].map(([, name]) => name)).toEqual(
      tasks,
    );
    expect(tasks).toContain('gitlab:praefect:replicas');
    for (const absent of ['gitlab-rails', 'gitlab-backup', 'gitlab:env:info']) {
      expect(page).toContain(`\`${absent}\``);
      expect(about).not.toContain(absent);
    }
  });

  it('is linked', () => {
    expect(read('README.md')).toContain('](docs/application.md)');
    expect(read('docs/cli.md')).toContain('](application.md');
  });
});
