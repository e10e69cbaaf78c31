/** Times something that has been warmed up; the first runs do not count. @returns milliseconds per run */
export function timeWarm(run: () => unknown, runs: number, warmUp: number): readonly number[] {
  for (let done = 0; done < warmUp; done += 1) run();
  return Array.from({ length: runs }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
}
