import { verbatim } from '../../../src/words/message';
import { PassThrough } from 'node:stream';
import type {
  DeployControl,
  DeployPreview,
  DeployResult,
  LabInfo,
  LabService,
  WorkspaceFiles,
  PrunedImages,
} from '../../../src/lab/lab-service';
import type { ProgramRunner, RawVerdict } from '../../../src/lab/verify/real-program';
import { LabError } from '../../../src/lab/lab-error';
import type { Event } from '../../../src/observe/event';
import type { Observer } from '../../../src/observe/observer';
import type { ClusterState } from '../../../src/observe/state';
import { TransportError } from '../../../src/transport/transport';
import type {
  ExecResult,
  NodeTransport,
  RunningCommand,
  ShellOptions,
} from '../../../src/transport/transport';

/** An observer whose state the test sets. */
export class FakeObserver implements Observer {
  readonly stateListeners = new Set<(state: ClusterState) => void>();
  readonly eventListeners = new Set<(event: Event) => void>();
  disposed = false;

  constructor(public state: ClusterState) {}

  onState(listener: (state: ClusterState) => void): { dispose(): void } {
    this.stateListeners.add(listener);
    listener(this.state);
    return { dispose: () => this.stateListeners.delete(listener) };
  }

  onEvent(listener: (event: Event) => void): { dispose(): void } {
    this.eventListeners.add(listener);
    return { dispose: () => this.eventListeners.delete(listener) };
  }

  set(state: ClusterState): void {
    this.state = state;
    for (const listener of [...this.stateListeners]) listener(state);
  }

  record(event: Event): void {
    for (const listener of [...this.eventListeners]) listener(event);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
  }
}

export interface FakeProgram {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
  /** It cannot be started, of which the engine says this. */
  readonly complaint?: string;
  /** Answers standard input with it in upper case and ends when it ends. */
  readonly shout?: boolean;
  /** Runs until it is killed. */
  readonly forever?: boolean;
  /** The node cannot be reached. */
  readonly lost?: boolean;
}

class FakeCommand implements RunningCommand {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly stdin = new PassThrough();
  readonly exit: Promise<number>;
  killed = false;
  /** How long it takes to end once it was told to. */
  dying: Promise<void> = Promise.resolve();
  private end: (code: number) => void = () => undefined;

  readonly complaint: () => string | undefined;

  constructor(program: FakeProgram) {
    this.complaint = () => program.complaint;
    this.exit = new Promise((resolve) => {
      this.end = (code) => {
        this.stdout.end();
        this.stderr.end();
        resolve(code);
      };
    });
    this.stdout.write(program.stdout ?? '');
    this.stderr.write(program.complaint ?? program.stderr ?? '');
    if (program.forever === true) return;
    if (program.shout !== true) {
      this.end(program.code ?? 0);
      return;
    }
    this.stdin.on('data', (data: Buffer) => this.stdout.write(data.toString().toUpperCase()));
    this.stdin.on('end', () => this.end(program.code ?? 0));
  }

  async kill(): Promise<void> {
    this.killed = true;
    this.end(137);
    await this.dying;
  }
}

/** What a transport does with a command that does not end. @throws TransportError `aborted` when the caller has enough */
async function aborted(node: string, signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(new TransportError('aborted', node, 'it took too long'));
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end);
  });
}

/** Labs in memory; what was asked of them is in `calls`. */
export class FakeLabs implements LabService {
  readonly calls: string[] = [];
  /** What every real program says of every file. */
  verdict: Omit<RawVerdict, 'program' | 'place'> = { banner: '', exitCode: 0, output: '' };
  readonly programs = new Map<string, FakeProgram>();
  readonly observers: FakeObserver[] = [];
  readonly commands: FakeCommand[] = [];
  readonly deployed: WorkspaceFiles[] = [];
  deployment: (control: DeployControl) => Promise<DeployResult>;
  planned: DeployPreview = {
    lab: 'sample',
    runs: false,
    operations: [],
    effects: [],
    leading: new Map(),
    losses: [],
    findings: [],
  };

  constructor(
    public labs: readonly LabInfo[],
    public state: ClusterState,
  ) {
    this.deployment = async () => {
      const [lab] = this.labs;
      if (lab === undefined) throw new Error('the test has no lab to deploy');
      return { lab, unchanged: false, findings: [], durations: { image: 400, network: 100 } };
    };
  }

  async list(): Promise<readonly LabInfo[]> {
    return this.labs;
  }

  pruned: PrunedImages = { removed: [], freedBytes: 0 };

  async prune(dryRun: boolean): Promise<PrunedImages> {
    this.calls.push(`prune ${dryRun ? 'dry' : 'wet'}`);
    return dryRun ? { ...this.pruned, freedBytes: undefined } : this.pruned;
  }

