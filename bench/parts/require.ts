import { type Budget, printTable } from '../harness/print';
import { runProgram } from '../harness/run-program';
import { median } from '../harness/time';

const RUNS = 9;

/** What an app waits for before its first line runs. */
export async function benchRequire(): Promise<readonly Budget[]> {
  const base: number[] = [];
  const portolan: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    base.push(await timeToRequire(require.resolve('cdk8s-plus-28')));
    portolan.push(await timeToRequire(require.resolve('portolan')));
  }
  const added = median(portolan) - median(base);
  printTable(`require: median ms of ${RUNS} processes each`, [
    { 'cdk8s-plus-28': median(base), portolan: median(portolan), added },
  ]);
  return [{ work: "require('portolan') over require('cdk8s-plus-28')", measured: added, limit: 40, unit: 'ms' }];
}

async function timeToRequire(file: string): Promise<number> {
  const program = `const start = performance.now(); require(${JSON.stringify(file)}); console.log(performance.now() - start)`;
  const { stdout, stderr } = await runProgram(process.execPath, ['-e', program]);
  const ms = Number.parseFloat(stdout);
  if (Number.isNaN(ms)) throw new Error(`${file} cannot be loaded:\n${stderr}`);
  return ms;
}
