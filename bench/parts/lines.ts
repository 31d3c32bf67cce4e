import { inChild } from '../harness/in-child';
import { type Budget, printTable, type TableRow } from '../harness/print';
import type { LinesInput } from '../measures/lines';

const CASES: readonly LinesInput[] = [
  { of: 'ApiObject', objects: 800, runs: 15 },
  { of: 'ApiObject', objects: 10_000, runs: 7 },
  { of: 'DnsApp', objects: 800, runs: 15 },
];

/** What noting the line of each creation costs. */
export async function benchLines(): Promise<readonly Budget[]> {
  const rows: TableRow[] = [];
  for (const input of CASES) {
    const { constructs, noted, without, heldNoted, heldWithout, formatted } = await inChild('lines', input);
    rows.push({
      of: input.of,
      constructs,
      without,
      with: noted,
      'µs each': (1000 * (noted - without)) / constructs,
      'kB each': (1024 * (heldNoted - heldWithout)) / constructs,
      'µs a line': (1000 * formatted) / constructs,
    });
  }
  printTable('lines: median ms to create constructs, without noting their lines and with it', rows);
  return [];
}
