import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Runs one of the real programs once over a file. @returns milliseconds per run */
export type TimeProgram = (file: string, runs: number) => Promise<readonly number[]>;

export interface FoundProgram {
  readonly name: string;
  readonly time: TimeProgram;
}

/** The program in PATH, as a whole process; findings in the file are no failure. Undefined when it is not there. */
export function installed(command: string, ...args: readonly string[]): FoundProgram | undefined {
  const version = spawnSync(command, ['-v'], { encoding: 'utf8' });
  if (version.status !== 0) return undefined;
  const name = `${command} ${args.join(' ')} (${/\d+\.\d+(\.\d+)?/.exec(version.stdout)?.[0] ?? 'unknown version'})`;
  return {
    name,
    time: async (file, runs) => {
      const times: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        const started = performance.now();
        await ended(command, [...args, file]);
        times.push(performance.now() - started);
      }
      return times;
    },
  };
}

/** Waits for the end of a process; its exit code says what it thinks of the file. */
function ended(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(command, args, { stdio: 'ignore' })
      .once('error', reject)
      .once('exit', () => resolve());
  });
}

/** HAProxy inside the lab's node image: its process alone is timed, not the container around it. */
export function haproxyOfLabImage(): FoundProgram | undefined {
  const images = spawnSync('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}'], {
    encoding: 'utf8',
  });
  const image = (images.stdout ?? '').split('\n').find((name) => name.startsWith('gitlab-ha-lab/node:'));
  if (images.status !== 0 || image === undefined) return undefined;
  return {
    name: 'haproxy -c of the lab image',
    time: (file, runs) => {
      const text = readFileSync(file);
      const name = `/tmp/${createHash('sha256').update(text).digest('hex').slice(0, 12)}.cfg`;
      const script = `cat > ${name}; for run in $(seq ${runs}); do before=$(date +%s%N); haproxy -c -f ${name} >/dev/null || exit 1; echo $(($(date +%s%N) - before)); done`;
      const args = ['run', '--rm', '-i', '--network', 'none', '--entrypoint', 'sh', image, '-c', script];
      const run = spawnSync('docker', args, { input: text, encoding: 'utf8' });
      if (run.status !== 0) return Promise.reject(new Error(`haproxy -c in ${image}: ${run.stderr}`));
      return Promise.resolve(
        run.stdout
          .trim()
          .split('\n')
          .map((line) => Number(line) / 1e6),
      );
    },
  };
}

/** Ruby from PATH; on Debian as root it is installed when missing. */
export function ruby(): FoundProgram | undefined {
  const found = installed('ruby', '-c');
  if (found !== undefined || process.getuid?.() !== 0) return found;
  if (process.env['GITLAB_HA_LAB_NO_INSTALL'] === '1') return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'ruby'], { env, stdio: 'ignore' });
  return installed('ruby', '-c');
}