  async get(name: string): Promise<LabInfo> {
    const found = this.labs.find((lab) => lab.name === name);
    if (!found) throw new LabError('no-lab', verbatim(`There is no lab ${name}.`), verbatim('Deploy it.'));
    return found;
  }

  /** When the labs were last deployed, if not when they were made. */
  updatedAt: number | undefined;

  async dated(lab: LabInfo): Promise<LabInfo> {
    return this.updatedAt === undefined ? lab : { ...lab, updatedAt: this.updatedAt };
  }

  async deploy(files: WorkspaceFiles, control: DeployControl = {}): Promise<DeployResult> {
    this.deployed.push(files);
    return this.deployment(control);
  }

  async preview(files: WorkspaceFiles): Promise<DeployPreview> {
    this.calls.push(`preview ${files.size} files`);
    return this.planned;
  }

  /** What a crash has left of labs that nobody can describe. */
  readonly leftovers = new Set<string>();

  async destroy(name: string): Promise<boolean> {
    this.calls.push(`destroy ${name}`);
    const there = this.leftovers.delete(name) || this.labs.some((lab) => lab.name === name);
    this.labs = this.labs.filter((lab) => lab.name !== name);
    return there;
  }

  async node(lab: string, node: string, action: string): Promise<void> {
    this.calls.push(`${action} ${lab} ${node}`);
  }

  async service(lab: string, node: string, service: string, action: string): Promise<void> {
    this.calls.push(`${action} ${lab} ${node} ${service}`);
  }

  /** Who works on the lab, as long as somebody does. */
  holder: string | undefined;

  async exclusively<T>(lab: string, purpose: string, work: () => Promise<T>): Promise<T> {
    if (this.holder !== undefined) {
      throw new LabError(
        'busy',
        verbatim(`Lab "${lab}" is busy: ${this.holder}.`),
        verbatim('Wait until it is done.'),
      );
    }
    this.holder = purpose;
    try {
      return await work();
    } finally {
      this.holder = undefined;
    }
  }

  async transport(_lab: string, node: string): Promise<NodeTransport> {
    const start = (command: readonly string[]): FakeCommand => {
      this.calls.push(`${node}: ${command.join(' ')}`);
      const program = this.programs.get(command.join(' '));
      if (!program) throw new Error(`the test has no program for: ${command.join(' ')}`);
      const running = new FakeCommand(program);
      this.commands.push(running);
      return running;
    };
    return {
      node,
      exec: async (command, options): Promise<ExecResult> => {
        const called = `${node}: ${command.join(' ')}`;
        this.calls.push(called);
        const program = this.programs.get(called) ?? this.programs.get(command.join(' '));
        if (program?.lost === true) throw new TransportError('lost', node, 'the node is gone');
        if (program?.forever === true) await aborted(node, options?.signal);
        return { exitCode: program?.code ?? 0, stdout: program?.stdout ?? '', stderr: program?.stderr ?? '' };
      },
      spawn: async (command, options) => {
        const running = start(command);
        options?.signal?.addEventListener('abort', () => void running.kill());
        return running;
      },
      dial: async () => Promise.reject(new Error('nothing to dial in this test')),
      shell: async (options: ShellOptions) => {
        this.calls.push(`${node}: shell ${options.columns}x${options.rows}`);
        const stream = new PassThrough();
        let end: (code: number) => void = () => undefined;
        const exit = new Promise<number>((resolve) => (end = resolve));
        stream.on('data', (data: Buffer) => {
          if (data.toString().includes('exit')) end(7);
        });
        return {
          stream,
          resize: async (columns, rows) => void this.calls.push(`${node}: resize ${columns}x${rows}`),
          exit,
          close: async () => end(0),
        };
      },
    };
  }

  async realPrograms(): Promise<ProgramRunner> {
    return {
      judge: async (program, text): Promise<RawVerdict> => {
        this.calls.push(`judge ${program}: ${text.length} characters`);
        return { program, place: "in the lab's image", ...this.verdict };
      },
    };
  }

  async observe(): Promise<Observer> {
    const observer = new FakeObserver(this.state);
    this.observers.push(observer);
    return observer;
  }

  readonly changeListeners = new Set<() => void>();

  onDidChange(listener: () => void): { dispose(): void } {
    this.changeListeners.add(listener);
    return { dispose: () => this.changeListeners.delete(listener) };
  }

  /** Some lab has changed: these are there now. */
  change(labs: readonly LabInfo[]): void {
    this.labs = labs;
    for (const listener of this.changeListeners) listener();
  }
}
