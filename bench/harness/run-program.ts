import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProgramRun {
  readonly ms: number;
  /** The most MB that it had in memory; `undefined` on systems without `/proc`. */
  readonly peak: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** `undefined` when it was stopped at its limit. */
  readonly code: number | undefined;
}

/** How often memory is looked at: its peak is kept by the system, so that only what comes after the last look is missed. */
const LOOK_EVERY_MS = 5;

/** Runs a program from start to end. @param limit milliseconds after which it is stopped */
export function runProgram(command: string, args: readonly string[], limit = 600_000): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr]: Buffer[][] = [[], []];
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    let peak: number | undefined;
    let isStopped = false;
    const looks = setInterval(() => {
      peak = peakOf(child.pid) ?? peak;
    }, LOOK_EVERY_MS);
    const stop = setTimeout(() => {
      isStopped = true;
      child.kill('SIGKILL');
    }, limit);
    const settle = () => {
      clearInterval(looks);
      clearTimeout(stop);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (code) => {
      settle();
      const ms = performance.now() - start;
      const [out, err] = [stdout, stderr].map((chunks) => Buffer.concat(chunks).toString());
      resolve({ ms, peak, stdout: out, stderr: err, code: isStopped ? undefined : (code ?? -1) });
    });
  });
}

/** INVARIANT: VmHWM is the high-water mark of resident memory, in kB, and only grows (proc(5)). */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const mark = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return mark ? Number(mark[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}
