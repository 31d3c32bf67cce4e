import { dirname, join } from 'node:path';
import { withFolder } from '../cluster/folder';
import { generateCluster } from '../cluster/generate';
import { inChild } from '../harness/in-child';
import { type Budget, printTable, type TableRow } from '../harness/print';
import { runProgram } from '../harness/run-program';

const SIZES = [100, 1_000, 10_000];

/** Pods have addresses of their own, as in most clusters: else most answers would be that nobody knows. */
export const MAP_OPTIONS = ['--ip-block', 'external'];

export const COMMAND = join(dirname(require.resolve('portolan')), 'cli', 'main.js');

/** From a folder of YAML to the answer, by the command as users start it. */
export async function benchCommand(): Promise<readonly Budget[]> {
  const start = await runProgram(process.execPath, [COMMAND, '--version']);
  const rows: TableRow[] = [];
  for (const workloads of SIZES) {
    rows.push(await withFolder(generateCluster({ workloads }), ({ folder, size }) => row(workloads, folder, size)));
  }
  printTable(
    `The command: \`portolan map DIR ${MAP_OPTIONS.join(' ')}\`, ms of one run; it starts in ${Math.round(start.ms)} ms`,
    rows,
  );
  return [];
}

async function row(workloads: number, folder: string, size: number): Promise<TableRow> {
  const run = await runProgram(process.execPath, [COMMAND, 'map', folder, ...MAP_OPTIONS]);
  if (run.code !== 0) throw new Error(`the command refused what was generated:\n${run.stderr}`);
  const { reading, analysis, printing } = await inChild('reading', folder);
  return {
    workloads,
    'MB of YAML': size / 1e6,
    lines: run.stdout.split('\n').length - 1,
    whole: run.ms,
    reading,
    'MB/s': size / 1e3 / reading,
    analysis,
    printing,
    'reading %': Math.round((100 * reading) / (reading + analysis + printing)),
    'peak MB': run.peak ?? '?',
  };
}
