import { inChild } from '../harness/in-child';
import { type Budget, printTable, type TableRow } from '../harness/print';
import type { SynthInput } from '../measures/synth';

/** An app of one chart, the case that the budget speaks of, and one where everything uses something. */
const CASES: readonly SynthInput[] = [
  { charts: 1, appsAChart: 50, promisesAChart: 25, runs: 15 },
  { charts: 10, appsAChart: 20, promisesAChart: 10, runs: 15 },
  { charts: 10, appsAChart: 20, promisesAChart: 40, runs: 15 },
];

/** What the hook adds to `app.synth()`. */
export async function benchSynth(): Promise<readonly Budget[]> {
  const rows: TableRow[] = [];
  const budgets: Budget[] = [];
  for (const input of CASES) {
    const { objects, promises, withCheck, without } = await inChild('synth', input);
    const added = (100 * (withCheck - without)) / without;
    rows.push({ charts: input.charts, objects, promises, without, with: withCheck, 'added %': added });
    if (objects >= 800 && promises === 100) {
      const work = `synth of ${objects} objects in ${input.charts} charts, ${promises} promises: added by the hook`;
      budgets.push({ work, measured: added, limit: 25, unit: '%' });
    }
  }
  printTable('synth: median ms of 15 runs, without the hook and with it', rows);
  return budgets;
}
