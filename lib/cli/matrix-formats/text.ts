import { placeOf } from '../../diagnostics/frame';
import type { Matrix } from '../../intents/matrix';
import { reasonsOf, tableOf } from './table';

const GAP = '   ';

/** A column for each network, a row for each promise; below, line by line, what is wrong on each of them. */
export function matrixText(matrix: Matrix): readonly string[] {
  const { head, body } = tableOf(matrix);
  const labels = matrix.rows.map(({ promise, intent }) => `${promise}${GAP}${placeOf(intent.origin) ?? intent.id}`);
  const widths = head.map((name, i) => Math.max(name.length, ...body.map((row) => row[i].length)));
  const line = (cells: readonly string[], label: string) =>
    [...cells.map((cell, i) => cell.padEnd(widths[i])), label].join(GAP).trimEnd();
  return [
    line(head, matrix.rows.length === 0 ? '' : 'promises'),
    ...body.map((row, i) => line(row, labels[i] ?? 'found beside promises')),
    ...matrix.columns.flatMap((column) => {
      const reasons = reasonsOf(column);
      return reasons.length === 0 ? [] : ['', column.name, ...reasons.map((reason) => `  ${reason}`)];
    }),
  ];
}
