/** Reads from the tags of omnibus-gitlab since when the package or its sample gitlab.rb names a key. */
import { execFileSync } from 'node:child_process';

const SAMPLE = 'files/gitlab-config-template/gitlab.rb.template';
const COOKBOOKS = 'files/gitlab-cookbooks';
const ASSIGNED = /^\s*#?\s*(\w+)((?:\['[^'\]]+'\]|\[:\w+\])+)\s*=/gm;
const READ = "\\['[a-z_-]+'\\](\\['[^']+'\\])+";

/**
 * The first minor version that names a key, by the key's id (`root/path`); keys the oldest version has are left out.
 * @param known ids of the keys that matter
 */
export function firstVersions(repository: string, known: ReadonlySet<string>): Map<string, string> {
  const first = new Map<string, string>();
  const oldest = new Set<string>();
  for (const [index, { name, tag }] of releases(repository).entries()) {
    const here = keysOf(repository, tag);
    for (const key of known) {
      if (first.has(key) || oldest.has(key) || !(here.has(key) || here.has(virtualHost(key) ?? ''))) continue;
      if (index === 0) oldest.add(key);
      else first.set(key, name);
    }
  }
  return first;
}

/** `registry/nginx` of `registry/nginx/listen_port`: the settings of a virtual host came all at once, by a helper. */
function virtualHost(key: string): string | undefined {
  return /^\w+\/nginx(?=\/)/.exec(key)?.[0];
}

/** The first release of each minor version since 10.0, oldest first. */
function releases(repository: string): { readonly name: string; readonly tag: string }[] {
  const found = git(repository, 'tag')
    .split('\n')
    .flatMap((tag) => {
      const [, major = '', minor = ''] = /^(\d+)\.(\d+)\.0\+ee\.0$/.exec(tag) ?? [];
      return Number(major) >= 10 ? [{ major: Number(major), minor: Number(minor), tag }] : [];
    })
    .sort((left, right) => left.major - right.major || left.minor - right.minor);
  return found.map(({ major, minor, tag }) => ({ name: `${major}.${minor}`, tag }));
}

function keysOf(repository: string, tag: string): Set<string> {
  const keys = new Set<string>();
  for (const [, root = '', rest = ''] of git(repository, 'show', `${tag}:${SAMPLE}`).matchAll(ASSIGNED)) {
    add(keys, [root, ...names(rest)]);
  }
  for (const chain of git(repository, 'grep', '-hoE', READ, tag, '--', COOKBOOKS).split('\n')) {
    const path = names(chain);
    const flat = path[0] === 'gitlab' || path[0] === 'monitoring' ? path.slice(1) : path;
    add(keys, [flat[0]?.replaceAll('-', '_') ?? '', ...flat.slice(1)]);
  }
  return keys;
}

/** Naming a key names all above it. */
function add(keys: Set<string>, path: readonly string[]): void {
  for (let depth = 2; depth <= path.length; depth += 1) keys.add(path.slice(0, depth).join('/'));
}

function names(brackets: string): string[] {
  return [...brackets.matchAll(/\['([^']+)'\]|\[:(\w+)\]/g)].map(([, text, symbol]) => text ?? symbol ?? '');
}

function git(repository: string, ...args: string[]): string {
  return execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
