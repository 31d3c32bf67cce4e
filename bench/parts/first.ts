import { join } from 'node:path';
import type { ShopSize } from '../cluster/shop';
import { type Budget, printTable, type TableRow } from '../harness/print';
import { runProgram } from '../harness/run-program';
import { median } from '../harness/time';

const RUNS = 9;
const PROGRAM = join(__dirname, '..', 'programs', 'first-synth.js');

const SIZES: readonly ShopSize[] = [
  { charts: 1, appsAChart: 1, promisesAChart: 1 },
  { charts: 10, appsAChart: 20, promisesAChart: 10 },
];

/** The first synth of a process, in which all code is new and the model is yet to be loaded: what `cdk8s synth` waits for. */
export async function benchFirst(): Promise<readonly Budget[]> {
  const rows: TableRow[] = [];
  for (const size of SIZES) rows.push(await row(size));
  printTable(`first synth: median ms of ${RUNS} processes each, without the hook and with it`, rows);
  return [];
}

async function row(size: ShopSize): Promise<TableRow> {
  const [without, checked]: number[][] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    without.push(await firstSynth(size, 'off'));
    checked.push(await firstSynth(size, 'on'));
  }
  const [off, on] = [median(without), median(checked)];
  const { charts, appsAChart, promisesAChart } = size;
  return {
    charts,
    apps: charts * appsAChart,
    promises: charts * promisesAChart,
    without: off,
    with: on,
    added: on - off,
  };
}

async function firstSynth(size: ShopSize, hook: 'on' | 'off'): Promise<number> {
  const { stdout, stderr } = await runProgram(process.execPath, [PROGRAM, hook, JSON.stringify(size)]);
  const ms = Number.parseFloat(stdout);
  if (Number.isNaN(ms)) throw new Error(`the program did not synthesize:\n${stderr}`);
  return ms;
}
