import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Finding } from '../../../../src/finding/finding';
import { run, world } from '../cli';
import type { FakeWorld } from '../fake-context';
import type { FakeLabs } from '../fake-labs';

/** One error with one sure repair: an unknown keyword (HAP010). */
export const WRONG_PROXY = `global
    maxconn 10000

defaults
    mode http
    timeout connect 5s
    timeout client 1m
    timeout server 1m
    timeout tunnel 1h

frontend web
    bind 10.0.0.100:80
    default_backnd app

backend app
    server node1 10.0.0.11:80 check
`;
export const RIGHT_PROXY = WRONG_PROXY.replace('default_backnd', 'default_backend');
export const WRONG_RUBY = "external_url = 'https://gitlab.example.net'\n";

/** An empty folder and a command line that stands in it, both new for each test. */
export interface LintFolder {
  readonly folder: string;
  readonly fake: FakeWorld;
  readonly labs: FakeLabs;
  /** @param path below the folder @returns the whole path */
  readonly write: (path: string, text: string) => string;
  /** `gitlab-ha lint` of the folder. @returns its exit code */
  readonly lint: (...argv: string[]) => Promise<number>;
  /** A new command line in the same folder. */
  readonly renew: () => void;
  /** What it printed as JSON. */
  readonly findings: () => Finding[];
}

export function lintFolder(): LintFolder {
  let folder = '';
  let made = world();
  const renew = (): void => {
    made = world();
    made.world.cwd = folder;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gitlab-ha-lint-'));
    renew();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return {
    get folder() {
      return folder;
    },
    get fake() {
      return made.world;
    },
    get labs() {
      return made.labs;
    },
    write(path, text) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    renew,
    lint: (...argv) => run(made.world, 'lint', folder, ...argv),
    findings: () => JSON.parse(made.world.out) as Finding[],
  };
}
