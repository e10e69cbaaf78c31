import { ENGLISH } from '../../../src/presentation/words/localizer';
import type { Localizer } from '../../../src/presentation/words/localizer';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { CliContext, MachineOptions } from '../../../src/cli/context';
import type { MachineFacts } from '../../../src/cli/doctor/machine';
import type { LabService, WorkspaceFiles } from '../../../src/lab/lab-service';
import { T0 } from './fixtures';

interface Terminal {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  raw?: boolean;
  setRawMode?(raw: boolean): void;
}

type FakeStream = PassThrough & Terminal;

/** A command line's world in memory: streams, a clock the test moves, interrupts the test sends. */
export class FakeWorld {
  readonly stdin: FakeStream = new PassThrough();
  readonly stdout: FakeStream = new PassThrough();
  readonly stderr: FakeStream = new PassThrough();
  readonly env: Record<string, string | undefined> = { NO_COLOR: '1' };
  readonly interrupts = new Set<() => void>();
  readonly resizes = new Set<() => void>();
  readonly timers = new Set<{ at: number; period: number | undefined; listener: () => void }>();
  readonly dockerHosts: (string | undefined)[] = [];
  readonly machineOptions: MachineOptions[] = [];
  time = T0 + 60_000;
  cwd = '/home/me';
  l10n: Localizer = ENGLISH;
  workspaces = new Map<string, WorkspaceFiles>();
  /** Programs of this machine that were run, with their words. */
  readonly ran: (readonly string[])[] = [];
  /** What they end with; undefined: there are none. */
  programsEndWith: number | undefined = 0;
  facts: MachineFacts | undefined;
  private written = { stdout: '', stderr: '' };

  constructor(public service: LabService) {
    this.stdout.on('data', (data: Buffer) => (this.written.stdout += data.toString()));
    this.stderr.on('data', (data: Buffer) => (this.written.stderr += data.toString()));
  }

  get out(): string {
    return this.written.stdout;
  }

  get err(): string {
    return this.written.stderr;
  }

  terminal(columns = 100, rows = 40): this {
    for (const stream of [this.stdin, this.stdout, this.stderr]) {
      stream.isTTY = true;
      stream.columns = columns;
      stream.rows = rows;
    }
    this.stdin.setRawMode = (raw) => {
      this.stdin.raw = raw;
    };
    return this;
  }

  interrupt(): void {
    for (const listener of [...this.interrupts]) listener();
  }

  /** Moves the clock and runs what is due. */
  advance(milliseconds: number): void {
    this.time += milliseconds;
    for (const timer of [...this.timers]) {
      if (timer.at > this.time) continue;
      if (timer.period === undefined) this.timers.delete(timer);
      else timer.at = this.time + timer.period;
      timer.listener();
    }
  }

  private timer(milliseconds: number, period: number | undefined, listener: () => void): { dispose(): void } {
    const entry = { at: this.time + milliseconds, period, listener };
    this.timers.add(entry);
    return { dispose: () => this.timers.delete(entry) };
  }

  get context(): CliContext {
    return {
      stdin: this.stdin,
      stdout: this.stdout,
      stderr: this.stderr,
      env: this.env,
      l10n: this.l10n,
      cwd: this.cwd,
      now: () => this.time,
      every: (milliseconds, listener) => this.timer(milliseconds, milliseconds, listener),
      after: (milliseconds, listener) => this.timer(milliseconds, undefined, listener),
      onInterrupt: (listener) => {
        this.interrupts.add(listener);
        return { dispose: () => this.interrupts.delete(listener) };
      },
      onResize: (listener) => {
        this.resizes.add(listener);
        return { dispose: () => this.resizes.delete(listener) };
      },
      labs: async (options) => {
        this.dockerHosts.push(options.dockerHost);
        return this.service;
      },
      machine: async (options) => {
        this.machineOptions.push(options);
        return {
          facts: async () => {
            if (!this.facts) throw new Error('the test has no facts about the machine');
            return this.facts;
          },
        };
      },
      packageRoot: async () => fileURLToPath(new URL('../../..', import.meta.url)),
      sampleWorkspace: async () => '/package/lab/sample',
      readWorkspace: async (folder) => this.workspaces.get(folder) ?? new Map<string, string>(),
      run: async (program, words) => {
        this.ran.push([program, ...words]);
        return this.programsEndWith;
      },
      hasFile: async (path) => this.workspaces.has(path.replace(/\/cluster\.yaml$/, '')),
    };
  }
}

/** Lets everything that is ready happen: streams and promises. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
