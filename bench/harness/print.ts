/** A row of a table: what each column says. */
export type TableRow = Readonly<Record<string, string | number>>;

/** Prints a table under its heading, numbers to the right. */
export function printTable(heading: string, rows: readonly TableRow[]): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [Object.fromEntries(columns.map((column) => [column, column])), ...rows];
  const widths = columns.map((column) => Math.max(...lines.map((row) => cell(row[column]).length)));
  const isNumeric = columns.map((column) => rows.some((row) => typeof row[column] === 'number'));
  console.log(`\n${heading}\n`);
  for (const row of lines) {
    const cells = columns.map((column, index) => {
      const text = cell(row[column]);
      return isNumeric[index] ? text.padStart(widths[index]) : text.padEnd(widths[index]);
    });
    console.log(`  ${cells.join('   ').trimEnd()}`);
  }
}

function cell(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  const digits = Number.isInteger(value) || value >= 100 ? 0 : 1;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A limit that the design sets. */
export interface Budget {
  readonly work: string;
  readonly measured: number;
  readonly limit: number;
  /** Such as `ms` or `times`. */
  readonly unit: string;
}

export function printBudgets(budgets: readonly Budget[]): void {
  if (budgets.length === 0) return;
  printTable(
    'Budgets',
    budgets.map(({ work, measured, limit, unit }) => ({
      work,
      measured,
      'at most': limit,
      unit,
      '': measured <= limit ? 'pass' : 'FAIL',
    })),
  );
}
