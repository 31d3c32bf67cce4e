import { type Budget, printBudgets } from './harness/print';
import { benchCommand } from './parts/command';
import { benchFirst } from './parts/first';
import { benchLargest } from './parts/largest';
import { benchLines } from './parts/lines';
import { benchMap } from './parts/map';
import { benchRequire } from './parts/require';
import { benchSynth } from './parts/synth';

/** Each prints its tables and returns the budgets that it knows of. */
const PARTS: Readonly<Record<string, () => Promise<readonly Budget[]>>> = {
  map: benchMap,
  largest: benchLargest,
  command: benchCommand,
  require: benchRequire,
  synth: benchSynth,
  first: benchFirst,
  lines: benchLines,
};

/** Prints what things cost on this machine, in one run, beside the design's budgets. Nothing here is asserted. */
async function main(chosen: readonly string[]): Promise<void> {
  const unknown = chosen.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) {
    console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const budgets: Budget[] = [];
  for (const [name, bench] of Object.entries(PARTS)) {
    if (chosen.length === 0 || chosen.includes(name)) budgets.push(...(await bench()));
  }
  printBudgets(budgets);
}

main(process.argv.slice(2));
