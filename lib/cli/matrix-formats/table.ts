import { wordingOf } from '../../diagnostics/finding-wording';
import { countText, inOrder } from '../../diagnostics/lint-text';
import { lintWordingOf } from '../../diagnostics/lint-wording';
import type { Matrix, MatrixColumn, MatrixOutcome } from '../../intents/matrix';

/** The rows of a matrix as people read it, beside the words for each promise: its outcomes, then what else is found. */
export function tableOf({ columns, rows }: Matrix): {
  readonly head: readonly string[];
  readonly body: readonly string[][];
} {
  return {
    head: columns.map(({ name }) => name),
    body: [...rows.map(({ outcomes }) => outcomes.map(cellText)), columns.map(({ report }) => countText(report.lints))],
  };
}

function cellText({ outcome, codes }: MatrixOutcome): string {
  return [outcome, ...codes].join(' ');
}

/** Why a network is not as good as it could be: a line for each thing that is wrong with it. */
export function reasonsOf({ report }: MatrixColumn): readonly string[] {
  const lines = [
    ...report.findings.map((finding) => ({ ...finding, title: wordingOf(finding).title })),
    ...inOrder(report.lints).map((lint) => ({ ...lint, title: lintWordingOf(lint).title })),
  ];
  return [...new Set(lines.map(({ severity, code, title }) => `${severity}[${code}]: ${title}`))];
}
