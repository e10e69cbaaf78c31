/** What a run has seen: how many texts, the slowest of each kind, the faults. */
import { loadavg } from 'node:os';
import { inspect } from 'node:util';
import type { Language } from '../../src/languages/core/language/language';
import type { ViewReader } from '../../src/server/documents/file-view';

/** What the parts of a run work on. */
export interface Fuzzed {
  readonly language: Language<unknown>;
  readonly read: ViewReader;
  readonly report: Report;
}

interface Seen {
  count: number;
  length: number;
  worst: number;
  worstLength: number;
  worstWall: number;
  total: number;
}

const LONGEST_SHOWN = 700;

export class Report {
  faults = 0;
  private readonly kinds = new Map<string, Seen>();
  private readonly started = performance.now();

  constructor(
    private readonly language: string,
    private readonly seed: number,
  ) {}

  /** One text was checked, in CPU and in wall time. */
  saw(kind: string, length: number, milliseconds: number, wall = milliseconds): void {
    const seen = this.kinds.get(kind) ?? {
      count: 0,
      length: 0,
      worst: 0,
      worstLength: 0,
      worstWall: 0,
      total: 0,
    };
    seen.count += 1;
    seen.length += length;
    seen.total += milliseconds;
    seen.worstWall = Math.max(seen.worstWall, wall);
    if (milliseconds > seen.worst) {
      seen.worst = milliseconds;
      seen.worstLength = length;
    }
    this.kinds.set(kind, seen);
  }

  fault(kind: string, error: unknown, text: string): void {
    this.faults += 1;
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.log(`\nFAULT ${this.language}, ${kind}, seed ${this.seed}\n${told.slice(0, LONGEST_SHOWN)}`);
    const shown = inspect(text.slice(0, LONGEST_SHOWN), { maxStringLength: null });
    console.log(`text of ${text.length} characters: ${shown}`);
  }

  /** A text took longer than it may. */
  slow(kind: string, text: string, took: number, limit: number): void {
    this.fault(kind, `takes ${took.toFixed(0)} ms, more than ${limit.toFixed(0)} ms`, text);
  }

  print(): void {
    const seconds = ((performance.now() - this.started) / 1000).toFixed(0);
    console.log(
      `${this.language}: ${this.faults} faults, ${seconds} s, load now ${loadavg()[0]?.toFixed(1)}`,
    );
    for (const [kind, { count, length, worst, worstLength, worstWall, total }] of this.kinds) {
      const perKb = (total / (length / 1024)).toFixed(3);
      const slowest = `worst ${worst.toFixed(1)} ms CPU (${worstLength} characters)`;
      console.log(
        `  ${kind}: ${count} texts, mean ${(length / count).toFixed(0)} characters, ${perKb} ms/KB, ${slowest}, ${worstWall.toFixed(1)} ms wall`,
      );
    }
  }
}
