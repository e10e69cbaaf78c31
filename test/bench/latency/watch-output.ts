import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Event } from '../../../src/observe/event';
import { onLines } from './lines';

/** `gitlab-ha watch --json` in a process of its own, and when each of its lines arrived here. */
export class WatchOutput {
  private readonly lines: { readonly arrivedAt: number; readonly event: Event }[] = [];
  private complaints = '';

  private constructor(private readonly process: ChildProcessByStdio<null, Readable, Readable>) {
    onLines(process.stdout, (line, arrivedAt) =>
      this.lines.push({ arrivedAt, event: JSON.parse(line) as Event }),
    );
    process.stderr.on('data', (chunk: Buffer) => (this.complaints += chunk.toString()));
  }

  static open(root: string, lab: string): WatchOutput {
    const program = [join(root, 'node_modules', '.bin', 'tsx'), join(root, 'src', 'cli', 'main.ts')] as const;
    return new WatchOutput(
      spawn(program[0], [program[1], 'watch', '--name', lab, '--json'], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  /** When the first event that matches arrived, not before `since`; undefined when there is none yet. */
  arrivedAt(matches: (event: Event) => boolean, since: number): number | undefined {
    return this.lines.find((line) => line.arrivedAt >= since && matches(line.event))?.arrivedAt;
  }

  /** What it wrote to standard error. */
  get errors(): string {
    return this.complaints;
  }

  async close(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGINT');
    await exited;
  }
}
