const MB = 2 ** 20;

/** MB of objects in use, garbage left out. */
export function liveHeap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / MB;
}

/** The most MB that this process ever had in memory: code, garbage and all. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}
