/**
 * Gets HAProxy from Debian without installing anything: downloads the package of each suite with the libraries it
 * needs, unpacks them with dpkg-deb, and collects the configurations in the package and in its source.
 *
 * Needs apt-get, dpkg-deb and tar of Debian or Ubuntu and the network; no root. Everything stays in the folder given.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Program {
  /** `3.0`. */
  readonly version: string;
  /** Command that runs it, in a network namespace of its own. */
  readonly command: readonly string[];
}

/** Debian suites, oldest first; a suite that has nothing new is left out. */
const SUITES: readonly (readonly [suite: string, also: readonly string[]])[] = [
  ['bookworm', []],
  ['trixie', []],
  ['sid', []],
  ['experimental', ['sid']],
];

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Downloads and unpacks; prints what a suite does not have, and goes on. */
export function fetchPackages(work: string, mirror: string): { programs: Program[]; configs: string } {
  for (const tool of ['apt-get', 'dpkg-deb', 'tar', 'unshare']) need(tool);
  const configs = join(work, 'configs');
  mkdirSync(configs, { recursive: true });
  const programs = new Map<string, Program>();
  for (const [suite, also] of SUITES) {
    const program = fetchSuite(join(work, suite), mirror, suite, also, configs);
    if (program !== undefined && !programs.has(program.version)) programs.set(program.version, program);
  }
  return { programs: [...programs.values()], configs };
}

/** The programs an earlier run has unpacked there; none when there was none. */
export function foundPackages(work: string): Program[] {
  const found = SUITES.map(([suite]) => join(work, suite, 'root'))
    .filter((root) => existsSync(root))
    .flatMap((root) => programOf(root) ?? []);
  return [...new Map(found.map((program) => [program.version, program])).values()];
}

/** Throws when a program is not here. */
export function need(tool: string): void {
  if (spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0) return;
  throw new Error(`${tool} is not here. On Debian and Ubuntu: apt-get install apt dpkg tar util-linux`);
}

function fetchSuite(
  folder: string,
  mirror: string,
  suite: string,
  also: readonly string[],
  configs: string,
): Program | undefined {
  const apt = privateApt(folder, mirror, [suite, ...also]);
  if (!run('apt-get', [...apt, 'update'], folder)) return skip(suite, 'apt-get update failed');
  const target = [
    '-t',
    suite,
    'install',
    '--download-only',
    '-y',
    '--no-install-recommends',
    'haproxy',
    'haproxy-doc',
  ];
  if (!run('apt-get', [...apt, ...target], folder)) return skip(suite, 'the package cannot be downloaded');
  const root = join(folder, 'root');
  mkdirSync(root, { recursive: true });
  const archives = join(folder, 'cache', 'archives');
  for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
    run('dpkg-deb', ['-x', join(archives, name), root], folder);
  }
  const program = programOf(root);
  if (program === undefined) return skip(suite, 'its program does not run here');
  collectFiles(join(root, 'etc', 'haproxy'), suite, configs);
  for (const doc of ['haproxy', 'haproxy-doc'])
    collectFiles(join(root, 'usr/share/doc', doc), suite, configs);
  collectSource(folder, apt, suite, configs);
  console.log(`Debian ${suite}: HAProxy ${program.version}`);
  return program;
}

function skip(suite: string, why: string): undefined {
  console.log(`Debian ${suite}: left out, ${why}.`);
  return undefined;
}

