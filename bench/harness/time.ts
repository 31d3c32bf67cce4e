/** Milliseconds of some runs of one piece of work. */
export interface Times {
  /** What a command pays, which runs once. */
  readonly first: number;
  /** What a program pays that asks again. */
  readonly median: number;
}

/** Times an action, each run after a collection of what the last one left. */
export function timed<T>(runs: number, action: () => T): { readonly times: Times; readonly result: T } {
  let result!: T;
  const durations = Array.from({ length: runs }, () => {
    globalThis.gc?.();
    const start = performance.now();
    result = action();
    return performance.now() - start;
  });
  return { times: timesOf(durations), result };
}

export function timesOf(durations: readonly number[]): Times {
  return { first: durations[0], median: median(durations) };
}

/** The middle of some measurements, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}
