import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Measures } from '../measures/registry';

/** What the child is asked for. */
export interface Task {
  readonly measure: keyof Measures;
  readonly input: unknown;
}

/** Measures in a process of its own, so that neither heap nor compiled code of one measurement helps or hurts another. */
export function inChild<M extends keyof Measures>(
  measure: M,
  ...[input]: Parameters<Measures[M]>
): Promise<ReturnType<Measures[M]>> {
  return new Promise((resolve, reject) => {
    // The warnings that a measured program writes belong to nobody here, unless it fails.
    const child = fork(join(__dirname, 'child.js'), { execArgv: ['--expose-gc'], silent: true });
    let stderr = '';
    child.stderr!.on('data', (text) => {
      stderr += text;
    });
    let result: ReturnType<Measures[M]> | undefined;
    child.on('message', (message) => {
      result = message as ReturnType<Measures[M]>;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (result === undefined) reject(new Error(`measuring ${measure} ended with ${code}:\n${stderr}`));
      else resolve(result);
    });
    child.send({ measure, input } satisfies Task);
  });
}