/** Options of apt for lists and a cache of its own, as if nothing were installed. */
export function privateApt(folder: string, mirror: string, suites: readonly string[]): string[] {
  for (const name of ['state/lists/partial', 'cache/archives/partial', 'parts']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const signed = existsSync(KEYRING) ? `[signed-by=${KEYRING}] ` : '';
  const lines = suites.flatMap((suite) =>
    ['deb', 'deb-src'].map((kind) => `${kind} ${signed}${mirror} ${suite} main\n`),
  );
  writeFileSync(join(folder, 'sources.list'), lines.join(''));
  writeFileSync(join(folder, 'status'), '');
  const settings: Record<string, string> = {
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': join(folder, 'parts'),
    'Dir::Etc::preferencesparts': join(folder, 'parts'),
    'Dir::State': join(folder, 'state'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'APT::Sandbox::User': '',
    'Debug::NoLocking': '1',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** Runs a command; true when it ended well. */
export function run(command: string, args: readonly string[], cwd: string): boolean {
  return spawnSync(command, args, { cwd, stdio: 'ignore', timeout: 900_000 }).status === 0;
}

/** The program with the loader and libraries of its own suite. */
function programOf(root: string): Program | undefined {
  const binary = join(root, 'usr/sbin/haproxy');
  const loader = [
    'lib64/ld-linux-x86-64.so.2',
    'usr/lib64/ld-linux-x86-64.so.2',
    'usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
  ]
    .concat([
      'lib/ld-linux-aarch64.so.1',
      'usr/lib/ld-linux-aarch64.so.1',
      'usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1',
    ])
    .map((name) => join(root, name))
    .find((path) => existsSync(path) && statSync(path).isFile());
  if (loader === undefined || !existsSync(binary)) return undefined;
  const libraries = ['usr/lib', 'lib'].flatMap((name) =>
    ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((machine) => join(root, name, machine)),
  );
  const isolated = process.getuid?.() === 0 ? ['unshare', '-n'] : ['unshare', '-rn'];
  const command = [...isolated, loader, '--library-path', libraries.join(':'), binary];
  const [first = '', ...rest] = command;
  const printed = spawnSync(first, [...rest, '-v'], { encoding: 'utf8' }).stdout;
  const version = /version (\d+\.\d+)/.exec(printed)?.[1];
  return version === undefined ? undefined : { version, command };
}

/** Copies every configuration below a folder, unpacking what is compressed. */
function collectFiles(folder: string, prefix: string, configs: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.cfg(\.gz)?$/.test(entry.name)) continue;
    const text = entry.name.endsWith('.gz')
      ? spawnSync('gzip', ['-dc', path], { encoding: 'utf8' }).stdout
      : readFileSync(path, 'utf8');
    save(configs, `${prefix}_${path.slice(folder.length + 1).replace(/\.gz$/, '')}`, text);
  }
}

function save(configs: string, name: string, text: string): void {
  writeFileSync(join(configs, name.replaceAll('/', '_')), text);
}

/** The configurations in the source: examples, tests, and those inside its test scenarios. */
function collectSource(folder: string, apt: readonly string[], suite: string, configs: string): void {
  const source = join(folder, 'source');
  mkdirSync(source, { recursive: true });
  const fetched = run('apt-get', [...apt, '-t', suite, 'source', '--download-only', 'haproxy'], source);
  const archive = readdirSync(source).find((name) => /\.orig\.tar\.\w+$/.test(name));
  if (!fetched || archive === undefined)
    return console.log(`Debian ${suite}: no source package, so no tests of it.`);
  run('tar', ['-xf', archive], source);
  const tree = readdirSync(source).find((name) => statSync(join(source, name)).isDirectory());
  if (tree === undefined) return;
  collectFiles(join(source, tree, 'examples'), `${suite}_examples`, configs);
  collectFiles(join(source, tree, 'tests'), `${suite}_tests`, configs);
  const scenarios = join(source, tree, 'reg-tests');
  if (!existsSync(scenarios)) return;
  for (const entry of readdirSync(scenarios, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.vtc')) continue;
    const found = configurationsOf(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    found.forEach((text, at) => save(configs, `${suite}_${basename(entry.name, '.vtc')}_${at}.cfg`, text));
  }
}

/** The configurations a test scenario starts HAProxy with; its macros become addresses. */
function configurationsOf(scenario: string): string[] {
  const found: string[] = [];
  for (const { index, 0: head } of scenario.matchAll(/^haproxy\s+\S+[^\n{]*-conf\s*\{/gm)) {
    const start = index + head.length;
    let depth = 1;
    let end = start;
    for (; end < scenario.length && depth > 0; end += 1) {
      const char = scenario.charAt(end);
      if (char === '\\') end += 1;
      else if (char === '{') depth += 1;
      else if (char === '}') depth -= 1;
    }
    found.push(`${withoutMacros(scenario.slice(start, end - 1))}\n`);
  }
  return found;
}

function withoutMacros(text: string): string {
  let port = 20_000;
  return text
    .replace(/"?fd@\$\{\w+\}"?/g, () => `127.0.0.1:${(port += 1)}`)
    .replace(/\$\{\w+_port\}/g, '8080')
    .replace(/\$\{\w+_addr\}/g, '127.0.0.1')
    .replace(/\$\{\w+_sock\}/g, '127.0.0.1:8080')
    .replace(/\$\{(tmpdir|testdir)\}/g, '/tmp');
}
