import type { Message } from '../../words/message';
/** The programs whose own verdict on a file can be asked for. */
export type RealProgram = 'haproxy' | 'keepalived';

/** What a program said of one file, as it came. */
export interface RawVerdict {
  readonly program: RealProgram;
  /** What it calls itself, e.g. `HAProxy version 3.0.11-1 …`. */
  readonly banner: string;
  readonly exitCode: number;
  /** Standard output and standard error, in the order they came. */
  readonly output: string;
  /** Where it ran, in words: "in the lab's image", "/usr/sbin/haproxy". */
  readonly place: Message | string;
}

/** Lets a real program judge a text. */
export interface ProgramRunner {
  /** @throws LabError when the program cannot be run at all */
  judge(program: RealProgram, text: string, signal?: AbortSignal): Promise<RawVerdict>;
}

/** Name of the file the program sees; its messages name it. */
export const FILE_NAMES: Readonly<Record<RealProgram, string>> = {
  haproxy: 'haproxy.cfg',
  keepalived: 'keepalived.conf',
};

/** True for a kind of file whose program can be asked. */
export function isRealProgram(kind: string | undefined): kind is RealProgram {
  return kind !== undefined && Object.hasOwn(FILE_NAMES, kind);
}

/** Arguments after the program: check the file and do nothing else. */
export function checkArguments(program: RealProgram, file: string): readonly string[] {
  return program === 'haproxy' ? ['-c', '-f', file] : ['-t', '-f', file];
}
