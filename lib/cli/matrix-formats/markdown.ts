import type { Matrix } from '../../intents/matrix';
import { reasonsOf, tableOf } from './table';

/** The same for a comment on a change, or a page. */
export function matrixMarkdown(matrix: Matrix): readonly string[] {
  const { head, body } = tableOf(matrix);
  const labels = [...matrix.rows.map(({ promise }) => `\`${promise}\``), 'found beside promises'];
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    row(['', ...head]),
    row(['', ...head].map(() => '---')),
    ...body.map((cells, i) => row([labels[i], ...cells])),
    ...matrix.columns.flatMap((column) => {
      const reasons = reasonsOf(column);
      return reasons.length === 0 ? [] : ['', `**${column.name}**`, '', ...reasons.map((reason) => `- ${reason}`)];
    }),
  ];
}
