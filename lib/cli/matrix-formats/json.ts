import { intentToJson } from '../../intents/json/intent-json';
import type { Matrix } from '../../intents/matrix';
import { checkJson } from '../check-json';
import { placeJson } from '../place-json';

/** What `check --matrix -o json` writes; `schemas/matrix.schema.json` describes it. */
export function matrixJson({ columns, rows }: Matrix): object {
  return {
    networks: columns.map(({ name, cni, report }) => ({ name, cni, report: checkJson(report) })),
    promises: rows.map(({ intent, promise, outcomes }) => ({
      promise: intentToJson(intent),
      ...placeJson(intent.origin),
      text: promise,
      outcomes: outcomes.map(({ outcome, codes }, i) => ({ network: columns[i].name, outcome, codes })),
    })),
  };
}
